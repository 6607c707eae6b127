using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Areas;
using Sasaeai.Features.Indicators;
using Sasaeai.Japanese;

namespace Sasaeai.Features.Counts;

/// <summary>One record that is counted. Members are set one by one so that the database can group by them.</summary>
public sealed class Counted
{
    public Guid Id { get; init; }
    public DateOnly Day { get; init; }
    /// <summary>1 第1層, 2 第2層, or null where it belongs to neither.</summary>
    public int? Layer { get; init; }
    public Guid? AreaId { get; init; }
    public string Kind { get; init; } = "";
    public string Title { get; init; } = "";
    /// <summary>What it adds to the figure: 1, heads, or 0 and 1 of a share.</summary>
    public int Numerator { get; init; }
    /// <summary>What it adds to the other side of a share.</summary>
    public int Denominator { get; init; }
}

/// <summary>From one day to another, seen from today.</summary>
public readonly record struct CountSpan(DateOnly From, DateOnly To, DateOnly Today)
{
    /// <summary>Whole fiscal years, 1 April to 31 March.</summary>
    public static CountSpan Of(int fromYear, int toYear, DateOnly today) => new(new FiscalYear(fromYear).Starts, new FiscalYear(toYear).Ends, today);
}

/// <summary>
/// How a figure comes out of records. The figure and the list behind it are the same query, so that they cannot differ.
/// A further rule is a further class in <see cref="CountingRules.All"/>.
/// </summary>
public abstract class CountingRule
{
    /// <summary>As kept in definitions; never changed.</summary>
    public abstract string Code { get; }

    public abstract string Name { get; }

    public abstract string Unit { get; }

    /// <summary>What is counted as one, in words.</summary>
    public abstract string Counting { get; }

    /// <summary>A ratio of two counts, in percent.</summary>
    public virtual bool IsShare => false;

    /// <summary>The state of today. Nobody knows it for a year that is over, so it has to be entered then.</summary>
    public virtual bool IsOfToday => false;

    /// <summary>What is there on a day, not what happens in a year: the figures of several years are not added.</summary>
    public virtual bool IsStock => IsOfToday;

    /// <summary>A record may be of several kinds at once, so that kinds cannot be told apart after counting.</summary>
    public virtual bool HasManyKinds => false;

    /// <summary>Its records belong to 第1層 or 第2層, or can.</summary>
    public virtual bool HasLayers => true;

    /// <summary>The records of a time, of all kinds.</summary>
    public abstract IQueryable<Counted> Records(AppDb db, CountSpan span);

    /// <summary>Those of some kinds; none means all.</summary>
    public virtual IQueryable<Counted> Records(AppDb db, CountSpan span, IReadOnlyCollection<string> kinds) =>
        kinds.Count == 0 ? Records(db, span) : Records(db, span).Where(record => kinds.Contains(record.Kind));

    /// <summary>Where a record is shown, inside the town; null where the list says all of it.</summary>
    public virtual string? PathOf(Guid id) => null;

    /// <summary>The kinds to which a definition can narrow the rule.</summary>
    public virtual Task<IReadOnlyList<(string Code, string Name)>> KindsAsync(AppDb db) => Task.FromResult<IReadOnlyList<(string Code, string Name)>>([]);

    /// <summary>The records by fiscal year, layer, area and kind.</summary>
    public async Task<Tally> CountAsync(AppDb db, AreaTree areas, CountSpan span, IReadOnlyCollection<string> kinds) => (await CountAsync(db, areas, span, [(this, kinds)]))[0];

    /// <summary>The same for several rules at once, in their order: a page of many figures would spend most of its time on asking one by one.</summary>
    public static async Task<IReadOnlyList<Tally>> CountAsync(AppDb db, AreaTree areas, CountSpan span, IReadOnlyList<(CountingRule Rule, IReadOnlyCollection<string> Kinds)> asked)
    {
        var rows = new List<Line>();
        foreach (var alike in asked.Index().GroupBy(one => one.Item.Rule.HasLayers))     // to the database, no layer at all is not a number and cannot stand in one column with numbers
        {
            rows.AddRange(await alike.Select(one => one.Item.Rule.Lines(db, span, one.Item.Kinds, one.Index)).Aggregate(Queryable.Concat).ToListAsync());
        }

        var found = rows.ToLookup(row => row.Asked, row => new TallyRow(row.Year, row.Layer, row.AreaId, row.Kind, row.Records, row.Numerator, row.Denominator));
        return [.. asked.Index().Select(one => new Tally(one.Item.Rule.IsShare, areas, [.. found[one.Index]]))];
    }

