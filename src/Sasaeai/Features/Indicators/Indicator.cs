using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sasaeai.Data;
using Sasaeai.Features.Counts;
using Sasaeai.Japanese;

namespace Sasaeai.Features.Indicators;

/// <summary>Which layer of the programme a figure is about.</summary>
public enum IndicatorLayer
{
    [Display(Name = "第1層")] First,
    [Display(Name = "第2層")] Second,
    [Display(Name = "第1層と第2層の合計")] Both,
}

public enum Direction
{
    [Display(Name = "多いほどよい")] Higher,
    [Display(Name = "少ないほどよい")] Lower,
}

/// <summary>A figure of the plan. What it means stands on its definition card; this holds which card is valid.</summary>
public class Indicator : TownRecord
{
    private Indicator()
    {
    }

    /// <summary>A new indicator together with its first definition.</summary>
    public Indicator(DefinitionCard card, int sort, string writtenBy, DateTimeOffset now)
    {
        (Version, Sort, CreatedAt) = (1, sort, now);
        First = new IndicatorDefinition(Id, 1, card, "", writtenBy, now);
    }

    /// <summary>Of the definition that holds now.</summary>
    public int Version { get; private set; }
    public int Sort { get; set; }
    public DateTimeOffset CreatedAt { get; private init; }

    /// <summary>The last fiscal year in which it is one of the plan's; null while it goes on.</summary>
    public int? LastYear { get; private set; }
    public string EndedReason { get; private set; } = "";
    public string? EndedBy { get; private set; }
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>Only at the start, to be added with the indicator.</summary>
    public IndicatorDefinition? First { get; }

    /// <summary>No later plan has it; what was counted and entered stays.</summary>
    /// <param name="firstYear">Of its first definition.</param>
    public void End(int lastYear, string reason, int firstYear, string endedBy, DateTimeOffset now)
    {
        Rule.Require(LastYear is null, "この指標は、もう終わりにしてあります。");
        Rule.Require(lastYear >= firstYear && lastYear <= 2199, $"終わりの年度は、この指標を使い始めた{new FiscalYear(firstYear).Label}から後にしてください。");
        Rule.Require(!string.IsNullOrWhiteSpace(reason), "終わりにする理由を入力してください。");
        (LastYear, EndedReason, EndedBy, EndedAt) = (lastYear, reason.Trim(), endedBy, now);
    }

    public void GoOn()
    {
        Rule.Require(LastYear is not null, "この指標は終わっていません。");
        (LastYear, EndedReason, EndedBy, EndedAt) = (null, "", null, null);
    }

    /// <summary>From a later year on it means something else. What was entered before stays with the older definition.</summary>
    public IndicatorDefinition Redefine(IndicatorDefinition before, DefinitionCard card, string reason, string writtenBy, DateTimeOffset now)
    {
        Rule.Require(LastYear is null || card.FromYear <= LastYear, "この指標は終わりにしてあります。先に「もう一度使う」を押してください。");
        Rule.Require(before.Version == Version, "この指標の決まりは、ほかの人が先に変えました。新しい内容を確かめて、もう一度入力してください。");
        Rule.Require(!string.IsNullOrWhiteSpace(reason), "数え方や層を変える理由を入力してください。前の数字とくらべられなくなるためです。");
        Rule.Require(card.FromYear > before.FromYear, $"新しい決まりは{new FiscalYear(before.FromYear + 1).Label}から後の年度で始めてください。前の決まりは{new FiscalYear(before.FromYear).Label}から使っています。");
        Version++;
        return new IndicatorDefinition(Id, Version, card, reason.Trim(), writtenBy, now);
    }
}

