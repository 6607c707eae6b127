using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Categories;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Shared;
using Sasaeai.Web;

namespace Sasaeai.Features.ActivityRecords;

/// <summary>The month's activities, or those under a figure. All staff see that they were done; the words, those who may read them.</summary>
public class IndexModel(AppDb db, ActivityDesk desk, CurrentPerson person, AuditTrail trail) : PageModel
{
    public const int PageSize = 50;
    private const int Excerpt = 60, MostExported = 100_000;

    [BindProperty(SupportsGet = true, Name = "")]
    public ActivityQuery Search { get; set; } = new();

    [BindProperty(SupportsGet = true, Name = PagerTagHelper.Parameter)]
    public int Number { get; set; } = 1;

    [BindProperty(SupportsGet = true, Name = ListOrder.Parameter)]
    public string? Sort { get; set; }

    public ListOrder Order => ListOrder.Of(Sort, "-day", "day", "layer", "area", "person", "minutes");
    public ActivityLists Lists { get; private set; } = null!;
    public IReadOnlyList<SelectListItem> People { get; private set; } = [];
    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public int Total { get; private set; }
    public long Minutes { get; private set; }
    public int Drafts { get; private set; }

    /// <summary>What is looked for, with the days that stand when none are asked for.</summary>
    public ActivityQuery Found { get; private set; } = new();

    /// <summary>The month before and after, when exactly one month is shown.</summary>
    public (ActivityQuery Before, ActivityQuery After)? Months => Found is { From: { Day: 1 } from, To: { } to } && to == from.AddMonths(1).AddDays(-1)
        ? (Found with { From = from.AddMonths(-1), To = from.AddDays(-1) }, Found with { From = from.AddMonths(1), To = from.AddMonths(2).AddDays(-1) }) : null;

    public async Task OnGetAsync()
    {
        await LoadAsync();
        People = await RecordersAsync(db);
        Drafts = await db.ActivityRecords.CountAsync(record => record.AccountId == person.Account!.Id && record.CompletedAt == null);
        var found = Found.Of(db, person);
        var sums = await found.GroupBy(_ => 1).Select(group => new { Count = group.Count(), Minutes = group.Sum(record => (long?)record.Minutes) ?? 0 }).SingleOrDefaultAsync();
        (Total, Minutes) = (sums?.Count ?? 0, sums?.Minutes ?? 0);
        Number = Math.Clamp(Number, 1, Math.Max(1, (Total + PageSize - 1) / PageSize));
        Rows = await RowsAsync(Ordered(found).Skip((Number - 1) * PageSize).Take(PageSize), Excerpt);
    }

    public async Task<IActionResult> OnGetTableAsync(TableFormat format)
    {
        await LoadAsync();
        trail.Looked("activity_record", "", "活動の記録を書き出し");
        var rows = await RowsAsync((Sort is null ? Found.Of(db, person).OrderBy(record => record.OnDay).ThenBy(record => record.Id) : Ordered(Found.Of(db, person))).Take(MostExported), int.MaxValue);
        return this.Table("活動の記録", format, ["日", "時刻", "分", "層", "圏域", "種類", "SCの役割", "方法", "人数", "したこと", "気づき", "次の一歩", "次の一歩の期限", "記録した人"], rows.Select(row => new object?[]
        {
            row.OnDay, row.StartsAt, row.Minutes, $"第{row.Layer}層相当", Lists.NameOf(row.AreaId), Lists.NamesOf(CodeList.ActivityKind, row.Kinds), Lists.NamesOf(CodeList.ActivityFunction, row.Functions),
            Lists.NameOf(CodeList.ActivityWay, row.Way), row.HeadCount, row.What ?? "（見られる人が限られています）", row.Noticed, row.NextStep, row.NextDue, row.ByName,
        }));
    }

    public string FileOf(string format) => Url.Page("Index", "Table", new { format, sort = Sort }) + (Found.ToQueryString() is { Length: > 0 } query ? "&" + query[1..] : "");

    /// <summary>Those who have worked as staff of the town, for choosing whose records.</summary>
    public static async Task<List<SelectListItem>> RecordersAsync(AppDb db) => await db.Accounts
        .Where(account => db.Memberships.Any(membership => membership.AccountId == account.Id && membership.Role != Role.GroupKeeper && membership.Role != Role.CouncilMember && membership.Role != Role.Prefecture))
        .OrderBy(account => account.Name).Select(account => new SelectListItem(account.Name, account.Id.ToString())).Take(1000).ToListAsync();

    private IQueryable<ActivityRecord> Ordered(IQueryable<ActivityRecord> found) => (Order.Column switch
    {
        "layer" => found.By(Order, record => record.Layer).ThenByDescending(record => record.OnDay),
        "area" => found.By(Order, record => db.Areas.Where(area => area.Id == record.AreaId).Select(area => area.Code).FirstOrDefault()).ThenByDescending(record => record.OnDay),
        "person" => found.By(Order, record => record.ByName).ThenByDescending(record => record.OnDay),
        "minutes" => found.By(Order, record => record.Minutes ?? 0).ThenByDescending(record => record.OnDay),
        _ => found.By(Order, record => record.OnDay),
    }).ThenByDescending(record => record.Id);

    private async Task LoadAsync()
    {
        person.Require(person.CanRecord());
        Lists = await desk.ListsAsync();
        Found = Search.OrMonthOf(Lists.Today);
    }

    private async Task<List<Row>> RowsAsync(IQueryable<ActivityRecord> records, int longest) =>
        [.. (await records.Select(record => new
        {
            record.Id, record.AccountId, record.Audience, record.OnDay, record.StartsAt, record.Minutes, Layer = record.Layer!.Value, record.AreaId, record.Kinds, record.Functions, record.Way, record.HeadCount,
            record.What, record.Noticed, record.NextStep, record.NextDue, record.ByName,
        }).ToListAsync()).Select(row => person.CanRead(row.AccountId, row.Audience, row.AreaId)
            ? new Row(row.Id, row.OnDay, row.StartsAt, row.Minutes, row.Layer, row.AreaId, row.Kinds, row.Functions, row.Way, row.HeadCount, Short(row.What, longest), row.Noticed, row.NextStep, row.NextDue, row.ByName)
            : new Row(row.Id, row.OnDay, row.StartsAt, row.Minutes, row.Layer, row.AreaId, row.Kinds, row.Functions, row.Way, null, null, null, null, null, row.ByName))];

    private static string Short(string text, int longest) => text.Length <= longest ? text : text[..longest] + "…";

    /// <param name="What">Null when this person may not read it.</param>
    public sealed record Row(Guid Id, DateOnly OnDay, TimeOnly? StartsAt, int? Minutes, int Layer, Guid? AreaId, string[] Kinds, string[] Functions, string? Way, int? HeadCount, string? What, string? Noticed, string? NextStep, DateOnly? NextDue, string ByName);
}
