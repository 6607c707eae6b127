using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Areas;
using Sasaeai.Features.Counts;
using Sasaeai.Japanese;

namespace Sasaeai.Features.Indicators;

/// <summary>Where a figure stands against its target, decided on the exact values.</summary>
public enum Standing
{
    [Display(Name = "目標なし")] NoTarget,
    [Display(Name = "実績なし")] NoResult,
    [Display(Name = "年度の途中")] Underway,
    [Display(Name = "達成")] Reached,
    [Display(Name = "未達")] Missed,
}

/// <summary>Target, forecast and result of one cell. An entered result takes the place of the counted one, which stays to be seen.</summary>
/// <param name="Added">Σ of what was entered for its parts (all 圏域, or both layers), where nobody entered the whole.</param>
public sealed record CellFigures(IndicatorDefinition Definition, Cell Cell, Quantity? Target, Quantity? Forecast, Quantity? Counted, IndicatorValue? Entered, bool IsOver, Quantity? Added = null)
{
    public Quantity? Result => Entered?.Quantity ?? Counted ?? Added;

    public bool IsAdded => Entered is null && Counted is null && Added is not null;

    /// <summary>There is something behind the figure to be shown.</summary>
    public bool HasRecords => IsCounted && Counted is { } counted && (counted.IsShare || counted.Numerator > 0);

    public bool IsCounted => Entered is null && Counted is not null;

    /// <summary>In the direction in which more is better a target can be reached before the year is over; in the other only at its end.</summary>
    public Standing Standing => (Target, Result) switch
    {
        (null, _) => Standing.NoTarget,
        (_, null) => Standing.NoResult,
        ({ } target, { } result) when Definition.Direction == Direction.Higher => result.ComparedTo(target) >= 0 ? Standing.Reached : IsOver ? Standing.Missed : Standing.Underway,
        ({ } target, { } result) => result.ComparedTo(target) > 0 ? Standing.Missed : IsOver ? Standing.Reached : Standing.Underway,
    };
}

/// <summary>The indicators of some fiscal years with all their figures: one query for each kind of record that is counted.</summary>
public sealed class PlanFigures
{
    private readonly ILookup<Guid, IndicatorDefinition> definitions;
    private readonly ILookup<(Guid, int, Cell), IndicatorValue> values;
    private readonly Dictionary<string, Tally> tallies;
    private readonly CountSpan span;

    private PlanFigures(IReadOnlyList<Indicator> indicators, IEnumerable<IndicatorDefinition> definitions, IEnumerable<IndicatorValue> values, AreaTree areas, Dictionary<string, Tally> tallies, CountSpan span)
    {
        this.definitions = definitions.OrderBy(definition => definition.Version).ToLookup(definition => definition.IndicatorId);
        this.values = values.ToLookup(value => (value.IndicatorId, value.Version, value.Cell));
        (Indicators, Areas, this.tallies, this.span) = (indicators, areas, tallies, span);
    }

    public IReadOnlyList<Indicator> Indicators { get; }

    /// <summary>Those that some of the years have: defined by then, and not ended before.</summary>
    public IReadOnlyList<Indicator> IndicatorsOf(params IReadOnlyCollection<int> years) =>
        [.. Indicators.Where(indicator => definitions[indicator.Id].First().FromYear <= years.Max() && (indicator.LastYear is null || indicator.LastYear >= years.Min()))];

    public AreaTree Areas { get; }

    /// <param name="only">One indicator, or null for all of the town.</param>
    /// <param name="rules">Results are counted by these rules only; null means by all.</param>
    /// <param name="also">Rules that are counted even where no indicator asks for them, for <see cref="TallyOf"/>.</param>
    public static async Task<PlanFigures> LoadAsync(AppDb db, DateOnly today, int fromYear, int toYear, Guid? only = null, AreaTree? areas = null, IReadOnlyCollection<CountingRule>? rules = null, IReadOnlyCollection<CountingRule>? also = null)
    {
        areas ??= await AreaTree.LoadAsync(db, today);
        var indicators = await db.Indicators.AsNoTracking().Where(indicator => only == null || indicator.Id == only).OrderBy(indicator => indicator.Sort).ThenBy(indicator => indicator.Id).Take(500).ToListAsync();
        var definitions = await db.IndicatorDefinitions.AsNoTracking().Where(definition => only == null || definition.IndicatorId == only).ToListAsync();
        var values = await db.IndicatorValues.AsNoTracking().Where(value => (only == null || value.IndicatorId == only) && value.FiscalYear >= fromYear && value.FiscalYear <= toYear).ToListAsync();
        var span = CountSpan.Of(fromYear, toYear, today);
        List<(CountingRule Rule, IReadOnlyCollection<string> Kinds)> asked =
        [
            .. definitions.Where(definition => definition.Rule is { } used && rules?.Contains(used) != false).Select(definition => (definition.Rule!, (IReadOnlyCollection<string>)Asked(definition)))
                .Concat((also ?? []).Select(rule => (rule, (IReadOnlyCollection<string>)[]))).DistinctBy(one => KeyOf(one.Item1, one.Item2)),
        ];
        var tallies = asked.Zip(await CountingRule.CountAsync(db, areas, span, asked)).ToDictionary(pair => KeyOf(pair.First.Rule, pair.First.Kinds), pair => pair.Second);
        return new PlanFigures(indicators, definitions, values, areas, tallies, span);
    }

