using System.ComponentModel.DataAnnotations;
using Sasaeai.Data;

namespace Sasaeai.Features.Plans;

/// <summary>The parts of the yearly paper, in its order.</summary>
public enum PlanSection
{
    [Display(Name = "生活支援体制の整備")] Overview,
    [Display(Name = "推進会議等の継続的な開催")] Meetings,
    [Display(Name = "第2層協議体の設置に向けた取組み")] Efforts,
    [Display(Name = "生活支援コーディネーターの活動の拡大")] Coordinators,
    [Display(Name = "生活支援コーディネーター配置数")] Postings,
    [Display(Name = "生活支援コーディネーター活動回数")] Activities,
    [Display(Name = "活動報告")] ReportingEvent,
    [Display(Name = "普及啓発の取組み")] Outreach,
}

/// <summary>What a text is: 本文, or 【現状・課題】 beside a figure.</summary>
public enum PlanTextKind
{
    [Display(Name = "本文")] Body,
    [Display(Name = "現状・課題")] Situation,
}

/// <summary>
/// What is written beside the figures of a year: for a section of the yearly paper (and an area), or for an indicator.
/// A change is another version; an empty text takes it out of the paper.
/// </summary>
public class PlanText : TownRecord
{
    public const int Longest = 4000;

    public PlanSection? Section { get; init; }
    public Guid? IndicatorId { get; init; }
    public required PlanTextKind Kind { get; init; }
    public required int FiscalYear { get; init; }
    public Guid? AreaId { get; init; }
    public int Version { get; private init; }
    public string Text { get; private init; } = "";
    public required string WrittenBy { get; init; }
    public required DateTimeOffset WrittenAt { get; init; }

    /// <param name="before">The version that holds now, or null.</param>
    public static PlanText Write(PlanPlace place, PlanText? before, string text, string writtenBy, DateTimeOffset now)
    {
        Rule.Require(text.Length <= Longest, $"文章は{Longest:N0}文字以内で入力してください。");
        Rule.Require(before is not null || text.Trim() != "", "文章を入力してください。");
        return new PlanText
        {
            Section = place.Section, IndicatorId = place.IndicatorId, Kind = place.Kind, FiscalYear = place.FiscalYear, AreaId = place.AreaId,
            Version = (before?.Version ?? 0) + 1, Text = text.Trim(), WrittenBy = writtenBy, WrittenAt = now,
        };
    }
}

/// <summary>Where a text stands.</summary>
public sealed record PlanPlace(int FiscalYear, PlanTextKind Kind, PlanSection? Section = null, Guid? IndicatorId = null, Guid? AreaId = null)
{
    /// <summary>Beside exactly one of a section and an indicator; only the efforts are told by area.</summary>
    public bool IsOne => Section is null != IndicatorId is null && (AreaId is null || Section is PlanSection.Efforts);
}

public static class PlanTexts
{
    /// <summary>All versions of the texts at a place.</summary>
    public static IQueryable<PlanText> At(this IQueryable<PlanText> texts, PlanPlace place) => texts.Where(text =>
        text.FiscalYear == place.FiscalYear && text.Kind == place.Kind && text.Section == place.Section && text.IndicatorId == place.IndicatorId && text.AreaId == place.AreaId);
}
