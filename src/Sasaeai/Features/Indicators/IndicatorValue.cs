using System.ComponentModel.DataAnnotations;
using Sasaeai.Data;
using Sasaeai.Features.Plans;
using Sasaeai.Japanese;

namespace Sasaeai.Features.Indicators;

public enum ValueKind
{
    [Display(Name = "目標")] Target,
    [Display(Name = "見込")] Forecast,
    [Display(Name = "実績（人が入力）")] Result,
}

/// <summary>A cell of the plan's tables: which figure of a year, for a layer, and for an area or the whole town.</summary>
public readonly record struct Cell(int FiscalYear, IndicatorLayer Layer, Guid? AreaId = null);

/// <summary>A target, a forecast, or a result that a person entered. It belongs to one version of the definition.</summary>
public class IndicatorValue : TownRecord
{
    public required Guid IndicatorId { get; init; }
    public required int Version { get; init; }
    public required ValueKind Kind { get; init; }
    public required int FiscalYear { get; init; }
    public required IndicatorLayer Layer { get; init; }
    public Guid? AreaId { get; init; }
    public decimal Numerator { get; private set; }
    public long? Denominator { get; private set; }
    public string Reason { get; private set; } = "";
    public string WrittenBy { get; private set; } = "";
    public DateTimeOffset WrittenAt { get; private set; }

    public Cell Cell => new(FiscalYear, Layer, AreaId);

    public Quantity Quantity => new(Numerator, Denominator);

    /// <summary>An empty cell of a definition, to be set.</summary>
    public static IndicatorValue For(IndicatorDefinition definition, ValueKind kind, Cell cell)
    {
        Rule.Require(definition.Layers.Contains(cell.Layer), "この指標には、その層の数字はありません。");
        Rule.Require(cell.FiscalYear >= definition.FromYear, $"この決まりは{new FiscalYear(definition.FromYear).Label}からのものです。それより前の年度には入れられません。");
        return new IndicatorValue { IndicatorId = definition.IndicatorId, Version = definition.Version, Kind = kind, FiscalYear = cell.FiscalYear, Layer = cell.Layer, AreaId = cell.AreaId };
    }

    public void Set(Quantity quantity, string reason, string writtenBy, DateTimeOffset now)
    {
        Rule.Require(quantity.Numerator is >= 0 and <= Quantity.Most && decimal.Round(quantity.Numerator, 2) == quantity.Numerator, "数は0以上、小数2けたまでで入力してください。");
        Rule.Require(quantity.Denominator is null or > 0 and <= (long)Quantity.Most, "分母は1以上の整数で入力してください。");
        Rule.Require(Kind != ValueKind.Result || reason.Trim() != "", "記録から数えずに実績を入れる理由を入力してください（例：このしくみを使う前の年度のため）。");
        (Numerator, Denominator, Reason, WrittenBy, WrittenAt) = (quantity.Numerator, quantity.Denominator, reason.Trim(), writtenBy, now);
    }
}
