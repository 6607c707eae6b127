using Sasaeai.Features.Counts;

namespace Sasaeai.Features.Indicators;

/// <summary>A table of one indicator: a row for each layer and fiscal year. A layer of which nothing at all is known is left out, unless it is the indicator's own.</summary>
/// <param name="Links">Counted figures lead to their records.</param>
public sealed record FiguresTable(PlanFigures Figures, IndicatorDefinition Definition, IEnumerable<int> Years, Guid? AreaId, string Caption, bool Links)
{
    public IReadOnlyList<CellFigures> Cells { get; } =
    [
        .. Definition.Layers.Select(layer => (Layer: layer, Cells: Years.Select(year => Figures.Of(Definition, new Cell(year, layer, AreaId))).ToList()))
            .Where(row => row.Layer == Definition.Layer || row.Cells.Exists(cell => (cell.Target ?? cell.Forecast ?? cell.Result) is not null)).SelectMany(row => row.Cells),
    ];

    public bool HasForecast => Cells.Any(cell => cell.Forecast is not null);

    public string? PathOf(CellFigures cell) => Links && cell.HasRecords ? CountPath.Of(cell) : null;
}
