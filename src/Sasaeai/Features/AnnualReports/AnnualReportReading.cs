using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Areas;
using Sasaeai.Features.Councils;
using Sasaeai.Features.Counts;
using Sasaeai.Features.Indicators;
using Sasaeai.Features.Meetings;
using Sasaeai.Features.Outreaches;
using Sasaeai.Features.Plans;
using Sasaeai.Features.Postings;
using Sasaeai.Japanese;

namespace Sasaeai.Features.AnnualReports;

/// <summary>
/// Makes the yearly paper in the order in which municipalities print it: ① the councils' meetings, target and result of
/// one period beside the targets of the next, efforts by area; ② the coordinators: postings, activities, 活動報告 and 普及啓発.
/// </summary>
public sealed class AnnualReportReading(AppDb db, CurrentTown town, TimeProvider time)
{
    /// <summary>Years of postings before the period that are shown.</summary>
    private const int PostingYearsBefore = 2;

    private int year;
    private DateOnly today;
    private IReadOnlyList<int> planYears = [], nextYears = [], shownYears = [];
    private AreaTree areas = null!;
    private PlanFigures figures = null!;
    private IReadOnlyList<PlanText> texts = [];
    private readonly List<ReportPart> parts = [];

    /// <param name="fiscalYear">The year that the paper is about; what happened after it is not in it.</param>
    public async Task<AnnualReport> MakeAsync(FiscalYear fiscalYear)
    {
        Rule.Require(fiscalYear.Year is >= 2000 and <= 2190, "年度は2000年度から2190年度までで指定してください。");
        (year, today) = (fiscalYear.Year, time.Today());
        var number = Plan.NumberOf(year);
        planYears = [.. Enumerable.Range(Plan.FirstYearOf(number), Plan.Years)];
        nextYears = [.. Enumerable.Range(Plan.FirstYearOf(number + 1), Plan.Years)];
        shownYears = [.. planYears.Where(one => one <= year)];
        areas = await AreaTree.LoadAsync(db, today);
        figures = await PlanFigures.LoadAsync(db, today, planYears[0], nextYears[^1], areas: areas, rules: [CountingRules.CouncilMeetings, CountingRules.Activities], also: [CountingRules.CouncilMeetings, CountingRules.Activities]);
        texts = await db.PlanTexts.AsNoTracking().Where(text => text.Section != null && text.FiscalYear <= year && text.FiscalYear > year - 10).ToListAsync();
        var plan = await db.Plans.AsNoTracking().SingleOrDefaultAsync(one => one.Number == number);

        Body(PlanSection.Overview);
        await AddMeetingsAsync();
        await AddCoordinatorsAsync();
        return new AnnualReport(town.Municipality.Name, fiscalYear, plan?.Heading ?? "", today, parts);
    }

    private async Task AddMeetingsAsync()
    {
        parts.Add(new ReportHeading(2, "① 生活支援体制整備推進会議等の継続的な開催"));
        Body(PlanSection.Meetings);
        AddTargetAndResult("meetings", "開催回数", CountingRules.CouncilMeetings, [("開催回数（第1層）", IndicatorLayer.First), ("開催回数（第2層）", IndicatorLayer.Second)]);
        parts.Add(new ReportHeading(3, "○第2層協議体の設置に向けた取組み"));
        await AddEffortsAsync();
        Situation(PlanSection.Meetings);
        await AddGatheringsAsync();
        foreach (var zone in areas.Of(AreaKind.LivingArea))
        {
            var place = new PlanPlace(year, PlanTextKind.Body, PlanSection.Efforts, AreaId: zone.Id);
            parts.Add(new ReportText($"＊{zone.Name}の取組み", TextAt(place), place));
        }
    }