/// <summary>What a definition card says. It is not complete without its layer and its counting rule.</summary>
public sealed record DefinitionCard
{
    public string Name { get; init; } = "";
    public string Unit { get; init; } = "";
    public IndicatorLayer? Layer { get; init; }
    /// <summary>A rule of <see cref="CountingRules"/>, or null: a person enters the results.</summary>
    public string? RuleCode { get; init; }
    /// <summary>Kinds of records that count; none: all.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];
    /// <summary>The counting rule in words.</summary>
    public string Counting { get; init; } = "";
    /// <summary>Who enters the results, where they are not counted.</summary>
    public string EnteredBy { get; init; } = "";
    public Direction Direction { get; init; }
    /// <summary>Page of the plan that the figure comes from.</summary>
    public string Source { get; init; } = "";
    /// <summary>First fiscal year in which it holds.</summary>
    public int FromYear { get; init; }

    public void RequireComplete()
    {
        Rule.Require(Name.Trim() != "", "指標の名前を入力してください。");
        Rule.Require(Unit.Trim() != "", "単位(回、件、人など)を入力してください。");
        Rule.Require(Layer is not null, "第1層・第2層・その合計のどれについての指標かを選んでください。層のない目標は、実績とくらべられません。");
        Rule.Require(RuleCode is null || CountingRules.Find(RuleCode) is not null, "数え方を一覧から選び直してください。");
        Rule.Require(Counting.Trim() != "", "何を1と数えるかを言葉で入力してください。数え方のない指標は、人によって違う数になります。");
        Rule.Require(RuleCode is not null || EnteredBy.Trim() != "", "だれが実績を入力するかを入力してください。");
        Rule.Require(FromYear is >= 2000 and <= 2199, "いつの年度から使うかを、令和元年度 または 2019 のように入力してください。");
    }
}

/// <summary>One version of an indicator's definition. Never changed.</summary>
public class IndicatorDefinition : TownRecord
{
    private IndicatorDefinition()
    {
    }

    internal IndicatorDefinition(Guid indicatorId, int version, DefinitionCard card, string reason, string writtenBy, DateTimeOffset now)
    {
        card.RequireComplete();
        (IndicatorId, Version, Reason, WrittenBy, WrittenAt) = (indicatorId, version, reason, writtenBy, now);
        (Name, Unit, Layer, RuleCode, Kinds) = (card.Name.Trim(), card.Unit.Trim(), card.Layer!.Value, card.RuleCode, card.RuleCode is null ? [] : [.. card.Kinds.Order(StringComparer.Ordinal)]);
        (Counting, EnteredBy, Direction, Source, FromYear) = (card.Counting.Trim(), card.EnteredBy.Trim(), card.Direction, card.Source.Trim(), card.FromYear);
    }

    public Guid IndicatorId { get; private init; }
    public int Version { get; private init; }
    public string Name { get; private init; } = "";
    public string Unit { get; private init; } = "";
    public IndicatorLayer Layer { get; private init; }
    public string? RuleCode { get; private init; }
    public string[] Kinds { get; private init; } = [];
    public string Counting { get; private init; } = "";
    public string EnteredBy { get; private init; } = "";
    public Direction Direction { get; private init; }
    public string Source { get; private init; } = "";
    public int FromYear { get; private init; }
    public string Reason { get; private init; } = "";
    public string WrittenBy { get; private init; } = "";
    public DateTimeOffset WrittenAt { get; private init; }

    public CountingRule? Rule => RuleCode is null ? null : CountingRules.Find(RuleCode);

    public bool IsShare => Rule?.IsShare ?? Unit is "%" or "％";

    /// <summary>The layers that a figure can be given for: a sum has its two parts too.</summary>
    public IReadOnlyList<IndicatorLayer> Layers => Layer == IndicatorLayer.Both ? [IndicatorLayer.Both, IndicatorLayer.First, IndicatorLayer.Second] : [Layer];
}

public class IndicatorMapping : IEntityTypeConfiguration<Indicator>
{
    public void Configure(EntityTypeBuilder<Indicator> builder)
    {
        builder.Property<uint>("xmin").IsRowVersion();
        builder.Ignore(indicator => indicator.First);
    }
}

public class IndicatorDefinitionMapping : IEntityTypeConfiguration<IndicatorDefinition>
{
    public void Configure(EntityTypeBuilder<IndicatorDefinition> builder) => builder.Ignore(definition => definition.Rule);
}
