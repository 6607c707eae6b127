using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Bodies;
using Sasaeai.Features.Forms;
using Sasaeai.Web;

namespace Sasaeai.Features.Meetings.Minutes;

/// <summary>
/// One page for the whole meeting. Every button saves all texts; the script saves each one while it is typed. A text that
/// somebody else changed meanwhile is shown beside the own one, and neither is lost.
/// </summary>
public class EditModel(AppDb db, MeetingDesk desk, CurrentPerson person, TownTransaction transaction, TimeProvider time) : PageModel
{
    [BindProperty]
    public List<TypedText> Texts { get; set; } = [];

    [BindProperty]
    public List<TypedNote> Notes { get; set; } = [];

    /// <summary>This page, as against the same minutes opened elsewhere.</summary>
    [BindProperty]
    public Guid Writer { get; set; }

    /// <summary>The item whose button was pressed: the page comes back there, ready for the next one.</summary>
    [BindProperty]
    public Guid? At { get; set; }

    private Dictionary<Guid, ItemText> texts = [];
    private List<AgendaItem> agenda = [];
    private ILookup<Guid, Note> notes = Enumerable.Empty<Note>().ToLookup(note => note.Item);
    private Dictionary<Guid, MeetingTask> carried = [];
    private readonly HashSet<Guid> conflicts = [];

    public Meeting Meeting { get; private set; } = null!;
    public IReadOnlyList<SelectListItem> Bodies { get; private set; } = [];

    public IReadOnlyList<ItemView> Items => [.. agenda.Select(item =>
    {
        var (text, typed) = (texts[item.Id], Texts.FirstOrDefault(one => one.Item == item.Id)?.Text);
        var version = db.Entry(text).OriginalValues.GetValue<int>(nameof(ItemText.Version));     // as in the database, also when a rule undid the writing
        return new ItemView(item.Id, item.Title, typed ?? text.Text, version, text.ChangedAt, text.ChangedBy, conflicts.Contains(item.Id) ? text.Text : null, item.PostponedAt is not null,
            item.CarriedTaskId is { } task ? carried.GetValueOrDefault(task) : null, notes[item.Id].ToList());
    })];

    public TypedNote? Typed(int number) => Notes.ElementAtOrDefault(number);

    public bool IsTyped(int number) => !string.IsNullOrWhiteSpace(Typed(number)?.Text);

    public async Task<IActionResult> OnGetAsync(Guid id)
    {
        await LoadAsync(id);
        Writer = Guid.NewGuid();
        At = TempData["At"] is string at && Guid.TryParse(at, out var item) ? item : null;
        return Meeting.IsOpen ? Page() : RedirectToPage("Show", new { id });
    }

    public async Task<IActionResult> OnPostAsync(Guid id) => await SaveAsync(id, async () =>
    {
        var taking = new NoteTaking(db, Meeting, Bodies, person.Actor, time.GetUtcNow());
        foreach (var typed in Notes.Where(typed => !string.IsNullOrWhiteSpace(typed.Text)))
        {
            await taking.AddAsync(agenda.SingleOrDefault(item => item.Id == typed.Item) ?? throw new NotFoundException(), typed);
        }
    });

    public async Task<IActionResult> OnPostRemoveAsync(Guid id, Guid note) => await SaveAsync(id, async () =>
    {
        var outcome = (MeetingOutcome?)db.Decisions.Local.SingleOrDefault(one => one.Id == note) ?? db.MeetingTasks.Local.SingleOrDefault(one => one.Id == note) ?? throw new NotFoundException();
        Rule.Require(!await db.AgendaItems.AnyAsync(item => item.CarriedTaskId == note), "この宿題は、次の会議の次第に入っているため、消せません。「取りやめ」として結果を記録してください。");
        db.Remove(outcome);
    });

    public async Task<IActionResult> OnPostPostponeAsync(Guid id, Guid item) => await SaveAsync(id, () =>
    {
        var found = agenda.SingleOrDefault(one => one.Id == item) ?? throw new NotFoundException();
        if (found.PostponedAt is null)
        {
            found.Postpone(person.Actor, time.GetUtcNow());
        }
        else
        {
            found.TakeUpAgain();
        }

        return Task.CompletedTask;
    });

