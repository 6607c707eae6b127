using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Groups;
using Sasaeai.Web;

namespace Sasaeai.Features.Ledger.CashBooks;

/// <summary>出納帳 to print or to hand to whoever audits the group.</summary>
public class ShowModel(AppDb db, CurrentPerson person, TimeProvider time) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Month { get; set; }

    public HelpGroup Group { get; private set; } = null!;
    public CashBook Book { get; private set; } = null!;

    public Task OnGetAsync(Guid id) => LoadAsync(id);

    public async Task<IActionResult> OnGetTableAsync(Guid id, TableFormat format)
    {
        await LoadAsync(id);
        return this.Table($"出納帳{Book.Month:yyyyMM}", format, ["日", "摘要", "収入", "支出", "残り"],
            [[Book.Month, "前月から", null, null, Book.Opening], .. Book.Lines.Select(line => new object?[] { line.Day, line.Words, line.In == 0 ? null : line.In, line.Out == 0 ? null : line.Out, line.Left }), [null, "この月の計", Book.In, Book.Out, Book.Closing]]);
    }

    private async Task LoadAsync(Guid id)
    {
        Group = await db.RunAsync(person, id);
        Book = await CashBook.LoadAsync(db, Group, DateOnly.TryParseExact(Month + "-01", "yyyy-MM-dd", out var month) ? month : new DateOnly(time.Today().Year, time.Today().Month, 1));
    }
}
