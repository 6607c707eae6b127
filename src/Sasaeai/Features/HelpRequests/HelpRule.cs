using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sasaeai.Data;
using Sasaeai.Features.WeeklyPlans.Planning;
using Sasaeai.Japanese;

namespace Sasaeai.Features.HelpRequests;

/// <summary>A course or an interview that a helper must have had; without a category for every activity.</summary>
public sealed record CourseRule(string Course, string CategoryCode = "")
{
    /// <summary>「送迎（移送）：運転者講習」, or the course alone when every activity needs it.</summary>
    public string InWords(IReadOnlyList<HelpKind> kinds) => CategoryCode == "" ? Course : $"{kinds.FirstOrDefault(kind => kind.Code == CategoryCode)?.Words ?? CategoryCode}：{Course}";

    /// <exception cref="RuleBrokenException">What stands before the colon is no kind of help of the group.</exception>
    public static CourseRule Read(string line, IReadOnlyList<HelpKind> kinds)
    {
        var parts = line.Split(['：', ':'], 2, StringSplitOptions.TrimEntries);
        if (parts.Length == 1)
        {
            return new CourseRule(line.Trim());
        }

        var kind = kinds.FirstOrDefault(kind => Folding.Fold(kind.Words) == Folding.Fold(parts[0]) || kind.Code == parts[0]);
        Rule.Require(kind is not null && parts[1] != "", $"「{line}」の「{parts[0]}」は、この会の内容の分類にありません。「{kinds[0].Words}：ゴミ分別の講習」のように書いてください。");
        return new CourseRule(parts[1], kind!.Code);
    }
}

public sealed record HelpRuleContent
{
    /// <summary>What a minute on the way, a stranger, and uneven load weigh in the order of candidates, from 0 to 100.</summary>
    public int Way { get; init; } = 1;
    public int Stranger { get; init; } = 15;
    public int Fair { get; init; } = 1;
    /// <summary>A helper without a date of insurance may not be asked.</summary>
    public bool InsuranceRequired { get; init; }
    public IReadOnlyList<CourseRule> Courses { get; init; } = [];
    public int? MostMinutesAWeek { get; init; }
    /// <summary>Hours after the closing of a visit in which its helper still sees address and notes.</summary>
    public int HoursSeen { get; init; } = 24;
    /// <summary>Days after a visit from which a missing report is late.</summary>
    public int LateDays { get; init; } = 1;
    /// <summary>Tickets or points of a visit are set aside when its helpers are found.</summary>
    public bool HoldTickets { get; init; }
    /// <summary>Years after leaving until a member's record is to be erased.</summary>
    public int YearsKept { get; init; } = 5;
    /// <summary>Times that 「その他」 says the same before it is offered as a category.</summary>
    public int SameOthers { get; init; } = 3;
    /// <summary>Unmet demand of the group may become a 声 of the town: counts and reasons, no person.</summary>
    public bool UnmetAsVoices { get; init; }

    public PlanWeights Weights => new() { TravelMinute = Way, Stranger = Stranger, SquaredHour = Fair };
}

/// <summary>What a group decides for itself about requests and visits.</summary>
public class HelpRule : TownRecord
{
    public required Guid GroupId { get; init; }
    /// <summary>The 相談員 of the group's district may arrange visits.</summary>
    public bool Counsellors { get; private set; }
    public HelpRuleContent Content { get; private set; } = new();
    public DateTimeOffset ChangedAt { get; private set; }

    /// <summary>The group's rule, or the one that holds before it said anything.</summary>
    public static async Task<HelpRule> OfAsync(AppDb db, Guid groupId) =>
        await db.HelpRules.SingleOrDefaultAsync(rule => rule.GroupId == groupId) ?? new HelpRule { GroupId = groupId };

    public void Change(bool counsellors, HelpRuleContent content, DateTimeOffset now)
    {
        Rule.Require(content is { Way: >= 0 and <= 100, Stranger: >= 0 and <= 100, Fair: >= 0 and <= 100 }, "重みは0から100までの数にしてください。");
        Rule.Require(content is { HoursSeen: >= 0 and <= 720, LateDays: >= 0 and <= 60, SameOthers: >= 2 and <= 100 }, "時間、日数、回数を確かめてください。");
        Rule.Require(content.YearsKept is >= 1 and <= 30, "名簿を残す年数は1年から30年までにしてください。");
        Rule.Require(content.MostMinutesAWeek is null or >= 15 and <= 10_080, "1週間の上限は15分から10,080分までにしてください。");
        (Counsellors, Content, ChangedAt) = (counsellors, content, now);
    }
}

public class HelpRuleMapping : IEntityTypeConfiguration<HelpRule>
{
    public void Configure(EntityTypeBuilder<HelpRule> builder)
    {
        builder.Property<uint>("xmin").IsRowVersion();
        builder.Property(rule => rule.Content).IsJson();
    }
}
