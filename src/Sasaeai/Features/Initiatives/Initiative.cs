using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sasaeai.Data;

namespace Sasaeai.Features.Initiatives;

/// <summary>The steps of the national guide (高齢者の活躍と暮らしを応援する地域づくりのヒント集).</summary>
public enum Step
{
    [Display(Name = "1-1 体制の設計")] Step11,
    [Display(Name = "1-2 住民への働きかけ")] Step12,
    [Display(Name = "1-3 協議体の立ち上げ")] Step13,
    [Display(Name = "1-4 協議体の運営")] Step14,
    [Display(Name = "2-1 資源の把握")] Step21,
    [Display(Name = "2-2 課題の抽出")] Step22,
    [Display(Name = "2-3 課題の構造化")] Step23,
    [Display(Name = "2-4 方針の検討")] Step24,
    [Display(Name = "3-1 参加のきっかけづくり")] Step31,
    [Display(Name = "3-2 今ある取組の強化")] Step32,
    [Display(Name = "3-3 新しい取組の開発")] Step33,
}

public static class Steps
{
    public static readonly IReadOnlyList<Step> All = Enum.GetValues<Step>();

    public static string InWords(this Step step) => typeof(Step).GetField(step.ToString())!.GetCustomAttribute<DisplayAttribute>()!.Name!;

    /// <summary>STEP 1 to 3.</summary>
    public static int Stage(this Step step) => step.ToString()[4] - '0';
}

/// <summary>取組: what is done about issues in an area, from aim to looking back.</summary>
public class Initiative : TownRecord
{
    public required string Title { get; set; }
    public required Guid AreaId { get; set; }
    public required string Aim { get; set; }
    public string Plan { get; set; } = "";
    public string Result { get; set; } = "";
    public string LookingBack { get; set; } = "";
    public Step Step { get; private set; }
    public required DateOnly StartsOn { get; set; }
    public DateOnly? EndsOn { get; private set; }
    public int Version { get; private set; } = 1;
    public required DateTimeOffset CreatedAt { get; init; }
    public required string CreatedBy { get; init; }
    public DateTimeOffset ChangedAt { get; private set; } = DateTimeOffset.UtcNow;

    /// <summary>A step is reached once; the farthest one is where the initiative stands.</summary>
    public InitiativeStep Reach(Step step, DateOnly day, string note, IEnumerable<InitiativeStep> reached, DateOnly today, Actor actor, DateTimeOffset now)
    {
        Rule.Require(reached.All(earlier => earlier.Step != step), $"「{step.InWords()}」は、もう記録されています。");
        Rule.Require(day >= StartsOn && day <= today, "たどりついた日は、取組を始めた日から今日までの日にしてください。");
        Step = step > Step ? step : Step;
        Touch(now);
        return new InitiativeStep { InitiativeId = Id, Step = step, ReachedOn = day, Note = note, CreatedAt = now, CreatedBy = actor.Name };
    }

    /// <summary>A step written down by mistake was never reached; the farthest of the others holds.</summary>
    public void TakeBack(InitiativeStep wrong, IEnumerable<InitiativeStep> reached, DateTimeOffset now)
    {
        Step = reached.Where(step => step.Id != wrong.Id).Select(step => step.Step).DefaultIfEmpty(Steps.All[0]).Max();
        Touch(now);
    }

    public void EndOn(DateOnly? day)
    {
        Rule.Require(day is null || day >= StartsOn, "終わった日は、始めた日以後にしてください。");
        EndsOn = day;
    }

    public void Touch(DateTimeOffset now)
    {
        ChangedAt = now;
        Version++;
    }
}

public class InitiativeStep : TownRecord
{
    public required Guid InitiativeId { get; init; }
    public required Step Step { get; init; }
    public required DateOnly ReachedOn { get; init; }
    public string Note { get; init; } = "";
    public required DateTimeOffset CreatedAt { get; init; }
    public required string CreatedBy { get; init; }
}

/// <summary>An organization that takes part.</summary>
public class InitiativePartner : ITownOwned
{
    public int MunicipalityId { get; private set; }
    public required Guid InitiativeId { get; init; }
    public required Guid OrganizationId { get; init; }
}

/// <summary>An issue that the initiative answers.</summary>
public class InitiativeIssue : ITownOwned
{
    public int MunicipalityId { get; private set; }
    public required Guid InitiativeId { get; init; }
    public required Guid IssueId { get; init; }
}

public class InitiativeMapping : IEntityTypeConfiguration<Initiative>
{
    public void Configure(EntityTypeBuilder<Initiative> builder) => builder.Property(initiative => initiative.Version).IsConcurrencyToken();
}

public class InitiativePartnerMapping : IEntityTypeConfiguration<InitiativePartner>
{
    public void Configure(EntityTypeBuilder<InitiativePartner> builder) => builder.HasKey(row => new { row.MunicipalityId, row.InitiativeId, row.OrganizationId });
}

public class InitiativeIssueMapping : IEntityTypeConfiguration<InitiativeIssue>
{
    public void Configure(EntityTypeBuilder<InitiativeIssue> builder) => builder.HasKey(row => new { row.MunicipalityId, row.InitiativeId, row.IssueId });
}
