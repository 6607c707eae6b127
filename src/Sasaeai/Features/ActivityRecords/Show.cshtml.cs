using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Resources;

namespace Sasaeai.Features.ActivityRecords;

/// <summary>One activity, for those who may read it; a look at one that names a person is recorded.</summary>
public class ShowModel(AppDb db, ActivityDesk desk, CurrentPerson person, AuditTrail trail, TimeProvider time) : PageModel
{
    private const int LatestChanges = 20;

    public ActivityRecord Record { get; private set; } = null!;
    public ActivityNames Names { get; private set; } = null!;
    public IReadOnlyList<Guid> Photos { get; private set; } = [];
    public IReadOnlyList<Change> Changes { get; private set; } = [];
    public bool MayChange => person.CanChange(Record);
    public bool MayKeep => person.CanKeep(Record);

    public async Task OnGetAsync(Guid id)
    {
        await LoadAsync(id);
        if (Record.PersonName != "")
        {
            trail.Looked("activity_record", id);
        }
    }

    public async Task<IActionResult> OnPostKeepAsync(Guid id)
    {
        await LoadAsync(id);
        person.Require(person.CanKeep(Record));
        Record.Keep(time.GetUtcNow());
        await db.SaveChangesAsync();
        TempData["Notice"] = "次の一歩を済みにしました。";
        return RedirectToPage("Show", new { id });
    }

    public async Task<IActionResult> OnPostRemovePhotoAsync(Guid id, Guid photo)
    {
        await LoadAsync(id);
        person.Require(MayChange);
        (await ActivityPhoto.OfAsync(db, id, photo)).RemovedAt = time.GetUtcNow();
        await db.SaveChangesAsync();
        TempData["Notice"] = "写真を外しました。";
        return RedirectToPage("Show", new { id });
    }

    private async Task LoadAsync(Guid id)
    {
        Record = await db.GetAsync<ActivityRecord>(id);
        person.Require(person.CanRead(Record));
        Names = await desk.NamesAsync(Record.Content);
        Photos = await db.ActivityPhotos.Where(photo => photo.ActivityRecordId == id && photo.RemovedAt == null).OrderBy(photo => photo.CreatedAt).Select(photo => photo.Id).ToListAsync();
        var text = id.ToString();
        Changes = [.. (await db.AuditEntries.AsNoTracking().Where(entry => entry.Noun == "activity_record" && entry.RecordId == text && entry.Verb != "look").OrderByDescending(entry => entry.No).Take(LatestChanges)
            .Select(entry => new { entry.At, entry.AccountName, entry.Verb, entry.Changes }).ToListAsync()).Select(entry => new Change(entry.At, entry.AccountName, entry.Verb == "create" ? "" : FieldsOf(entry.Changes)))];
    }

    private static string FieldsOf(string? changes) => changes is null ? "" : string.Join('、', JsonDocument.Parse(changes).RootElement.EnumerateObject().Select(change => change.Name switch
    {
        "next_done_at" => "次の一歩が済んだこと",
        "completed_at" => "下書きから記録へ",
        var name => ActivityFields.All.FirstOrDefault(field => SnakeCase.From(field.Name) == name)?.Label,
    }).Where(label => label is not null));

    public sealed record Change(DateTimeOffset At, string By, string Fields);
}
