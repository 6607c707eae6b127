using System.ComponentModel.DataAnnotations;
using Sasaeai.Features.Counts;
using Sasaeai.Japanese;

namespace Sasaeai.Features.Indicators;

/// <summary>What a person types on a definition card.</summary>
public class DefinitionForm
{
    [Display(Name = "指標の名前"), StringLength(80)]
    public string Name { get; set; } = "";

    [Display(Name = "単位"), StringLength(10)]
    public string Unit { get; set; } = "";

    /// <summary>Nothing is chosen beforehand: somebody has to say it.</summary>
    [Display(Name = "層"), Required(ErrorMessage = "第1層・第2層・その合計のどれについての指標かを選んでください。層のない目標は、実績とくらべられません。")]
    public IndicatorLayer? Layer { get; set; }

    [Display(Name = "数える種類")]
    public List<string> Kinds { get; set; } = [];

    [Display(Name = "数え方"), DataType(DataType.MultilineText), StringLength(500)]
    public string Counting { get; set; } = "";

    [Display(Name = "入力する人"), StringLength(80)]
    public string? EnteredBy { get; set; }

    [Display(Name = "よい向き")]
    public Direction Direction { get; set; }

    [Display(Name = "目標の出典"), StringLength(200)]
    public string? Source { get; set; }

    [Display(Name = "いつの年度から"), StringLength(20)]
    public string FromYear { get; set; } = "";

    public static DefinitionForm Of(IndicatorDefinition definition) => new()
    {
        Name = definition.Name, Unit = definition.Unit, Layer = definition.Layer, Kinds = [.. definition.Kinds], Counting = definition.Counting,
        EnteredBy = definition.EnteredBy, Direction = definition.Direction, Source = definition.Source,
    };

    /// <param name="rule">The counting rule chosen before, or null: a person enters the results.</param>
    /// <param name="kinds">Those that the rule knows.</param>
    public DefinitionCard Card(CountingRule? rule, IReadOnlyList<(string Code, string Name)> kinds) => new()
    {
        Name = Name, Unit = Unit, Layer = Layer, RuleCode = rule?.Code, Kinds = [.. Kinds.Where(kind => kinds.Any(known => known.Code == kind))], Counting = Counting, EnteredBy = EnteredBy ?? "",
        Direction = Direction, Source = Source ?? "", FromYear = Japanese.FiscalYear.TryRead(FromYear, out var year) ? year.Year : 0,
    };
}
