using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
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

    /// <param name="activity">The record that says what was done already.</param>
    public async Task OnGetAsync(Guid? activity, Guid? meeting)
    {
        await LoadAsync();
        Form = new OutreachForm { OnDay = new DateInput(time.Today()), Meeting = meeting };
        if (activity is { } id)
        {
            var record = await db.GetAsync<ActivityRecord>(id);
            person.Require(person.CanRead(record));
            Form = new OutreachForm { Activity = id, Meeting = record.MeetingId, OnDay = new DateInput(record.OnDay), Layer = record.Layer, Area = record.AreaId, HeadCount = record.HeadCount, Content = record.What };
        }
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        if (Form.Activity is { } id)
        {
            person.Require(person.CanRead(await db.GetAsync<ActivityRecord>(id)));
        }

        if (Form.Meeting is { } meeting)
        {
            await db.GetAsync<Meeting>(meeting);
        }

        var outreach = new Outreach
        {
            Kind = default, OnDay = default, Place = "", Layer = 0, HeadCount = 0, Content = "",
            AccountId = person.Account!.Id, ByName = person.Name, CreatedAt = time.GetUtcNow(),
        };
        Form.WriteTo(outreach, Lists);
        db.Outreaches.Add(outreach);
        await db.SaveChangesAsync();
        TempData["Notice"] = $"{outreach.Kind.InWords()}を記録しました。";
        return RedirectToPage("Index");
    }

    private async Task LoadAsync()
    {
        person.Require(person.CanSeeOutreaches());
        Lists = await desk.ListsAsync();
    }
}
