using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Web;

namespace Sasaeai.Features.Meetings.Agenda;

public class IndexModel(AppDb db, MeetingDesk desk, CurrentPerson person, TimeProvider time) : PageModel
{
    [BindProperty, Display(Name = "議題"), DataType(DataType.MultilineText), StringLength(4000)]
    public string? Lines { get; set; }

    public Meeting Meeting { get; private set; } = null!;
    public IReadOnlyList<AgendaItem> Items { get; private set; } = [];

    public async Task OnGetAsync(Guid id) => await LoadAsync(id);

    public async Task<IActionResult> OnPostAddAsync(Guid id)
    {
        await LoadAsync(id);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        Meeting.RequireOpen();
        var position = Items.Count == 0 ? 0 : Items.Max(item => item.Position);
        foreach (var title in AgendaLines.Read(Lines))
        {
            CarryOver.Add(db, new AgendaItem { MeetingId = id, Position = ++position, Title = title }, person.Actor, time.GetUtcNow());
        }

        return await SaveAsync(id, "議題を加えました。");
    }

    public async Task<IActionResult> OnPostRenameAsync(Guid id, Guid item, string? title)
    {
        var found = await FindAsync(id, item);
        var titles = AgendaLines.Read(title);
        Rule.Require(titles.Count == 1, "議題の名前を入力してください。");
        found.Title = titles[0];
        return await SaveAsync(id, "議題の名前を保存しました。");
    }

    public async Task<IActionResult> OnPostUpAsync(Guid id, Guid item)
    {
        var found = await FindAsync(id, item);
        var order = Items.ToList();
        var place = order.IndexOf(found);
        order.RemoveAt(place);
        order.Insert(Math.Max(0, place - 1), found);
        foreach (var (number, other) in order.Index())
        {
            other.Position = number + 1;
        }

        return await SaveAsync(id, "議題の順番を変えました。");
    }

    public async Task<IActionResult> OnPostRemoveAsync(Guid id, Guid item)
    {
        var found = await FindAsync(id, item);
        var text = await db.ItemTexts.SingleAsync(one => one.ItemId == item);
        Rule.Require(text.Text == "" && !await db.Decisions.AnyAsync(one => one.ItemId == item) && !await db.MeetingTasks.AnyAsync(one => one.ItemId == item), "この議題には記録があるため、外せません。先に会議録の記録を消してください。");
        Rule.Require(!await db.AgendaItems.AnyAsync(later => later.CarriedFromId == item), "この議題は、次の会議に持ちこしているため、外せません。");
        db.RemoveRange(text, found);
        return await SaveAsync(id, "議題を外しました。");
    }

    private async Task<AgendaItem> FindAsync(Guid id, Guid item)
    {
        await LoadAsync(id);
        ModelState.Clear();     // the form of another handler
        Meeting.RequireOpen();
        return Items.SingleOrDefault(one => one.Id == item) ?? throw new NotFoundException();
    }

    private async Task<IActionResult> SaveAsync(Guid id, string notice)
    {
        await db.SaveChangesAsync();
        TempData["Notice"] = notice;
        return RedirectToPage("Index", new { id });
    }

    private async Task LoadAsync(Guid id)
    {
        Meeting = await desk.OpenAsync(id);
        Items = await db.AgendaItems.Where(item => item.MeetingId == id).OrderBy(item => item.Position).ThenBy(item => item.Id).ToListAsync();
    }
}
