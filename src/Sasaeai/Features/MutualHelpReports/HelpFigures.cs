using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Groups;
using Sasaeai.Features.HelpRequests;

namespace Sasaeai.Features.MutualHelpReports;

/// <summary>What one group counted in one month for one kind of help. Requests by the day they came, visits by the day they were made.</summary>
public sealed record HelpFigure(Guid GroupId, DateOnly Month, string CountedAs, int Consultations, int Adjustments, int Visits, long Minutes);

/// <param name="Usual">Visits by the helper whom the user saw most often in these days, of <paramref name="Made"/>.</param>
/// <param name="Waits">Requests whose first visit lies in these days.</param>
/// <param name="WaitDays">From their calls until that visit, all together.</param>
public sealed record PeopleFigure(Guid GroupId, int Helpers, int Users, int Made, int Usual, int Waits, long WaitDays);

/// <summary>One group's month: how many visits the usual helper made, and how the minutes lie on the helpers.</summary>
/// <param name="Usual">Of <paramref name="Made"/>, by the helper whom the user saw most often in the days asked for.</param>
public sealed record LoadFigure(Guid GroupId, DateOnly Month, int Made, int Usual, int Helpers, int MedianMinutes, int MostMinutes);

/// <param name="Reason">A code of <see cref="UnmetNeeds.UnmetReason"/>, or "passed": the day went by without a helper.</param>
public sealed record UnmetFigure(Guid GroupId, Guid? AreaId, string CountedAs, string Reason, int Times);

public sealed record TicketFigure(Guid GroupId, long Issued, long Used);

/// <summary>Counts of the town's groups. No name leaves the database here, whoever asks.</summary>
public sealed class HelpFigures(AppDb db)
{
    public Task<List<HelpFigure>> FiguresAsync(DateOnly from, DateOnly until) => db.Database.SqlQuery<HelpFigure>($"""
        select group_id as "GroupId", month as "Month", counted_as as "CountedAs", consultations as "Consultations", adjustments as "Adjustments", visits as "Visits", minutes as "Minutes" from app.help_figures({from}, {until})
        """).ToListAsync();

    public Task<List<PeopleFigure>> PeopleAsync(DateOnly from, DateOnly until) => db.Database.SqlQuery<PeopleFigure>($"""
        select group_id as "GroupId", helpers as "Helpers", users as "Users", made as "Made", usual as "Usual", waits as "Waits", wait_days as "WaitDays" from app.help_people({from}, {until})
        """).ToListAsync();

    public Task<List<UnmetFigure>> UnmetAsync(DateOnly from, DateOnly until) => db.Database.SqlQuery<UnmetFigure>($"""
        select group_id as "GroupId", area_id as "AreaId", counted_as as "CountedAs", reason as "Reason", times as "Times" from app.unmet_counts({from}, {until})
        """).ToListAsync();

    public Task<List<LoadFigure>> LoadsAsync(DateOnly from, DateOnly until) => db.Database.SqlQuery<LoadFigure>($"""
        select group_id as "GroupId", month as "Month", made as "Made", usual as "Usual", helpers as "Helpers", median_minutes as "MedianMinutes", most_minutes as "MostMinutes" from app.help_loads({from}, {until})
        """).ToListAsync();

    public Task<List<TicketFigure>> TicketsAsync(DateOnly from, DateOnly until) => db.Database.SqlQuery<TicketFigure>($"""
        select group_id as "GroupId", issued as "Issued", used as "Used" from app.ticket_counts({from}, {until})
        """).ToListAsync();

    public async Task<MutualHelpReport> ReportAsync(string town, DateOnly from, DateOnly until)
    {
        Rule.Require(until >= from && until <= from.AddYears(10), "終わりの日を、始まりの日から10年のうちにしてください。");
        var groups = await (
            from @group in db.HelpGroups.AsNoTracking()
            join area in db.Areas on @group.AreaId equals (Guid?)area.Id into areas
            from area in areas.DefaultIfEmpty()
            orderby @group.CreatedAt, @group.Id
            select new ReportGroup(@group.Id, @group.OrganizationId, @group.Name, @group.AreaId, area == null ? "地区の指定なし" : area.Name)).Take(1000).ToListAsync();
        return new MutualHelpReport(town, from, until, groups, await FiguresAsync(from, until), await PeopleAsync(from, until), await UnmetAsync(from, until))
        {
            Registers = (await GroupCount.AllAsync(db)).ToDictionary(count => count.GroupId), Tickets = (await TicketsAsync(from, until)).ToDictionary(figure => figure.GroupId),
            Loads = await LoadsAsync(from, until),
        };
    }
}

public sealed record ReportGroup(Guid Id, Guid OrganizationId, string Name, Guid? AreaId, string Area);

/// <summary>One line of a table of the report.</summary>
public sealed record ReportLine(string Name, int Consultations, int Adjustments, int Visits, long Minutes, int Unmet)
{
    /// <summary>「358時間15分」.</summary>
    public string Time => Japanese.MinuteText.Of(Minutes);
}