    private async Task AddCoordinatorsAsync()
    {
        parts.Add(new ReportHeading(2, "② 生活支援コーディネーターの活動の拡大"));
        Body(PlanSection.Coordinators);
        parts.Add(new ReportHeading(3, "○生活支援コーディネーター配置数"));
        await AddPostingsAsync();
        Situation(PlanSection.Postings);
        parts.Add(new ReportHeading(3, "○生活支援コーディネーター活動回数（会議等への参加数）"));
        AddTargetAndResult("activities", "活動回数", CountingRules.Activities, [("活動回数", IndicatorLayer.Both), ("（第1層相当）", IndicatorLayer.First), ("（第2層相当）", IndicatorLayer.Second)]);
        Situation(PlanSection.Activities);
        parts.Add(new ReportHeading(3, "○活動報告・普及啓発の取組みについて"));
        await AddReportingEventsAsync();
        Situation(PlanSection.ReportingEvent);
        await AddOutreachAsync();
        Situation(PlanSection.Outreach);
    }

    /// <summary>The period's targets; then its results (forecasts for the years to come) beside the targets of the next period.</summary>
    private void AddTargetAndResult(string code, string name, CountingRule rule, IReadOnlyList<(string Name, IndicatorLayer Layer)> rows)
    {
        var (period, next) = (Plan.PeriodOf(Plan.NumberOf(year)), Plan.PeriodOf(Plan.NumberOf(year) + 1));
        var tally = figures.TallyOf(rule);

        // The layers may be one indicator or one each, and the next period may count by another definition than this one.
        CellFigures? Given(Cell cell, Func<CellFigures, bool> has) => figures.Indicators.Select(one => figures.DefinitionOf(one.Id, cell.FiscalYear))
            .Where(definition => definition.RuleCode == rule.Code && definition.Kinds.Length == 0 && definition.Layers.Contains(cell.Layer)).Select(definition => figures.Of(definition, cell)).FirstOrDefault(has);
        Quantity? TargetOf(Cell cell) => Given(cell, one => one.Target is not null)?.Target
            ?? (cell.Layer == IndicatorLayer.Both && TargetOf(cell with { Layer = IndicatorLayer.First }) is { } first && TargetOf(cell with { Layer = IndicatorLayer.Second }) is { } second ? first + second : null);
        ReportCell Target(Cell cell) => TargetOf(cell) is { } target ? Figure(target.Numerator, "") : ReportCell.Empty;
        ReportCell Result(Cell cell)
        {
            var found = Given(cell, one => one.Entered is not null) ?? Given(cell, one => one.Result is not null);
            if (cell.FiscalYear > year)
            {
                return Given(cell, one => one.Forecast is not null)?.Forecast is { } forecast ? Figure(forecast.Numerator, "（見込）") : ReportCell.Empty;
            }

            return (found is null ? tally.Of(cell) : found.Result) is not { } result ? ReportCell.Empty
                : Figure(result.Numerator, "") with { Path = found is null || found.IsCounted ? CountPath.Of(rule.Code, cell, []) : null };
        }

        parts.Add(new ReportTable($"{code}_target", $"{name}の目標", 1, [new("項目"), .. planYears.Select(one => new ReportColumn(NameOf(one), $"{period}計画 目標値"))],
            [.. rows.Where(row => row.Layer != IndicatorLayer.Both && planYears.Any(one => TargetOf(new Cell(one, row.Layer)) is not null)).Prepend((name, IndicatorLayer.Both))
                .Select(row => (IReadOnlyList<ReportCell>)[new(row.Item1), .. planYears.Select(one => Target(new Cell(one, row.Item2)))])]));
        parts.Add(new ReportTable($"{code}_result", $"{name}の実績と、次の期の目標", 1,
            [new("項目"), .. planYears.Select(one => new ReportColumn(NameOf(one), $"{period}計画 実績（見込）値")), .. nextYears.Select(one => new ReportColumn(NameOf(one), $"{next}計画 目標値"))],
            [.. rows.Select(row => (IReadOnlyList<ReportCell>)[new(row.Name), .. planYears.Select(one => Result(new Cell(one, row.Layer))), .. nextYears.Select(one => Target(new Cell(one, row.Layer)))])]));
    }

