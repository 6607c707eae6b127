using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Commands;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Shared;
using Sasaeai.Web;

namespace Sasaeai.Features.Audit;

/// <summary>操作の記録: who did what, when; and whether the chain still holds.</summary>
public class IndexModel(AppDb db, CurrentPerson person, AuditTrail trail, TimeProvider time) : PageModel
{
    public const int Size = 50;
    private const int MostCounted = 10_000, MostExported = 50_000, LongestCell = 30_000;
    private static readonly string[] Header = ["番号", "日時", "人", "操作", "対象", "対象ID", "メモ", "変更内容"];

    [BindProperty(SupportsGet = true, Name = "")]
    public AuditQuery Query { get; set; } = new();

    [BindProperty(Name = "p", SupportsGet = true)]
    public int Number { get; set; } = 1;

    public IReadOnlyList<AuditEntry> Entries { get; private set; } = [];
    public int Total { get; private set; }
    public bool HasMore => Total == MostCounted;
    public VerifyAudit.Broken? Broken { get; private set; }

    public async Task OnGetAsync()
    {
        person.Require(person.CanReadAudit());
        var found = Query.Of(db);
        Total = await found.Take(MostCounted).CountAsync();
        Number = Math.Clamp(Number, 1, Math.Max(1, (Total + Size - 1) / Size));
        Entries = await found.Skip((Number - 1) * Size).Take(Size).ToListAsync();
        trail.Note("look", "audit_entry");
    }

    public async Task<IActionResult> OnGetTableAsync(TableFormat format)
    {
        person.Require(person.CanReadAudit());
        var entries = await Query.Of(db).Take(MostExported).ToListAsync();
        trail.Note("export", "audit_entry", note: $"{entries.Count}件");
        return this.Table($"操作の記録_{time.Today():yyyyMMdd}", format, Header, entries.Select(Line));
    }

    public async Task<IActionResult> OnPostCheckAsync()
    {
        person.Require(person.CanReadAudit());
        Broken = await VerifyAudit.FirstBrokenAsync(db);
        if (Broken is null)
        {
            TempData["Notice"] = $"{await db.AuditEntries.CountAsync():N0}件の記録は、書き換えられていません。";
            return RedirectToPage();
        }

        await OnGetAsync();
        return Page();
    }

    private static IReadOnlyList<object?> Line(AuditEntry entry) =>
        [entry.No, entry.At.ToOffset(Clock.Japan), entry.AccountName, AuditWords.Verb(entry.Verb), AuditWords.Noun(entry.Noun), entry.RecordId, entry.Note, ChangesOf(entry)];

    /// <summary>As the page says them, within what a cell of Excel holds.</summary>
    private static string ChangesOf(AuditEntry entry)
    {
        var text = string.Join('\n', FieldChange.Of(entry).Select(change => $"{change.Name}: {change.Before} → {change.After}"));
        return text.Length <= LongestCell ? text : text[..LongestCell] + "…";
    }
}