/// <summary>Shares rounded half up, each by itself, from whole numbers only.</summary>
public static class Share
{
    /// <summary>Tenths of a per cent.</summary>
    public static int Tenths(long part, long whole) => whole == 0 ? 0 : (int)((2000 * part + whole) / (2 * whole));

    public static string Of(long part, long whole) => whole == 0 ? "—" : $"{Tenths(part, whole) / 10}.{Tenths(part, whole) % 10}%";

    /// <summary>With one decimal: 「3.4」.</summary>
    public static string Mean(long sum, long count) => count == 0 ? "—" : $"{(20 * sum + count) / (2 * count) / 10:N0}.{(20 * sum + count) / (2 * count) % 10}";
}

/// <summary>助け合いの集計 of some groups in some days.</summary>
public sealed record MutualHelpReport(string Town, DateOnly From, DateOnly Until, IReadOnlyList<ReportGroup> Groups, IReadOnlyList<HelpFigure> Figures, IReadOnlyList<PeopleFigure> People, IReadOnlyList<UnmetFigure> Unmet)
{
    public const string TimeNote = "相談と需給調整は受け付けた日で、活動と時間は手伝った日で数えます。確かめた報告だけを数えます。";

    /// <summary>Under the table of shares: each is rounded by itself and none is adjusted to make 100 % (document 003 adjusted one: its shares fit 909 cases, not 910).</summary>
    public string RoundingNote(ReportMask mask)
    {
        var (whole, parts) = (Total.Adjustments, Categories.Select(one => one.Line.Adjustments).ToList());
        var sum = parts.Sum(part => Share.Tenths(part, whole));
        return "割合は、一つずつ四捨五入しています。そのため、足しても100.0%にならないことがあります" + (whole == 0 || parts.Exists(part => mask.Hides(part)) ? "。" : $"（この表では{sum / 10}.{sum % 10}%）。");
    }

    /// <summary>Members and 世話人 as registered today, by group.</summary>
    public IReadOnlyDictionary<Guid, GroupCount> Registers { get; init; } = new Dictionary<Guid, GroupCount>();
    public IReadOnlyDictionary<Guid, TicketFigure> Tickets { get; init; } = new Dictionary<Guid, TicketFigure>();
    public IReadOnlyList<LoadFigure> Loads { get; init; } = [];

    public MutualHelpReport Of(Func<ReportGroup, bool> chosen)
    {
        var groups = Groups.Where(chosen).ToList();
        var ids = groups.Select(group => group.Id).ToHashSet();
        return this with { Groups = groups, Figures = [.. Figures.Where(figure => ids.Contains(figure.GroupId))], People = [.. People.Where(figure => ids.Contains(figure.GroupId))], Unmet = [.. Unmet.Where(figure => ids.Contains(figure.GroupId))], Loads = [.. Loads.Where(figure => ids.Contains(figure.GroupId))] };
    }

    public ReportLine Total => Line("合計", _ => true, _ => true);

    public IReadOnlyList<(string Code, ReportLine Line)> Categories => [.. HelpKind.Common.Select(kind => (kind.Code, Line(kind.Words, figure => figure.CountedAs == kind.Code, unmet => unmet.CountedAs == kind.Code)))];

    public IReadOnlyList<(DateOnly Month, ReportLine Line)> Months => [.. Enumerable.Range(0, (Until.Year - From.Year) * 12 + Until.Month - From.Month + 1).Select(number => new DateOnly(From.Year, From.Month, 1).AddMonths(number))
        .Select(month => (month, Line($"{Japanese.Wareki.Date(month)[..^2]}", figure => figure.Month == month, _ => false)))];

    public IReadOnlyList<(ReportGroup Group, ReportLine Line)> ByGroup => [.. Groups.Select(group => (group, Line(group.Name, figure => figure.GroupId == group.Id, unmet => unmet.GroupId == group.Id)))];

    public IReadOnlyList<ReportLine> ByArea => [.. Groups.GroupBy(group => (group.AreaId, group.Area)).OrderBy(area => area.Key.AreaId is null).Select(area =>
    {
        var ids = area.Select(group => group.Id).ToHashSet();
        return Line(area.Key.Area, figure => ids.Contains(figure.GroupId), unmet => ids.Contains(unmet.GroupId));
    })];

    public int Helpers => People.Sum(figure => figure.Helpers);
    public int Users => People.Sum(figure => figure.Users);
    public string Continuity => Share.Of(People.Sum(figure => figure.Usual), People.Sum(figure => figure.Made));
    public string Wait => Share.Mean(People.Sum(figure => figure.WaitDays), People.Sum(figure => (long)figure.Waits));

    private ReportLine Line(string name, Func<HelpFigure, bool> counted, Func<UnmetFigure, bool> unmet)
    {
        var own = Figures.Where(counted).ToList();
        return new ReportLine(name, own.Sum(figure => figure.Consultations), own.Sum(figure => figure.Adjustments), own.Sum(figure => figure.Visits), own.Sum(figure => figure.Minutes), Unmet.Where(unmet).Sum(figure => figure.Times));
    }
}
