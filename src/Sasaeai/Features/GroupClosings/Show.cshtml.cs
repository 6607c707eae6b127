using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Groups;
using Sasaeai.Features.Ledger;
using Sasaeai.Japanese;
using Sasaeai.Web;

namespace Sasaeai.Features.GroupClosings;

/// <summary>A closed month: differences, cash book, payments, statements; paid out and re-opened here.</summary>
public class ShowModel(AppDb db, CurrentPerson person, AuditTrail trail, LedgerBooks books, TimeProvider time) : PageModel
{
    public HelpGroup Group { get; private set; } = null!;
    public MonthBooks Books { get; private set; } = null!;
    public DateOnly Today => time.Today();
    public bool Paid { get; private set; }
    /// <summary>Accounts of those who are paid by transfer.</summary>
    public IReadOnlyDictionary<Guid, BankAccount> Banks { get; private set; } = new Dictionary<Guid, BankAccount>();

    /// <summary>Above the group's limit, who closed the month does not pay out.</summary>
    public bool NeedsAnother => Books.PayableYen > Group.Content.PayoutLimitYen;

    [BindProperty, Display(Name = "開き直す理由"), StringLength(200)]
    public string? Reason { get; set; }

    public Task OnGetAsync(Guid id, Guid closingId) => LoadAsync(id, closingId);

    public async Task<IActionResult> OnGetPaymentsAsync(Guid id, Guid closingId, TableFormat format)
    {
        await LoadAsync(id, closingId);
        return this.Table($"支払いの一覧{Books.Month:yyyyMM}", format, ["会員番号", "氏名", "謝礼（円）", "渡し方"], Books.Payable.Select(line => new object?[] { line.MemberNumber, line.MemberName, line.Balance, Banks.ContainsKey(line.MemberId!.Value) ? "振り込み" : "現金" }));
    }

    /// <summary>総合振込 for the group's bank: those who have an account; the others are paid in cash.</summary>
    public async Task<IActionResult> OnGetTransferAsync(Guid id, Guid closingId, string? day)
    {
        await LoadAsync(id, closingId);
        Books.RequirePayable();
        Rule.Require(Wareki.TryReadDate(day, out var on), "「振り込む日」を日付として読めません。例：令和8年6月15日");
        Rule.Require(Group.Content.Bank is not null, "団体の口座がまだありません。団体の記録の「謝礼の振り込みのファイルを作るとき」に入れてください。");
        trail.Looked("group_closing", closingId, "振り込みのファイル");
        var payees = Books.Payable.Where(line => Banks.ContainsKey(line.MemberId!.Value)).Select(line => new BankTransfer.Payee(line.MemberNumber!.Value, Banks[line.MemberId!.Value], line.Balance)).ToList();
        return File(BankTransfer.Write(Group.Content.Bank!, Group.Content.PayerCode, on, payees), "application/octet-stream", $"総合振込{Books.Month:yyyyMM}.txt");
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
        var paid = Books.Payable.Select(line => line.MemberId!.Value).ToList();
        Banks = (await db.Members.AsNoTracking().Where(member => paid.Contains(member.Id)).ToListAsync()).Where(member => member.Content.Bank is not null).ToDictionary(member => member.Id, member => member.Content.Bank!);
        Paid = await db.LedgerEntries.AnyAsync(entry => entry.PostingId == key);
    }
}