    private IQueryable<Line> Lines(AppDb db, CountSpan span, IReadOnlyCollection<string> kinds, int asked) => Records(db, span, kinds)
        .GroupBy(record => new { record.Day.AddMonths(-3).Year, record.Layer, record.AreaId, record.Kind })     // April is the first month of the year
        .Select(group => new Line
        {
            Asked = asked, Year = group.Key.Year, Layer = group.Key.Layer, AreaId = group.Key.AreaId, Kind = group.Key.Kind,
            Records = group.Count(), Numerator = group.Sum(record => record.Numerator), Denominator = group.Sum(record => record.Denominator),
        });

    private sealed class Line
    {
        public int Asked { get; init; }
        public int Year { get; init; }
        public int? Layer { get; init; }
        public Guid? AreaId { get; init; }
        public string Kind { get; init; } = "";
        public int Records { get; init; }
        public int Numerator { get; init; }
        public int Denominator { get; init; }
    }
}

/// <param name="AreaId">As recorded: 圏域, or a part of one.</param>
public sealed record TallyRow(int FiscalYear, int? Layer, Guid? AreaId, string Kind, int Records, long Numerator, long Denominator);

/// <summary>The counts of one rule, from which any cell is added up.</summary>
public sealed class Tally(bool isShare, AreaTree areas, IReadOnlyList<TallyRow> rows)
{
    private readonly ILookup<int, TallyRow> byYear = rows.ToLookup(row => row.FiscalYear);
    private readonly Dictionary<Guid, IReadOnlySet<Guid>> inside = [];

    /// <summary>The figure of a cell, or null: nothing at all was recorded in that year, or it is a share of nothing.</summary>
    /// <param name="kinds">None means all.</param>
    public Quantity? Of(Cell cell, params IReadOnlyCollection<string> kinds)
    {
        if (!byYear.Contains(cell.FiscalYear))
        {
            return null;
        }

        var (numerator, denominator) = (0L, 0L);
        foreach (var row in In(cell, kinds))
        {
            (numerator, denominator) = (numerator + row.Numerator, denominator + row.Denominator);
        }

        return !isShare ? new Quantity(numerator) : denominator == 0 ? null : new Quantity(numerator, denominator);
    }

    /// <summary>How many records a cell has, whatever each adds to the figure.</summary>
    public int RecordsOf(Cell cell, params IReadOnlyCollection<string> kinds) => In(cell, kinds).Sum(row => row.Records);

    /// <summary>The kinds of the records of an area in these years.</summary>
    public IEnumerable<string> KindsIn(IEnumerable<int> years, Guid areaId) => years.SelectMany(year => byYear[year]).Where(row => IsIn(row.AreaId, areaId)).Select(row => row.Kind).Distinct();

    private IEnumerable<TallyRow> In(Cell cell, IReadOnlyCollection<string> kinds) =>
        byYear[cell.FiscalYear].Where(row => (kinds.Count == 0 || kinds.Contains(row.Kind)) && IsOf(row.Layer, cell.Layer) && IsIn(row.AreaId, cell.AreaId));

    private bool IsIn(Guid? areaId, Guid? wanted)
    {
        if (wanted is not { } area)
        {
            return true;
        }

        if (!inside.TryGetValue(area, out var parts))
        {
            inside[area] = parts = areas.WithDescendants([area]).ToHashSet();
        }

        return areaId is { } id && parts.Contains(id);
    }

    private static bool IsOf(int? layer, IndicatorLayer wanted) => wanted == IndicatorLayer.Both || layer == (wanted == IndicatorLayer.First ? 1 : 2);
}
