using Sasaeai.Features.Counts;

namespace Sasaeai.Features.Indicators;

/// <summary>A table of one indicator: its layers downwards, fiscal years across.</summary>
/// <param name="Links">Counted figures lead to their records.</param>
public sealed record FiguresTable(PlanFigures Figures, IndicatorDefinition Definition, IEnumerable<int> Years, Guid? AreaId, string Caption, bool Links)
{
    public IEnumerable<CellFigures> RowOf(IndicatorLayer layer) => Years.Select(year => Figures.Of(Definition, new Cell(year, layer, AreaId)));

    public bool Has(ValueKind kind, IndicatorLayer layer) => RowOf(layer).Any(cell => (kind == ValueKind.Target ? cell.Target : cell.Forecast) is not null);

    public string? PathOf(CellFigures cell) => Links && cell.HasRecords ? CountPath.Of(cell) : null;
}