    /// <summary>One text, from the script. 409 tells what somebody else wrote there.</summary>
    public async Task<IActionResult> OnPostTextAsync(Guid id, Guid item, int version, int no, string? text)
    {
        await desk.OpenAsync(id);
        await db.Database.ExecuteSqlAsync($"select from app.item_text where municipality_id = {db.TownId} and item_id = {item} for update");     // whoever comes at the same moment sees what the first wrote
        await LoadAsync(id);
        if (!Meeting.IsOpen || !texts.TryGetValue(item, out var known))
        {
            return new JsonResult(new { message = "会議録は確認ずみか確定になったため、書けません。ページを開き直してください。" }) { StatusCode = StatusCodes.Status410Gone };
        }

        if (!known.Write(Clean(text), version, Writer, no, person.Actor, time.GetUtcNow()))
        {
            return new JsonResult(new { known.Text, known.Version, By = known.ChangedBy }) { StatusCode = StatusCodes.Status409Conflict };
        }

        await db.SaveChangesAsync();
        return new JsonResult(new { known.Version, At = $"{known.ChangedAt.TimeOfDay():H:mm:ss}" });
    }

    private async Task<IActionResult> SaveAsync(Guid id, Func<Task> change)
    {
        await LoadAsync(id);
        ModelState.Clear();     // what is typed is text of any kind; its rules are the entities'
        Meeting.RequireOpen();
        foreach (var typed in Texts)
        {
            var known = texts.GetValueOrDefault(typed.Item) ?? throw new NotFoundException();
            if (!known.Write(Clean(typed.Text), typed.Version, Writer, known.WrittenNo + 1, person.Actor, time.GetUtcNow()))
            {
                conflicts.Add(typed.Item);
            }
        }

        if (conflicts.Count == 0)
        {
            await change();
            await db.SaveChangesAsync();
            await CarryOver.OnwardAsync(db, Meeting, person.Actor, time.GetUtcNow());
        }

        await db.SaveChangesAsync();
        if (conflicts.Count > 0)
        {
            transaction.KeepOnError = true;     // the texts that nobody else touched are saved
            return new PageResult { StatusCode = StatusCodes.Status409Conflict };
        }

        TempData["Notice"] = "保存しました。";
        TempData["At"] = At?.ToString();
        return RedirectToPage("Edit", null, new { id }, At is { } place ? $"item-{place}" : null);
    }

    private async Task LoadAsync(Guid id)
    {
        Meeting = await desk.OpenAsync(id);
        agenda = await db.AgendaItems.Where(item => item.MeetingId == id).OrderBy(item => item.Position).ThenBy(item => item.Id).ToListAsync();
        texts = await (from text in db.ItemTexts join item in db.AgendaItems on text.ItemId equals item.Id where item.MeetingId == id select text).ToDictionaryAsync(text => text.ItemId);
        var decisions = await db.Decisions.Where(one => one.MeetingId == id).OrderBy(one => one.CreatedAt).ThenBy(one => one.Id).ToListAsync();
        var tasks = await db.MeetingTasks.Where(one => one.MeetingId == id).OrderBy(one => one.CreatedAt).ThenBy(one => one.Id).ToListAsync();
        notes = decisions.Select(Note.Of).Concat(tasks.Select(Note.Of)).Concat(await NoteTaking.RaisedAsync(db, id, agenda)).ToLookup(note => note.Item);
        Bodies = Meeting.CouncilId is null ? [] : [.. (await BodyList.ChoicesAsync(db, time.Today())).Where(body => body.Value != BodyInput.Other && body.Value != $"council:{Meeting.CouncilId}")];
        var ids = agenda.Where(item => item.CarriedTaskId is not null).Select(item => item.CarriedTaskId!.Value).ToList();
        carried = await db.MeetingTasks.AsNoTracking().Where(task => ids.Contains(task.Id)).ToDictionaryAsync(task => task.Id);
    }

    private static string Clean(string? typed) => PlainText.Of(typed?.ReplaceLineEndings("\n"));

    public sealed record ItemView(Guid Id, string Title, string Text, int Version, DateTimeOffset ChangedAt, string ChangedBy, string? Theirs, bool Postponed, MeetingTask? Task, IReadOnlyList<Note> Notes);

    public sealed class TypedText
    {
        public Guid Item { get; set; }
        public int Version { get; set; }
        public string? Text { get; set; }
    }
}
