using Sasaeai.Features.Counts;

namespace Sasaeai.Features.Indicators;

/// <summary>A table of one indicator: a row for each layer and fiscal year. Where nothing at all is known there is no row, but in the indicator's own layer.</summary>
/// <param name="Links">Counted figures lead to their records.</param>
public sealed record FiguresTable(PlanFigures Figures, IndicatorDefinition Definition, IEnumerable<int> Years, Guid? AreaId, string Caption, bool Links)
{
    public IReadOnlyList<CellFigures> Cells { get; } =
    [
        .. Definition.Layers.SelectMany(layer => Years.Select(year => Figures.Of(Definition, new Cell(year, layer, AreaId))))
            .Where(cell => cell.Cell.Layer == Definition.Layer || (cell.Target ?? cell.Forecast ?? cell.Result) is not null),
    ];

    public bool HasForecast => Cells.Any(cell => cell.Forecast is not null);

    public string? PathOf(CellFigures cell) => Links && cell.HasRecords ? CountPath.Of(cell) : null;
}
