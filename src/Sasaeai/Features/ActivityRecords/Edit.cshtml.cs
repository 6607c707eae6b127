using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Resources;
using Sasaeai.Web;

namespace Sasaeai.Features.ActivityRecords;

/// <summary>The recorder goes on with a draft, or mends a record.</summary>
[RequestSizeLimit(UploadLimits.PhotoBytes + UploadLimits.FieldBytes)]
[RequestFormLimits(MultipartBodyLengthLimit = UploadLimits.PhotoBytes + UploadLimits.FieldBytes)]
public class EditModel(AppDb db, ActivityDesk desk, CurrentPerson person) : PageModel, IActivityFormPage
{
    private ActivityRecord record = null!;

    [BindProperty]
    public ActivityForm Form { get; set; } = new();

    public ActivityLists Lists { get; private set; } = null!;
    public ActivityOffers Offers { get; private set; } = new([], [], []);
    public ActivityDesk.Saved? Undecided { get; private set; }
    public bool IsDraft { get; private set; }

    public async Task OnGetAsync(Guid id)
    {
        await LoadAsync(id);
        Form = ActivityForm.Of(record, await desk.NamesAsync(record.Content));
    }

    public async Task<IActionResult> OnPostAsync(Guid id, bool complete)
    {
        await LoadAsync(id);
        Form.Id = id;
        if (!complete && IsDraft)
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

        TempData["Notice"] = record.IsDraft ? "下書きを保存しました。" : "記録しました。";
        return record.IsDraft ? RedirectToPage("Drafts") : RedirectToPage("Show", new { id });
    }

    public async Task<IActionResult> OnPostRemoveAsync(Guid id)
    {
        await LoadAsync(id);
        Rule.Require(record.IsDraft, "記録したものは消せません。内容を直してください。");
        db.RemoveRange(db.ActivityPhotos.Where(photo => photo.ActivityRecordId == id));
        db.Remove(record);
        await db.SaveChangesAsync();
        TempData["Notice"] = "下書きを消しました。";
        return RedirectToPage("Drafts");
    }

    private async Task LoadAsync(Guid id)
    {
        record = await db.GetAsync<ActivityRecord>(id);
        person.Require(person.CanChange(record));
        IsDraft = record.IsDraft;
        (Lists, Offers) = (await desk.ListsAsync(), await desk.OffersAsync(record.MeetingId));
    }
}