    /// <summary>All versions of an indicator's definition, oldest first.</summary>
    public IReadOnlyList<IndicatorDefinition> DefinitionsOf(Guid indicatorId) => [.. definitions[indicatorId]];

    /// <summary>The definition that holds in a fiscal year; the first one also for the years before it.</summary>
    public IndicatorDefinition DefinitionOf(Guid indicatorId, int fiscalYear) =>
        definitions[indicatorId].LastOrDefault(definition => definition.FromYear <= fiscalYear) ?? definitions[indicatorId].First();

    /// <summary>The figures of a cell under a definition. Results are counted in the years in which the definition holds only.</summary>
    public CellFigures Of(IndicatorDefinition definition, Cell cell)
    {
        Quantity? Given(ValueKind kind) => values[(definition.IndicatorId, definition.Version, cell)].FirstOrDefault(value => value.Kind == kind)?.Quantity;
        var holds = cell.FiscalYear >= definition.FromYear && DefinitionOf(definition.IndicatorId, cell.FiscalYear) == definition && cell.FiscalYear <= FiscalYear.Of(span.Today).Year;
        return new CellFigures(definition, cell, Given(ValueKind.Target), Given(ValueKind.Forecast),
            holds && definition.Rule is { } rule && tallies.TryGetValue(KeyOf(rule, Asked(definition)), out var tally) ? tally.Of(cell, rule.HasManyKinds ? [] : definition.Kinds) : null,
            values[(definition.IndicatorId, definition.Version, cell)].FirstOrDefault(value => value.Kind == ValueKind.Result),
            span.Today > new FiscalYear(cell.FiscalYear).Ends, Added(definition, cell));
    }

    /// <summary>Numbers and shares of some years together, Σ numerators over Σ denominators; null unless each year that has begun has its own.</summary>
    public Quantity? SumOf(IndicatorDefinition definition, IEnumerable<int> years, Cell cell) =>
        SumOfAll(years.Where(year => new FiscalYear(year).Starts <= span.Today).Select(year => Of(definition, cell with { FiscalYear = year }).Result));

    /// <summary>A town's figure from what was entered for each of its 圏域, a sum of layers from its two layers. Part of them is not the whole, and gives nothing.</summary>
    private Quantity? Added(IndicatorDefinition definition, Cell cell)
    {
        Quantity? Entered(Cell part) => values[(definition.IndicatorId, definition.Version, part)].FirstOrDefault(value => value.Kind == ValueKind.Result)?.Quantity;
        Quantity? OfZones(Cell whole) => whole.AreaId is null ? SumOfAll(Areas.Of(AreaKind.LivingArea).Select(zone => Entered(whole with { AreaId = zone.Id }))) : null;
        return OfZones(cell) ?? (cell.Layer != IndicatorLayer.Both ? null
            : SumOfAll(new[] { IndicatorLayer.First, IndicatorLayer.Second }.Select(layer => cell with { Layer = layer }).Select(part => Entered(part) ?? OfZones(part))));
    }

    private static Quantity? SumOfAll(IEnumerable<Quantity?> parts)
    {
        Quantity? sum = null;
        foreach (var part in parts)
        {
            if (part is not { } one || sum is { } before && before.IsShare != one.IsShare)
            {
                return null;
            }

            sum = sum is { } so ? so + one : one;
        }

        return sum;
    }

    /// <summary>All counts of a rule that was asked for besides the indicators.</summary>
    public Tally TallyOf(CountingRule rule) => tallies[KeyOf(rule, [])];

    /// <summary>Kinds are told apart after counting, unless a record may be of several.</summary>
    private static string[] Asked(IndicatorDefinition definition) => definition.Rule!.HasManyKinds ? definition.Kinds : [];

    private static string KeyOf(CountingRule rule, IEnumerable<string> kinds) => $"{rule.Code} {string.Join(' ', kinds)}";

    /// <summary>The figures of a cell under the definition that holds in its year.</summary>
    public CellFigures Of(Guid indicatorId, Cell cell) => Of(DefinitionOf(indicatorId, cell.FiscalYear), cell);
}
