using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sasaeai.Data;
using Sasaeai.Features.GroupClosings;
using Sasaeai.Features.Resources;

namespace Sasaeai.Features.Groups;

public enum GroupKind
{
    [Display(Name = "住民の会")] Residents,
    [Display(Name = "校(地)区社協")] DistrictCouncil,
    [Display(Name = "自治会・町内会")] SelfGovernment,
    [Display(Name = "NPO・生協など")] NonProfit,
    [Display(Name = "時間銀行")] TimeBank,
    [Display(Name = "そのほか")] Other,
}

public enum GroupStage
{
    [Display(Name = "構想")] Idea,
    [Display(Name = "調査")] Survey,
    [Display(Name = "しくみづくり")] Design,
    [Display(Name = "試行")] Trial,
    [Display(Name = "活動中")] Active,
    [Display(Name = "休止")] Paused,
    [Display(Name = "解散")] Ended,
}

/// <summary>What a group says of itself.</summary>
public sealed record GroupContent
{
    public string Description { get; init; } = "";
    /// <summary>The area served, in words, besides the district.</summary>
    public string Serves { get; init; } = "";
    /// <summary>行政区 of the district table.</summary>
    public string Ward { get; init; } = "";
    public string Phone { get; init; } = "";
    public string Hours { get; init; } = "";
    /// <summary>What the group helps with, and what it does not (codes of the town's categories).</summary>
    public IReadOnlyList<string> Does { get; init; } = [];
    public IReadOnlyList<string> DoesNot { get; init; } = [];
    public string DoesNote { get; init; } = "";
    public int HelperFeeYen { get; init; }
    public int UserFeeYen { get; init; }
    public string Insurance { get; init; } = "";
    public DateOnly? InsuredUntil { get; init; }
    /// <summary>Payouts of a month above this need another person than the one who closed the month.</summary>
    public long PayoutLimitYen { get; init; } = 10_000;
    /// <summary>From which 謝礼 are transferred, and what the bank calls the group (委託者コード).</summary>
    public BankAccount? Bank { get; init; }
    public string PayerCode { get; init; } = "";
    /// <summary>地域生活支援相談員 of the district.</summary>
    public int? Counsellors { get; init; }
    public string HelperBody { get; init; } = "";
    /// <summary>Helpers that the group reports while its register is not kept here.</summary>
    public int? HelpersReported { get; init; }
    /// <summary>People found by a questionnaire who would help.</summary>
    public int? FoundBySurvey { get; init; }
    public string Outcome { get; init; } = "";
    public string Payment { get; init; } = "";
}

/// <summary>助け合い団体: residents who help each other. Its members' data are its own; the town gets counts.</summary>
public class HelpGroup : TownRecord
{
    private HelpGroup()
    {
    }

    public HelpGroup(Guid organizationId, string name, GroupKind kind, GroupStage stage, DateOnly stageOn, string byName, GroupContent content, DateTimeOffset now)
    {
        (OrganizationId, Kind, Stage, StageOn, StageBy, CreatedAt) = (organizationId, kind, stage, stageOn, byName, now);
        Change(name, "", null, kind, content, now);
        Version = 1;
    }

    public Guid OrganizationId { get; private init; }
    public Guid? AreaId { get; private set; }
    public string Name { get; private set; } = "";
    public string Kana { get; private set; } = "";
    public GroupKind Kind { get; private set; }
    public GroupStage Stage { get; private set; }
    public DateOnly StageOn { get; private set; }
    public string StageBy { get; private set; } = "";
    public GroupContent Content { get; private set; } = new();
    public int Version { get; private set; }
    public DateTimeOffset CreatedAt { get; private init; }
    public DateTimeOffset ChangedAt { get; private set; }

    public bool IsOpen => Stage is not GroupStage.Ended;

    public void Change(string name, string kana, Guid? areaId, GroupKind kind, GroupContent content, DateTimeOffset now)
    {
        Rule.Require(name.Trim() != "", "団体の名前を入力してください。");
        Rule.Require(content.Does.Intersect(content.DoesNot).Count() == 0, "同じ内容が「すること」と「しないこと」の両方に入っています。");
        (Name, Kana, AreaId, Kind, Content, ChangedAt) = (name.Trim(), kana.Trim(), areaId, kind, content, now);
        Version++;
    }

    /// <summary>The group went on to another stage.</summary>
    public void Enter(GroupStage stage, DateOnly day, string byName, DateTimeOffset now)
    {
        Rule.Require(stage != Stage, $"すでに「{Ledger.LedgerWords.Japanese(stage)}」です。");
        Rule.Require(day >= StageOn, "前の段階より前の日にはできません。");
        (Stage, StageOn, StageBy, ChangedAt) = (stage, day, byName, now);
        Version++;
    }
}

/// <summary>One item of the check list that was done, with who and when.</summary>
public class GroupStep : TownRecord
{
    public required Guid GroupId { get; init; }
    public required string Item { get; init; }
    public required DateOnly DoneOn { get; set; }
    public required string ByName { get; set; }
    public string Note { get; set; } = "";
}

/// <summary>The steps of document 003: 調べる → しくみを考える → しくみをつくる → 実践.</summary>
public static class GroupSteps
{
    public static readonly IReadOnlyList<(string Phase, IReadOnlyList<(string Item, string Words)> Items)> All =
    [
        ("調べる", [("troubles", "困りごとの調査"), ("people", "活動できる人の調査")]),
        ("しくみを考える", [("whom", "「誰」の「どんなこと」を助けるか"), ("payment", "有償か無償か")]),
        ("しくみをつくる", [("rules", "活動のルール"), ("recruit", "活動者の募集"), ("insurance", "保険"), ("forms", "申込書・同意書・券などの用紙")]),
        ("実践", [("adjust", "困りごとと活動の調整"), ("review", "ふりかえり")]),
    ];

    public static bool Knows(string item) => All.Any(phase => phase.Items.Any(one => one.Item == item));
}

/// <summary>世話人 of a group, with the weekdays on which the person answers the telephone.</summary>
public class Keeper : TownRecord
{
    public required Guid GroupId { get; init; }
    [Secret] public required string Name { get; set; }
    [Secret] public string Phone { get; set; } = "";
    public string[] DutyDays { get; set; } = [];
    public required DateOnly StartsOn { get; init; }
    public DateOnly? EndsOn { get; private set; }

    public bool IsOnDuty(DateOnly day) => StartsOn <= day && (EndsOn is null || day <= EndsOn) && DutyDays.Contains($"{day.DayOfWeek}");

    public void End(DateOnly day)
    {
        Rule.Require(EndsOn is null && day >= StartsOn, "この世話人は終えられません。日付を確かめてください。");
        EndsOn = day;
    }
}

/// <summary>How many people a group has; the town's staff see no more.</summary>
public sealed record GroupCount(Guid GroupId, int Helpers, int Users, int Keepers)
{
    public static Task<List<GroupCount>> AllAsync(AppDb db) =>
        db.Database.SqlQueryRaw<GroupCount>("select group_id as \"GroupId\", helpers as \"Helpers\", users as \"Users\", keepers as \"Keepers\" from app.group_counts()").ToListAsync();
}

public class HelpGroupMapping : IEntityTypeConfiguration<HelpGroup>
{
    public void Configure(EntityTypeBuilder<HelpGroup> builder)
    {
        builder.Property<uint>("xmin").IsRowVersion();
        builder.Property(group => group.Content).IsJson();
    }
}
