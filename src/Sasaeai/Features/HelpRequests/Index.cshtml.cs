using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Groups;
using Sasaeai.Features.Ledger;
using Sasaeai.Features.Shared;
using Sasaeai.Features.Visits;
using Sasaeai.Web;

namespace Sasaeai.Features.HelpRequests;

/// <summary>All calls of a group, newest first; consultations counted apart from help.</summary>
public class IndexModel(AppDb db, CurrentPerson person, AuditTrail trail, TimeProvider time) : PageModel
{
    public const int Size = 50;

    [BindProperty(SupportsGet = true)]
    public RequestState? State { get; set; }

    [BindProperty(SupportsGet = true, Name = PagerTagHelper.Parameter)]
    public int Number { get; set; } = 1;

    public HelpGroup Group { get; private set; } = null!;
    public IReadOnlyList<HelpKind> Kinds { get; private set; } = [];
    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public int Total { get; private set; }
    public int Consultations { get; private set; }
    public int Adjustments { get; private set; }

    public async Task OnGetAsync(Guid id)
    {
        await LoadAsync(id);
        var year = new DateOnly(Japanese.FiscalYear.Of(time.Today()).Year, 4, 1);
        var counts = await db.HelpRequests.Where(request => request.GroupId == id && request.ReceivedOn >= year).GroupBy(request => request.Kind).Select(kind => new { kind.Key, Count = kind.Count() }).ToListAsync();
        (Consultations, Adjustments) = (counts.FirstOrDefault(count => count.Key == RequestKind.Consultation)?.Count ?? 0, counts.FirstOrDefault(count => count.Key == RequestKind.Help)?.Count ?? 0);
        Total = await Requests().CountAsync();
        Number = Math.Clamp(Number, 1, Math.Max(1, (Total + Size - 1) / Size));
        Rows = await RowsOf(Requests().OrderByDescending(request => request.ReceivedAt).Skip((Number - 1) * Size).Take(Size)).ToListAsync();
        trail.Looked("help_request", id, $"依頼の一覧（{Rows.Count}件）");
    }

    public async Task<IActionResult> OnGetTableAsync(Guid id, TableFormat format)
    {
        await LoadAsync(id);
        trail.Looked("help_request", id, "依頼の一覧を書き出し");
        var rows = await RowsOf(Requests().OrderBy(request => request.ReceivedAt).Take(50_000)).ToListAsync();
        return this.Table("依頼", format, ["受付日", "区分", "内容", "くわしく", "会員番号", "氏名", "状態", "終わった日", "理由", "受けた人"],
            rows.Select(row => new object?[] { row.Request.ReceivedOn, row.Request.Kind.Japanese(), Words(row.Request.CategoryCode), row.Request.Detail, row.UserNumber, row.User, row.Request.State.Japanese(), row.Request.ClosedOn, row.Request.CloseReason, row.Request.ByName }));
    }

    public string Words(string code) => Kinds.FirstOrDefault(kind => kind.Code == code)?.Words ?? code;

    private async Task LoadAsync(Guid id) => (Group, Kinds) = (await db.ArrangeAsync(person, id), await HelpKind.OfGroupAsync(db, id));

    private IQueryable<HelpRequest> Requests() => db.HelpRequests.AsNoTracking().Where(request => request.GroupId == Group.Id && (State == null || request.State == State));

    private IQueryable<Row> RowsOf(IQueryable<HelpRequest> requests) =>
        from request in requests
        join member in db.Members on request.UserId equals (Guid?)member.Id into users
        from user in users.DefaultIfEmpty()
        select new Row(request, user == null ? null : user.Number, user == null ? "" : user.Name);

    public sealed record Row(HelpRequest Request, int? UserNumber, string User);
}
