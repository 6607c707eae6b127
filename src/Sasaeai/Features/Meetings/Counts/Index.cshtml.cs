using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Areas;
using Sasaeai.Features.Councils;
using Sasaeai.Features.Resources;
using Sasaeai.Japanese;
using Sasaeai.Web;

namespace Sasaeai.Features.Meetings.Counts;

/// <summary>The meeting tables of the yearly paper: by layer, by area, and the coordinators' share of 地域ケア会議.</summary>
public class IndexModel(AppDb db, CurrentPerson person, TimeProvider time) : PageModel
{
    private const int MostYears = 10;

    [BindProperty(SupportsGet = true)]
    public string? From { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? To { get; set; }

    public IReadOnlyList<FiscalYear> Years { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Choices { get; private set; } = [];
    public IReadOnlyList<CountTable> Tables { get; private set; } = [];

    public async Task OnGetAsync() => await LoadAsync();

    public async Task<IActionResult> OnGetTableAsync(string? table, TableFormat format)
    {
        await LoadAsync();
        var found = Tables.SingleOrDefault(one => one.Code == table) ?? throw new NotFoundException();
        return this.Table(found.Name, format, [.. found.Heads, .. Years.Select(year => year.Label)], found.Lines.Select(line => new List<object?>([.. line.Heads, .. line.Cells.Select(cell => cell.Value)])));
    }

    private async Task LoadAsync()
    {
        person.Require(person.IsStaff);
        var (today, now) = (time.Today(), FiscalYear.Of(time.Today()).Year);
        var first = await db.Meetings.MinAsync(meeting => (int?)meeting.FiscalYear) ?? now;
        var to = FiscalYear.TryRead(To, out var last) ? last.Year : now;
        var from = FiscalYear.TryRead(From, out var begin) ? begin.Year : to - 1;
        Rule.Require(from <= to && to - from < MostYears, $"終わりの年度は、はじめの年度から{MostYears}年度以内にしてください。");
        Choices = [.. Enumerable.Range(0, Math.Max(now, to) - Math.Min(first, from) + 1).Select(back => new FiscalYear(Math.Max(now, to) - back)).Select(year => new SelectListItem(year.Label, year.ShortLabel))];
        (From, To) = (new FiscalYear(from).ShortLabel, new FiscalYear(to).ShortLabel);
        Years = [.. Enumerable.Range(from, to - from + 1).Select(year => new FiscalYear(year))];
        var (counts, kinds, tree) = (await MeetingCounts.OfAsync(db, from, to, today), await MeetingKinds.LoadAsync(db, today), await AreaTree.LoadAsync(db, today));
        Tables = [Layers(counts), Areas(counts, kinds, tree), Care(counts, kinds), Kinds(counts, kinds)];
    }

    private CountTable Layers(MeetingCounts counts) => new("layers", "協議体（推進会議等）の開催回数", ["層"], "会議を登録するときに「協議体の開催回数に数える」とした会議です。", [.. new[] { 1, 2 }.Select(layer =>
        new CountLine([$"第{layer}層"], [.. Years.Select(year => Cell.Of(counts.OfLayer(layer, year.Year), "回", Link(year, ("Layer", $"{layer}"), ("Counted", "true"))))]))]);

    private CountTable Kinds(MeetingCounts counts, MeetingKinds kinds) => new("kinds", "会議の種類ごと", ["層", "会議"], "", [..
        from layer in new[] { 1, 2 }
        from line in counts.LinesOf(layer, [.. kinds.All.Select(kind => kind.Code)])
        select new CountLine([$"第{layer}層", line.Label], [.. Years.Select(year => Cell.Of(counts.Of(layer, line.Label, year.Year), "回", Link(year, [("Layer", $"{layer}"), .. Of(line)])))])]);

    private static (string Key, string Value)[] Of((string Label, string? KindCode) line) => line.KindCode is { } kind ? [("Kind", kind), ("ByKind", "true")] : [("Series", line.Label)];

    private CountTable Areas(MeetingCounts counts, MeetingKinds kinds, AreaTree tree) => new("areas", "圏域ごとの会議", ["圏域", "会議"], "", [..
        from area in tree.WithLayer()
        from line in counts.LinesOf(area.Id, [.. kinds.All.Select(kind => kind.Code)])
        select new CountLine([area.Name, line.Label], [.. Years.Select(year => Cell.Of(counts.Of(area.Id, line.Label, year.Year), "回",
            Link(year, [("Area", $"{area.Id}"), .. Of(line)])))])]);

    private CountTable Care(MeetingCounts counts, MeetingKinds kinds) => new("care", "地域ケア会議へのSCの参加割合", ["種類", "数え方"], "参加割合は、SCが1人以上出席した回数を、開いた回数で割って四捨五入したものです。種類のコードが care- で始まる会議を、地域ケア会議として数えます。", [..
        from kind in kinds.All.Where(kind => kind.Code.StartsWith(MeetingKinds.CarePrefix, StringComparison.Ordinal))
        let shares = Years.Select(year => counts.Care.SingleOrDefault(share => share.FiscalYear == year.Year && share.KindCode == kind.Code) ?? new CareShare(year.Year, kind.Code, 0, 0, 0)).ToList()
        from line in new[]
        {
            new CountLine([kind.Name, "開いた回数"], [.. shares.Select((share, at) => Cell.Of(share.Held, "回", Link(Years[at], ("Kind", kind.Code))))]),
            new CountLine([kind.Name, "SCが出席した回数"], [.. shares.Select((share, at) => Cell.Of(share.Attended, "回", Link(Years[at], ("Kind", kind.Code), ("Coordinator", "true"))))]),
            new CountLine([kind.Name, "出席したSC（延べ）"], [.. shares.Select((share, at) => Cell.Of(share.Coordinators, "人", Link(Years[at], ("Kind", kind.Code), ("Coordinator", "true"))))]),
            new CountLine([kind.Name, "参加割合"], [.. shares.Select((share, at) => new Cell(share.Percent, share.Percent is { } percent ? $"{percent}%" : "－", share.Held == 0 ? null : Link(Years[at], ("Kind", kind.Code))))]),
        }
        select line]);

    private static string Link(FiscalYear year, params (string Key, string Value)[] conditions) => QueryHelpers.AddQueryString("/meetings",
        conditions.Prepend(("Held", "true")).Prepend(("Year", year.ShortLabel)).Select(pair => KeyValuePair.Create(pair.Item1, (string?)pair.Item2)));
}

/// <summary>One of the tables: fiscal years across.</summary>
public sealed record CountTable(string Code, string Name, IReadOnlyList<string> Heads, string Note, IReadOnlyList<CountLine> Lines);

public sealed record CountLine(IReadOnlyList<string> Heads, IReadOnlyList<Cell> Cells);

public sealed record Cell(int? Value, string Text, string? Link)
{
    public static Cell Of(int value, string unit, string? link) => new(value, $"{value:N0}{unit}", value == 0 ? null : link);
}
