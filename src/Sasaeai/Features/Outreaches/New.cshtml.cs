using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.ActivityRecords;
using Sasaeai.Features.Meetings;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Shared;
using Sasaeai.Web;

namespace Sasaeai.Features.Outreaches;

public class NewModel(AppDb db, ActivityDesk desk, CurrentPerson person, TimeProvider time) : PageModel, IOutreachFormPage
{
    [BindProperty]
    public OutreachForm Form { get; set; } = new();

    public ActivityLists Lists { get; private set; } = null!;
    public IReadOnlyList<SelectListItem> Meetings { get; private set; } = [];

    /// <param name="activity">The record that says what was done already.</param>
    public async Task OnGetAsync(Guid? activity, Guid? meeting)
    {
        await LoadAsync(meeting);
        Form = new OutreachForm { OnDay = new DateInput(time.Today()), Meeting = meeting };
        if (meeting is { } of)
        {
            var held = await db.GetAsync<Meeting>(of);
            (Form.OnDay, Form.Layer, Form.Area, Form.Place) = (new DateInput(held.HeldOn), held.Layer, Lists.HasZone(held.AreaId) ? held.AreaId : null, held.Place);
        }

        if (activity is { } id)
        {
            var record = await db.GetAsync<ActivityRecord>(id);
            person.Require(person.CanRead(record));
            Meetings = await OutreachMeetings.MeetingsAsync(db, record.MeetingId, time.Today());
            Form = new OutreachForm { Activity = id, Meeting = record.MeetingId, OnDay = new DateInput(record.OnDay), Layer = record.Layer, Area = record.AreaId, HeadCount = record.HeadCount, Content = record.What };
        }
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync(Form.Meeting);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        if (Form.Activity is { } id)
        {
            person.Require(person.CanRead(await db.GetAsync<ActivityRecord>(id)));
        }

        var outreach = new Outreach
        {
            Kind = default, OnDay = default, Place = "", Layer = 0, HeadCount = 0, Content = "",
            AccountId = person.Account!.Id, ByName = person.Name, CreatedAt = time.GetUtcNow(),
        };
        Form.WriteTo(outreach, Lists, Meetings);
        db.Outreaches.Add(outreach);
        await db.SaveChangesAsync();
        TempData["Notice"] = $"{outreach.Kind.InWords()}を記録しました。";
        return RedirectToPage("Index");
    }

    private async Task LoadAsync(Guid? meeting)
    {
        person.Require(person.CanSeeOutreaches());
        Lists = await desk.ListsAsync();
        Meetings = await OutreachMeetings.MeetingsAsync(db, meeting, time.Today());
    }
}
