using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sasaeai.Data;

namespace Sasaeai.Features.Outreaches;

public enum OutreachKind
{
    [Display(Name = "出前講座")] Lecture,
    [Display(Name = "説明")] Explanation,
    [Display(Name = "フォーラム")] Forum,
    [Display(Name = "展示")] Exhibition,
    /// <summary>活動報告イベント; counted apart from 普及啓発.</summary>
    [Display(Name = "報告会")] Report,
}

/// <summary>普及啓発: the work was told to people. 報告会 are the town's own events and are printed in a table of their own.</summary>
public class Outreach : TownRecord
{
    public required OutreachKind Kind { get; set; }
    public required DateOnly OnDay { get; set; }
    public required string Place { get; set; }
    /// <summary>依頼元; empty when nobody asked.</summary>
    public string RequestedBy { get; set; } = "";
    /// <summary>1 第1層相当, 2 第2層相当.</summary>
    public required int Layer { get; set; }
    public Guid? AreaId { get; set; }
    public required int HeadCount { get; set; }
    /// <summary>対象.</summary>
    public string Target { get; set; } = "";
    public required string Content { get; set; }
    public Guid? MeetingId { get; set; }
    public Guid? ActivityRecordId { get; set; }
    public Guid? AccountId { get; init; }
    public required string ByName { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}

public class OutreachMapping : IEntityTypeConfiguration<Outreach>
{
    public void Configure(EntityTypeBuilder<Outreach> builder) => builder.Property<uint>("xmin").IsRowVersion();
}
