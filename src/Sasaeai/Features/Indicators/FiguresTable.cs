using Sasaeai.Features.Counts;

namespace Sasaeai.Features.Indicators;

/// <summary>A table of one indicator: a row for each layer and fiscal year. Where nothing at all is known there is no row, but in the indicator's own layer.</summary>
/// <param name="Links">Counted figures lead to their records.</param>
/// <param name="Sums">The years are a plan's, and are added up at the end where that means something.</param>
public sealed record FiguresTable(PlanFigures Figures, IndicatorDefinition Definition, IEnumerable<int> Years, Guid? AreaId, string Caption, bool Links, bool Sums = false)
{
    public IReadOnlyList<CellFigures> Cells { get; } =
    [
        .. Definition.Layers.SelectMany(layer => Years.Select(year => Figures.Of(Definition, new Cell(year, layer, AreaId))))
            .Where(cell => cell.Cell.Layer == Definition.Layer || (cell.Target ?? cell.Forecast ?? cell.Result) is not null),
    ];

    /// <summary>The layers over all the years: a share by its counts, a number where it counts what happens in a year.</summary>
    public IReadOnlyList<(IndicatorLayer Layer, Quantity Sum)> YearsTogether { get; } = !Sums || Definition.Rule?.IsStock == true || Definition.Rule is null && !Definition.IsShare ? [] :
    [
        .. Definition.Layers.Select(layer => (Layer: layer, Sum: Figures.SumOf(Definition, Years, new Cell(0, layer, AreaId)))).Where(row => row.Sum is not null).Select(row => (row.Layer, row.Sum!.Value)),
    ];

    public bool HasForecast => Cells.Any(cell => cell.Forecast is not null);

    public string? PathOf(CellFigures cell) => Links && cell.HasRecords ? CountPath.Of(cell) : null;
}
