using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Areas;
using Sasaeai.Features.Resources;
using Sasaeai.Web;

namespace Sasaeai.Features.Councils;

public class NewModel(AppDb db, CurrentPerson person, TimeProvider time) : PageModel
{
    [BindProperty]
    public CouncilForm Form { get; set; } = new();

    public IReadOnlyList<SelectListItem> Areas { get; private set; } = [];

    public async Task OnGetAsync() => await LoadAsync();

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        Rule.Require(Areas.Any(area => area.Value == Form.AreaId.ToString()), "圏域を選び直してください。");
        var council = new Council { Name = Form.Name, Kind = Form.Kind, Layer = Form.Layer, AreaId = Form.AreaId!.Value, CreatedAt = time.GetUtcNow() };
        Form.ApplyTo(council);
        db.Councils.Add(council);
        await db.SaveChangesAsync();
        TempData["Notice"] = $"「{council.Name}」を登録しました。つづけて、委員と段階を記録できます。";
        return RedirectToPage("Show", new { council.Id });
    }

    private async Task LoadAsync()
    {
        person.Require(person.IsStaff);
        Areas = (await AreaTree.LoadAsync(db, time.Today())).Choices(person);
    }
}
