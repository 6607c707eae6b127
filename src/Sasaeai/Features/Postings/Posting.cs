using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sasaeai.Data;

namespace Sasaeai.Features.Postings;

/// <summary>生活支援コーディネーター, 地域生活支援相談員.</summary>
public enum PostingKind
{
    [Display(Name = "生活支援コーディネーター（SC）")] Coordinator,
    [Display(Name = "地域生活支援相談員")] Counsellor,
}

/// <summary>第1層, 第2層, 兼務.</summary>
public enum PostingLayer
{
    [Display(Name = "第1層")] First,
    [Display(Name = "第2層")] Second,
    [Display(Name = "第1層・第2層を兼務")] Both,
}

public enum Employer
{
    [Display(Name = "市町村")] City,
    [Display(Name = "社会福祉協議会")] WelfareCouncil,
    [Display(Name = "地域包括支援センター")] SupportCenter,
    [Display(Name = "NPOなど")] Npo,
    [Display(Name = "その他")] Other,
}

/// <summary>配置: a person looks after an area and layer, for an employer and a time. When it changes, one ends and another begins; the table of earlier years stays.</summary>
public class Posting : TownRecord
{
    public required PostingKind Kind { get; set; }
    /// <summary>The person's account, where there is one: by it activity records know the layer.</summary>
    public Guid? AccountId { get; set; }
    public required string PersonName { get; set; }
    public required Guid AreaId { get; set; }
    /// <summary>Null for a counsellor, who belongs to no layer.</summary>
    public PostingLayer? Layer { get; set; }
    public required Employer Employer { get; set; }
    public Guid? OrganizationId { get; set; }
    /// <summary>委託; otherwise 直営.</summary>
    public required bool IsEntrusted { get; set; }
    /// <summary>常勤換算, over 0 up to 1.</summary>
    public decimal? FullTimeShare { get; set; }
    public decimal? HoursADay { get; set; }
    public decimal? DaysAWeek { get; set; }
    /// <summary>兼務職: what else the person does; empty when 専従.</summary>
    public string OtherDuty { get; set; } = "";
    public string Note { get; set; } = "";
    public DateOnly StartsOn { get; private set; }
    public DateOnly? EndsOn { get; private set; }

    /// <summary>The same person holds two postings side by side when the account is the same, or without one the name.</summary>
    public string Person => AccountId?.ToString() ?? PersonName;

    public bool HoldsOn(DateOnly day) => StartsOn <= day && (EndsOn is null || day <= EndsOn);

    public bool Overlaps(DateOnly from, DateOnly to) => StartsOn <= to && (EndsOn is null || from <= EndsOn);

    /// <summary>From the first day to the last; null while it goes on.</summary>
    public void Last(DateOnly from, DateOnly? to)
    {
        Rule.Require(to is null || to >= from, "配置の終わりの日が、始まりの日より前です。日付を直してください。");
        (StartsOn, EndsOn) = (from, to);
    }

    /// <summary>The same work of the same person twice at one time.</summary>
    public bool Repeats(Posting other) => other.Id != Id && other.Kind == Kind && other.Person == Person && other.AreaId == AreaId && other.Layer == Layer && other.Overlaps(StartsOn, EndsOn ?? DateOnly.MaxValue);

    /// <summary>The layer that the postings of one person on one day come to: both when they hold one each.</summary>
    public static PostingLayer? LayerOf(IEnumerable<Posting> postings)
    {
        var layers = postings.Select(posting => posting.Layer).OfType<PostingLayer>().Distinct().ToList();
        return layers.Count switch { 0 => null, 1 => layers[0], _ => PostingLayer.Both };
    }
}

public class PostingMapping : IEntityTypeConfiguration<Posting>
{
    public void Configure(EntityTypeBuilder<Posting> builder)
    {
        builder.Property<uint>("xmin").IsRowVersion();
        builder.Ignore(posting => posting.Person);
    }
}