    /// <summary>Which meetings the areas held, by the name under which they are known. 地域ケア会議 are another programme's.</summary>
    private async Task AddEffortsAsync()
    {
        var rule = CountingRules.MeetingSeries;
        var tally = await rule.CountAsync(db, areas, CountSpan.Of(planYears[0], year, today), []);
        var kinds = await MeetingRule.KindsOfMeetingsAsync(db);
        var sorted = kinds.Select(known => known.Code).ToList();
        IEnumerable<string> KindsOf(Guid zone) => tally.KindsIn(shownYears, zone).Where(kind => !kind.StartsWith(CareMeetingRule.CareMeetings, StringComparison.Ordinal))
            .OrderBy(kind => sorted.IndexOf(kind) is >= 0 and var index ? index : sorted.Count).ThenBy(kind => kind, StringComparer.Ordinal);
        var rows = from zone in areas.Of(AreaKind.LivingArea)
                   from kind in KindsOf(zone.Id).Select(kind => (string?)kind).DefaultIfEmpty(null)     // a 圏域 without a meeting says so
                   select (IReadOnlyList<ReportCell>)
                   [
                       new(zone.Name), new(kind is null ? "開いた会議はありません" : kinds.FirstOrDefault(known => known.Code == kind).Name ?? kind),
                       .. shownYears.Select(one => new Cell(one, IndicatorLayer.Both, zone.Id)).Select(cell => kind is not null && tally.RecordsOf(cell, kind) is > 0 and var times ? Figure(times, "回") with { Path = CountPath.Of(rule.Code, cell, [kind]) } : ReportCell.Empty),
                   ];
        parts.Add(new ReportTable("efforts", "第2層協議体の設置に向けた取組み", 2, [new("圏域"), new("会議"), .. shownYears.Select(one => new ReportColumn(NameOf(one)))], [.. rows]));
    }

    /// <summary>A place to talk that goes on: how many different people came so far, and who carries it.</summary>
    private async Task AddGatheringsAsync()
    {
        var last = today < new FiscalYear(year).Ends ? today : new FiscalYear(year).Ends;
        var held = db.Meetings.AsNoTracking().Where(meeting => meeting.CancelledAt == null && meeting.Series != "" && meeting.HeldOn <= last);
        var people = await held.Join(db.Attendances.Where(attendance => attendance.Present && (attendance.Kind == AttendeeKind.Participant || attendance.Kind == AttendeeKind.Member)), meeting => meeting.Id, attendance => attendance.MeetingId,
                (meeting, attendance) => new { meeting.Series, attendance.PersonKey })
            .GroupBy(one => one.Series).Select(group => new { Series = group.Key, People = group.Select(one => one.PersonKey).Distinct().Count() }).ToDictionaryAsync(row => row.Series, row => row.People);
        var core = await held.Where(meeting => meeting.CouncilId != null).Select(meeting => new { meeting.Series, meeting.CouncilId }).Distinct()
            .Join(db.CouncilMembers.Where(member => member.Post != CouncilPost.Invited && member.StartsOn <= last && (member.EndsOn == null || member.EndsOn >= last)), one => one.CouncilId, member => (Guid?)member.CouncilId, (one, member) => one.Series)
            .GroupBy(series => series).Select(group => new { Series = group.Key, People = group.Count() }).ToDictionaryAsync(row => row.Series, row => row.People);
        if (people.Count > 0)
        {
            parts.Add(new ReportTable("gatherings", "話し合いの場に加わった人", 1, [new("会議"), new("参加実人数（累計）"), new("コアメンバー（現在）")],
                [.. people.OrderBy(row => row.Key, StringComparer.Ordinal).Select(row => (IReadOnlyList<ReportCell>)[new(row.Key), Figure(row.Value, "名"), core.TryGetValue(row.Key, out var members) ? Figure(members, "名") : ReportCell.Empty])],
                "出欠の記録がある会議だけを数えています。同じ人は1名と数えます。"));
        }
    }

    private async Task AddPostingsAsync()
    {
        var last = new FiscalYear(year).Ends;
        var postings = await db.Postings.AsNoTracking().Where(posting => posting.StartsOn <= last).ToListAsync();
        var rows = Enumerable.Range(planYears[0] - PostingYearsBefore, year - planYears[0] + PostingYearsBefore + 1).Select(one => PostingCount.Of(new FiscalYear(one), postings, today)).Select(count =>
            (IReadOnlyList<ReportCell>)[new(NameOf(count.Year.Year)), .. new[] { count.First, count.Second, count.Both, count.First + count.Second + count.Both }.Select(people => Figure(people, "名") with { Path = "/postings" })]);
        parts.Add(new ReportTable("postings", "配置数（年度の終わりの日、途中の年度は今日）", 1, [new("年度"), new("第1層"), new("第2層"), new("第1層・第2層を兼務"), new("合計")], [.. rows]));
    }

