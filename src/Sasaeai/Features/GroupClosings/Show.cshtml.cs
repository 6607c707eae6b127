using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Groups;
using Sasaeai.Features.Ledger;
using Sasaeai.Web;

namespace Sasaeai.Features.GroupClosings;

/// <summary>A closed month: differences, cash book, payments, statements; paid out and re-opened here.</summary>
public class ShowModel(AppDb db, CurrentPerson person, AuditTrail trail, LedgerBooks books, TimeProvider time) : PageModel
{
    public HelpGroup Group { get; private set; } = null!;
    public MonthBooks Books { get; private set; } = null!;
    public bool Paid { get; private set; }

    /// <summary>Above the group's limit, who closed the month does not pay out.</summary>
    public bool NeedsAnother => Books.PayableYen > Group.Content.PayoutLimitYen;

    [BindProperty, Display(Name = "開き直す理由"), StringLength(200)]
    public string? Reason { get; set; }

    public Task OnGetAsync(Guid id, Guid closingId) => LoadAsync(id, closingId);

    public async Task<IActionResult> OnGetPaymentsAsync(Guid id, Guid closingId, TableFormat format)
    {
        await LoadAsync(id, closingId);
        return this.Table($"支払いの一覧{Books.Month:yyyyMM}", format, ["会員番号", "氏名", "謝礼（円）"], Books.Payable.Select(line => new object?[] { line.MemberNumber, line.MemberName, line.Balance }));
    }

    public async Task<IActionResult> OnPostPayAsync(Guid id, Guid closingId)
    {
        await LoadAsync(id, closingId);
        Rule.Require(!NeedsAnother || Books.Closing.ClosedBy != person.Account!.Id, $"{Group.Content.PayoutLimitYen:N0}円を超える支払いは、締めた人とは別の世話人が記録してください。");
        await books.PostAsync(Books.Payout(id, time.Today()));
        TempData["Notice"] = $"{Books.PayableYen:N0}円の支払いを記録しました。";
        return RedirectToPage(new { id, closingId });
    }

    public async Task<IActionResult> OnPostReopenAsync(Guid id, Guid closingId)
    {
        await LoadAsync(id, closingId);
        await books.ReopenAsync(closingId, Reason ?? "");
        TempData["Notice"] = "開き直しました。直したあと、もう一度締めてください。";
        return RedirectToPage(new { id, closingId });
    }

    private async Task LoadAsync(Guid id, Guid closingId)
    {
        Group = await db.RunAsync(person, id);
        Books = await MonthBooks.LoadAsync(db, id, closingId);
        trail.Looked("group_closing", closingId, "会員ごとの精算");
        var key = Books.PayoutKey;
        Paid = await db.LedgerEntries.AnyAsync(entry => entry.PostingId == key);
    }
}
