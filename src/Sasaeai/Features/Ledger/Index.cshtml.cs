using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Groups;
using Sasaeai.Features.Shared;
using Sasaeai.Features.Tariffs;
using Sasaeai.Web;

namespace Sasaeai.Features.Ledger;

/// <summary>The entries of one group and month, newest first.</summary>
public class IndexModel(AppDb db, CurrentPerson person, TimeProvider time) : PageModel
{
    public const int Size = 50;
    private Dictionary<Guid, string> names = [];
    private Dictionary<short, string> types = [];

    [BindProperty(SupportsGet = true)]
    public string? Month { get; set; }

    [BindProperty(SupportsGet = true)]
    public short? Unit { get; set; }

    [BindProperty(SupportsGet = true, Name = PagerTagHelper.Parameter)]
    public int Number { get; set; } = 1;

    public HelpGroup Group { get; private set; } = null!;
    public DateOnly First { get; private set; }
    /// <summary>The group counts in minutes, so members may bring some from before.</summary>
    public bool HasPoints { get; private set; }
    public int Total { get; private set; }
    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public IEnumerable<SelectListItem> Units => types.Select(type => new SelectListItem(type.Value, $"{type.Key}")).Prepend(new SelectListItem("分（点数）", "1")).Prepend(new SelectListItem("円", "0"));

    public async Task OnGetAsync(Guid id)
    {
        await LoadAsync(id);
        Total = await Entries().CountAsync();
        Number = Math.Clamp(Number, 1, Math.Max(1, (Total + Size - 1) / Size));
        Rows = await RowsOf(Entries().OrderByDescending(entry => entry.No).Skip((Number - 1) * Size).Take(Size)).ToListAsync();
        names = await NamesAsync(db, Rows);
        HasPoints = (await Tariff.OnAsync(db, id, time.Today()))?.Rules.Payment == PaymentMode.TimePoints;
    }

    public async Task<IActionResult> OnGetTableAsync(Guid id, TableFormat format)
    {
        await LoadAsync(id);
        var rows = await RowsOf(Entries().OrderBy(entry => entry.No).Take(50_000)).ToListAsync();
        names = await NamesAsync(db, rows);
        return this.Table($"帳簿{First:yyyyMM}", format, ["番号", "活動日", "記録日時", "内容", "どこから", "どこへ", "数", "単位", "券の番号", "取消の元", "記録した人", "メモ"], rows.Select(row => new object?[]
        {
            row.Entry.No, row.Entry.ServiceDate, row.Entry.PostedAt.ToOffset(Clock.Japan), row.Entry.Kind.Japanese(), Name(row.FromRole, row.FromMember), Name(row.ToRole, row.ToMember), row.Entry.Amount, UnitName(row.Entry.Unit),
            row.Entry.Serials is { } serials ? string.Join(' ', serials) : null, row.Entry.Reverses?.ToString(), row.Entry.ByName, row.Entry.Note,
        }));
    }

    public string Name(AccountRole role, Guid? member) => member is { } id ? $"{names.GetValueOrDefault(id, "会員")}（{role.Japanese()}）" : role.Japanese();

    public string Amount(short unit, long amount) => unit switch { LedgerUnit.Yen => $"{amount:N0}円", LedgerUnit.Minute => $"{amount:N0}分", _ => $"{amount:N0}枚" };

    private string UnitName(short unit) => unit switch { LedgerUnit.Yen => "円", LedgerUnit.Minute => "分", _ => types.GetValueOrDefault(unit, "券") };

    private async Task LoadAsync(Guid id)
    {
        Group = await db.RunAsync(person, id);
        First = DateOnly.TryParseExact(Month + "-01", "yyyy-MM-dd", out var month) ? month : new DateOnly(time.Today().Year, time.Today().Month, 1);
        types = await db.TicketTypes.AsNoTracking().Where(type => type.GroupId == id).ToDictionaryAsync(type => type.Unit, type => type.Name);
    }

    private IQueryable<LedgerEntry> Entries() => db.LedgerEntries.AsNoTracking().Where(entry => entry.GroupId == Group.Id && entry.Month == First && (Unit == null || entry.Unit == Unit));

    private IQueryable<Row> RowsOf(IQueryable<LedgerEntry> entries) =>
        from entry in entries
        join source in db.LedgerAccounts on entry.FromId equals source.Id
        join to in db.LedgerAccounts on entry.ToId equals to.Id
        orderby entry.No descending
        select new Row(entry, source.Role, source.MemberId, to.Role, to.MemberId, db.LedgerEntries.Any(other => other.Reverses == entry.Id));

    private static Task<Dictionary<Guid, string>> NamesAsync(AppDb db, IReadOnlyList<Row> rows)
    {
        var ids = rows.SelectMany(row => new[] { row.FromMember, row.ToMember }).OfType<Guid>().Distinct().ToList();
        return db.Members.AsNoTracking().Where(member => ids.Contains(member.Id)).ToDictionaryAsync(member => member.Id, member => member.Name);
    }

    public sealed record Row(LedgerEntry Entry, AccountRole FromRole, Guid? FromMember, AccountRole ToRole, Guid? ToMember, bool IsReversed);
}
