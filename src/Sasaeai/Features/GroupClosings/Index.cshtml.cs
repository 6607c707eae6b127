using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Groups;
using Sasaeai.Features.Ledger;
using Sasaeai.Features.Tickets;
using Sasaeai.Features.Visits;
using Sasaeai.Web;
using Sasaeai.Japanese;

namespace Sasaeai.Features.GroupClosings;

public class IndexModel(AppDb db, CurrentPerson person, LedgerBooks books, TimeProvider time) : PageModel
{
    public HelpGroup Group { get; private set; } = null!;
    public IReadOnlyList<GroupClosing> Closings { get; private set; } = [];
    public IReadOnlyList<TicketType> Papers { get; private set; } = [];
    /// <summary>The month that comes next and is over; null when there is none.</summary>
    public DateOnly? Next { get; private set; }
    /// <summary>Visits until the end of that month without a report, and with one that nobody has approved: what they cost will be of a later month.</summary>
    public (int Missing, int Unapproved) Late { get; private set; }

    [BindProperty]
    public DateOnly? Month { get; set; }

    [BindProperty, Display(Name = "手元のお金（円）"), Range(0, 100_000_000)]
    public long? CashYen { get; set; }

    [BindProperty]
    public Dictionary<short, int?> Stock { get; set; } = [];

    [BindProperty]
    public Dictionary<short, int?> Returned { get; set; } = [];

    [BindProperty, Display(Name = "メモ"), StringLength(500)]
    public string? Note { get; set; }

    public async Task OnGetAsync(Guid id)
    {
        await LoadAsync(id);
        Month = Next;
    }

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        await LoadAsync(id);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        Rule.Require(Month is not null, "締める月を選んでください。");
        Rule.Require(Stock.Values.Concat(Returned.Values).All(count => count is null or >= 0 and <= 1_000_000), "数えた枚数は、0から1,000,000までの数にしてください。");
        var closing = await books.CloseAsync(id, Month!.Value, new CountedByHand { CashYen = CashYen, Stock = Given(Stock), Returned = Given(Returned), Note = Note?.Trim() ?? "" });
        TempData["Notice"] = $"{Wareki.Month(Month.Value)}を締めました。";
        return RedirectToPage("Show", new { id, closingId = closing });
    }

    /// <summary>What was typed, also when it is no number.</summary>
    public string? Typed(string name) => ModelState[name]?.AttemptedValue;

    public string? Error(string name) => ModelState[name]?.Errors.FirstOrDefault()?.ErrorMessage;

    private static Dictionary<short, int> Given(Dictionary<short, int?> typed) => typed.Where(one => one.Value is not null).ToDictionary(one => one.Key, one => one.Value!.Value);

    private async Task LoadAsync(Guid id)
    {
        Group = await db.RunAsync(person, id);
        Closings = await db.GroupClosings.AsNoTracking().Where(closing => closing.GroupId == id).OrderByDescending(closing => closing.Month).ThenByDescending(closing => closing.ClosedAt).Take(120).ToListAsync();
        Papers = await db.TicketTypes.AsNoTracking().Where(type => type.GroupId == id && type.Paper).OrderBy(type => type.Unit).ToListAsync();
        var last = Closings.Where(closing => closing.ReopenedAt is null).Select(closing => (DateOnly?)closing.Month).Max();
        var first = await db.LedgerEntries.Where(entry => entry.GroupId == id && (last == null || entry.Month > last)).MinAsync(entry => (DateOnly?)entry.Month);
        var next = first ?? last?.AddMonths(1);
        Next = next?.AddMonths(1) <= time.Today() ? next : null;
        if (Next?.AddMonths(1) is { } end)
        {
            var late = db.Visits.Where(visit => visit.GroupId == id && visit.DueDay < end);
            Late = (await late.CountAsync(visit => visit.State == VisitState.Assigned), await late.CountAsync(visit => visit.State == VisitState.Reported));
        }
    }
}
