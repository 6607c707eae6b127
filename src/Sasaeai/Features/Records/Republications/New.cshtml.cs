using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Resources;
using Sasaeai.Web;

namespace Sasaeai.Features.Records.Republications;

/// <summary>再掲載: an ended record is public again, as it was last approved.</summary>
public class NewModel(ResourceDesk desk, CurrentPerson person) : PageModel
{
    [BindProperty, Display(Name = "もう一度掲載する理由"), DataType(DataType.MultilineText), StringLength(500)]
    public string Reason { get; set; } = "";

    public Resource Resource { get; private set; } = null!;

    public async Task OnGetAsync(Guid id) => await LoadAsync(id);

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        var lists = await LoadAsync(id);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        Rule.Require(Resource.State == ResourceState.Ended, "この記録は掲載が終わっていません。");
        await desk.ProposeAsync(Resource, RevisionKind.Republication, Resource.Content, Resource.Version, lists, Reason);
        TempData["Notice"] = $"「{Resource.Name}」をもう一度掲載しました。内容が今も合っているか、確かめてください。";
        return RedirectToPage("/Records/Show", new { id });
    }

    private async Task<TownLists> LoadAsync(Guid id)
    {
        Resource = await desk.FindAsync(id);
        var lists = await desk.ListsAsync();
        person.Require(person.CanApprove(Resource, lists.Rule));
        return lists;
    }
}
