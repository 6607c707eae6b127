using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Sasaeai.Data;
using Sasaeai.Features.Bodies;
using Sasaeai.Web;

namespace Sasaeai.Features.Issues;

public class EditModel(AppDb db, IssueDesk desk, TimeProvider time) : PageModel
{
    [BindProperty]
    public IssueForm Form { get; set; } = new();

    [BindProperty]
    public int Version { get; set; }

    public Issue Issue { get; private set; } = null!;
    public TownNames Names => desk.Names;
    public IReadOnlyList<SelectListItem> Owners { get; private set; } = [];

    public async Task OnGetAsync(Guid id)
    {
        await LoadAsync(id);
        Version = Issue.Version;
        Form = new IssueForm
        {
            Title = Issue.Title, Text = Issue.Text, Area = Issue.AreaId, Category = Issue.CategoryCode, Urgency = Issue.Urgency, Frequency = Issue.Frequency,
            Owner = await BodyList.ChoiceOfAsync(db, Issue.OwnerId),
        };
    }

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        await LoadAsync(id);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        Names.RequireKnown(Form.Area, Form.Category);
        Issue.RequireSeen(Version);
        Issue.RequireOpen();
        var owner = await BodyList.FindOrAddAsync(db, Form.OwnerInput, Owners);
        Rule.Require(owner.Id == Issue.OwnerId || Issue.State != IssueState.HandedOver, "引継ぎ中の課題の持ち主は、受領とお返しで変わります。引継ぎを開いてください。");
        var by = desk.Mover;
        db.AddRange([
            .. Form.Area == Issue.AreaId ? Array.Empty<IssueMove>() : [Issue.PlaceIn(Form.Area, by)],
            .. (Form.Urgency, Form.Frequency) == (Issue.Urgency, Issue.Frequency) ? [] : Issue.Weigh(Form.Urgency, Form.Frequency, by)]);
        Form.WriteTo(Issue);
        Issue.OwnerId = owner.Id;
        Issue.Touch(by.At);
        await db.SaveChangesAsync();
        TempData["Notice"] = "直しました。";
        return RedirectToPage("Show", new { id });
    }

    private async Task LoadAsync(Guid id)
    {
        Issue = await desk.ChangeAsync(id);
        Owners = await BodyList.ChoicesAsync(db, time.Today());
    }
}
