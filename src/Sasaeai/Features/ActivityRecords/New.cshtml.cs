using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Organizations;
using Sasaeai.Features.Resources;
using Sasaeai.Web;

namespace Sasaeai.Features.ActivityRecords;

/// <summary>An activity in 20 seconds: opens on now, the last place and the recorder's layer.</summary>
[RequestSizeLimit(UploadLimits.PhotoBytes + UploadLimits.FieldBytes)]
[RequestFormLimits(MultipartBodyLengthLimit = UploadLimits.PhotoBytes + UploadLimits.FieldBytes)]
public class NewModel(AppDb db, ActivityDesk desk, CurrentPerson person) : PageModel, IActivityFormPage
{
    [BindProperty]
    public ActivityForm Form { get; set; } = new();

    public ActivityLists Lists { get; private set; } = null!;
    public ActivityOffers Offers { get; private set; } = new([], [], []);
    public ActivityDesk.Saved? Undecided { get; private set; }

    public async Task OnGetAsync(Guid? organization, Guid? resource, Guid? meeting)
    {
        await LoadAsync(meeting);
        Form = meeting is { } held ? await desk.OfMeetingAsync(held) : await desk.BlankAsync();
        Form.Organization = organization is { } group ? (await db.FindAsync<Organization>(group))?.Name : null;
        Form.Resource = resource is { } place ? (await db.FindAsync<Resource>(place))?.Name : null;
    }

    public async Task<IActionResult> OnPostAsync(bool complete)
    {
        await LoadAsync(Form.Meeting);
        if (!complete)
        {
            ActivityForm.ForgiveWhatIsMissing(ModelState);
        }

        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        var saved = await desk.SaveAsync(Form, complete);
        if (saved.Conflicts.Count > 0)
        {
            Undecided = saved;
            return this.Invalid();
        }

        TempData["Notice"] = saved.Record.IsDraft ? "下書きを保存しました。「書きかけ」から続きを書けます。" : "記録しました。";
        return saved.Record.IsDraft ? RedirectToPage("Drafts") : RedirectToPage("Show", new { id = saved.Record.Id });
    }

    private async Task LoadAsync(Guid? meeting)
    {
        person.Require(person.CanRecord());
        (Lists, Offers) = (await desk.ListsAsync(), await desk.OffersAsync(meeting));
    }
}