    private async Task AddReportingEventsAsync()
    {
        var (from, to) = (new FiscalYear(planYears[0]).Starts, new FiscalYear(year).Ends);
        var events = (await db.Outreaches.AsNoTracking().Where(outreach => outreach.Kind == OutreachKind.Report && outreach.OnDay >= from && outreach.OnDay <= to).OrderBy(outreach => outreach.OnDay).ToListAsync())
            .ToLookup(outreach => FiscalYear.Of(outreach.OnDay).Year);
        IReadOnlyList<ReportCell> Row(string name, Func<Outreach, string> text) => [new(name), .. shownYears.Select(one => new ReportCell(string.Join("、", events[one].Select(text).Where(part => part != "").Distinct())))];
        parts.Add(new ReportTable("reporting_event", "活動報告のイベント", 1, [new("項目"), .. shownYears.Select(one => new ReportColumn(NameOf(one)))],
        [
            [new("参加人数"), .. shownYears.Select(one => events[one].Any() ? Figure(events[one].Sum(outreach => outreach.HeadCount), "人") with { Path = CountPath.Of(CountingRules.ReportingEvents.Code, new Cell(one, IndicatorLayer.Both), []) } : ReportCell.Empty)],
            Row("対象", outreach => outreach.Target), Row("場所", outreach => outreach.Place), Row("内容", outreach => outreach.Content),
        ]));
    }

    private async Task AddOutreachAsync()
    {
        var heads = await CountingRules.OutreachHeads.CountAsync(db, areas, CountSpan.Of(planYears[0], year, today), []);
        var lecture = SnakeCase.From(OutreachKind.Lecture);
        IReadOnlyList<ReportCell> Row(string name, IndicatorLayer layer, params string[] kinds) =>
        [
            new(name), .. shownYears.Select(one => new Cell(one, layer)).SelectMany(cell => new[]
            {
                Figure(heads.RecordsOf(cell, kinds), "回") with { Path = CountPath.Of(CountingRules.OutreachTimes.Code, cell, kinds) },
                Figure(heads.Of(cell, kinds)?.Numerator ?? 0, "名") with { Path = CountPath.Of(CountingRules.OutreachHeads.Code, cell, kinds) },
            }),
        ];
        parts.Add(new ReportTable("outreach", "普及啓発", 1, [new("項目"), .. shownYears.SelectMany(one => new[] { new ReportColumn("回数", NameOf(one)), new ReportColumn("人数", NameOf(one)) })],
            [Row("第1層相当", IndicatorLayer.First), Row("第2層相当", IndicatorLayer.Second), Row("上記のうち、出前講座の依頼", IndicatorLayer.Both, lecture)]));
    }

    /// <summary>A text that tells what the work is holds until another is written.</summary>
    private void Body(PlanSection section)
    {
        var place = new PlanPlace(year, PlanTextKind.Body, section);
        var latest = texts.Where(text => text.Section == section && text.Kind == PlanTextKind.Body && text.AreaId is null).MaxBy(text => (text.FiscalYear, text.Version));
        parts.Add(new ReportText(null, latest?.Text ?? "", place));
    }

    /// <summary>【現状・課題】 is of its year.</summary>
    private void Situation(PlanSection section)
    {
        var place = new PlanPlace(year, PlanTextKind.Situation, section);
        parts.Add(new ReportText("【現状・課題】", TextAt(place), place));
    }

    private string TextAt(PlanPlace place) => texts.AsQueryable().At(place).MaxBy(text => text.Version)?.Text ?? "";

    private static string NameOf(int fiscalYear) => $"{new FiscalYear(fiscalYear).ShortLabel}年度";

    private static ReportCell Figure(decimal value, string unit) => new(value.ToString("#,0.##", CultureInfo.InvariantCulture) + unit, value);
}
