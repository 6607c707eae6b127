using Microsoft.AspNetCore.Http.Extensions;
using Sasaeai.Features.Indicators;

namespace Sasaeai.Features.Counts;

/// <summary>The address of the records behind a figure.</summary>
public static class CountPath
{
    public static string Of(string rule, Cell cell, IEnumerable<string> kinds)
    {
        var query = new QueryBuilder { { "rule", rule }, { "year", $"{cell.FiscalYear}" } };
        if (cell.Layer != IndicatorLayer.Both)
        {
            query.Add("layer", $"{cell.Layer}");
        }

        if (cell.AreaId is { } area)
        {
            query.Add("area", $"{area}");
        }

        query.Add("kinds", kinds);
        return $"/counts{query}";
    }

    public static string Of(CellFigures figures) => Of(figures.Definition.RuleCode!, figures.Cell, figures.Definition.Kinds);
}
