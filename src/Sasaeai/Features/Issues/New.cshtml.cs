using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Bodies;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Voices;
using Sasaeai.Web;

namespace Sasaeai.Features.Issues;

/// <summary>Writes an issue, with the voices that it comes from.</summary>
public class NewModel(AppDb db, CurrentPerson person, IssueDesk desk, TimeProvider time) : PageModel
{
    [BindProperty]
    public IssueForm Form { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public Guid[] Voice { get; set; } = [];

    public TownNames Names => desk.Names;
    public IReadOnlyList<Voice> Voices { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Owners { get; private set; } = [];

    public async Task OnGetAsync()
    {
        await LoadAsync();
        if (Voices.Count > 0)
        {
            (Form.Text, Form.Area, Form.Category) = (string.Join('\n', Voices.Select(voice => voice.Summary)), Voices[0].AreaId, Voices[0].CategoryCode);
        }
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        Names.RequireKnown(Form.Area, Form.Category);
        var now = time.GetUtcNow();
        var owner = await BodyList.FindOrAddAsync(db, Form.OwnerInput, Owners);
        var issue = new Issue { Title = Form.Title, OwnerId = owner.Id, AreaId = Form.Area, Urgency = Form.Urgency, Frequency = Form.Frequency, CreatedAt = now, CreatedBy = person.Actor.Name };
        Form.WriteTo(issue);
        db.Add(issue);
        foreach (var voice in Voices)
        {
            voice.TakeInto(issue, person.Actor, now);
        }

        issue.Touch(now);
        await db.SaveChangesAsync();
        await desk.ReloadNamesAsync();
        person.Require(desk.MayChange(issue));
        TempData["Notice"] = "課題にしました。";
        return RedirectToPage("Show", new { id = issue.Id });
    }

    private async Task LoadAsync()
    {
        person.Require(person.IsStaff);
        await desk.LoadNamesAsync();
        Owners = await BodyList.ChoicesAsync(db, time.Today());
        Voices = await db.Voices.Where(voice => Voice.Contains(voice.Id)).OrderBy(voice => voice.CreatedAt).Take(100).ToListAsync();
        person.Require(Voices.All(person.CanHear));
    }
}
