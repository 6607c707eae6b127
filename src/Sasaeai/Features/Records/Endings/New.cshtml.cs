using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Resources;
using Sasaeai.Web;

namespace Sasaeai.Features.Records.Endings;

/// <summary>掲載終了: the record leaves the public pages and stays with its history.</summary>
public class NewModel(ResourceDesk desk, CurrentPerson person) : PageModel
{
    [BindProperty, Display(Name = "終える理由"), DataType(DataType.MultilineText), StringLength(500)]
    public string Reason { get; set; } = "";

    public Resource Resource { get; private set; } = null!;

    public async Task OnGetAsync(Guid id) => await LoadAsync(id);

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        await LoadAsync(id);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        Rule.Require(Resource.State != ResourceState.Ended, "この記録の掲載はすでに終わっています。");
        var ended = await desk.ProposeAsync(Resource, RevisionKind.Ending, Resource.Content, Resource.Version, await desk.ListsAsync(), Reason);
        TempData["Notice"] = ended ? $"「{Resource.Name}」の掲載を終えました。記録と履歴は残っています。" : $"「{Resource.Name}」の掲載の終了を申し出ました。職員が承認すると終わります。";
        return RedirectToPage("/Records/Show", new { id });
    }

    private async Task LoadAsync(Guid id)
    {
        Resource = await desk.FindAsync(id);
        person.Require(person.CanPropose(Resource));
    }
}
