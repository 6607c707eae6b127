using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Groups;
using Sasaeai.Web;

namespace Sasaeai.Features.Tickets.Expiries;

/// <summary>What has had its day, taken out of the books in one press; and what soon will, so that members can be told.</summary>
public class NewModel(AppDb db, CurrentPerson person, AuditTrail trail, TicketExpiries expiries, TimeProvider time) : PageModel
{
    public HelpGroup Group { get; private set; } = null!;
    public IReadOnlyList<Expiry> Due { get; private set; } = [];
    public IReadOnlyList<Expiry> Waiting { get; private set; } = [];
    public IReadOnlyList<Expiry> Soon { get; private set; } = [];

    [BindProperty]
    public Guid Key { get; set; } = Guid.CreateVersion7();

    public Task OnGetAsync(Guid id) => LoadAsync(id);

    public async Task<IActionResult> OnGetTableAsync(Guid id, TableFormat format)
    {
        await LoadAsync(id);
        return this.Table("期限の一覧", format, ["会員番号", "氏名", "券", "数", "番号", "期限", "額面（円）", "様子"],
            new[] { (Due, "期限切れ"), (Waiting, "活動の報告を待つ"), (Soon, "もうすぐ") }.SelectMany(part => part.Item1.Select(row => new object?[] { row.Number, row.Name, row.What, row.Quantity, row.Numbers, row.ExpiresOn, row.Yen, part.Item2 })));
    }

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        await LoadAsync(id);
        var posted = await expiries.PostAsync(id, Key);
        TempData["Notice"] = posted.Count == 0 ? "期限の切れたものは、もうありません。" : $"{posted.Select(row => row.MemberId).Distinct().Count():N0}人の期限切れを記録しました。{(posted.Count == TicketExpiries.AtOnce ? "残りがあります。もう一度押してください。" : "")}";
        return RedirectToPage(new { id });
    }

    private async Task LoadAsync(Guid id)
    {
        Group = await db.RunAsync(person, id);
        trail.Looked("ticket", id, "券の期限の一覧");
        var (rows, today) = (await expiries.ListAsync(id), time.Today());
        (Due, Waiting, Soon) = ([.. rows.Where(row => row.IsDue(today))], [.. rows.Where(row => row.Waits && row.ExpiresOn < today)], [.. rows.Where(row => row.ExpiresOn >= today)]);
    }
}
