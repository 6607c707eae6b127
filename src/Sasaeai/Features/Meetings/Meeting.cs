using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sasaeai.Data;
using Sasaeai.Japanese;

namespace Sasaeai.Features.Meetings;

/// <summary>下書き, 確認ずみ, 確定.</summary>
public enum MinutesState { Draft, Checked, Final }

/// <summary>What is known of a meeting before it is held.</summary>
/// <param name="KindCode">A code of <see cref="Categories.CodeList.MeetingKind"/>.</param>
/// <param name="Series">The name under which yearly tables count it, instead of its kind's; empty as a rule.</param>
/// <param name="CountsAsCouncil">Belongs to 推進会議等の開催回数 of its layer.</param>
/// <param name="Closed">非公開: seen by those only who work in the area or sit in the council, and never published.</param>
public sealed record MeetingPlan(Guid? CouncilId, string KindCode, string Series, string Name, DateOnly HeldOn, TimeOnly? StartsAt, TimeOnly? EndsAt, string Place, Guid AreaId, int Layer, bool CountsAsCouncil, bool Closed);

/// <summary>会議: planned, held, its minutes checked and made final.</summary>
public class Meeting : TownRecord
{
    private Meeting()
    {
    }

    /// <param name="number">第n回 of its council in the fiscal year, or null.</param>
    public Meeting(MeetingPlan plan, int? number, Actor actor, DateTimeOffset now)
    {
        (CreatedAt, CreatedBy) = (now, actor.Name);
        Plan(plan, number);
    }

    public Guid? CouncilId { get; private set; }
    public string KindCode { get; private set; } = "";
    public string Series { get; private set; } = "";
    public string Name { get; private set; } = "";
    /// <summary>年度 of <see cref="HeldOn"/>, by the year in which it begins.</summary>
    public int FiscalYear { get; private set; }
    public int? Number { get; private set; }
    public DateOnly HeldOn { get; private set; }
    public TimeOnly? StartsAt { get; private set; }
    public TimeOnly? EndsAt { get; private set; }
    public string Place { get; private set; } = "";
    public Guid AreaId { get; private set; }
    /// <summary>第1層 or 第2層.</summary>
    public int Layer { get; private set; }
    public bool CountsAsCouncil { get; private set; }
    public bool Closed { get; private set; }
    /// <summary>How many came, where it was counted otherwise than by names.</summary>
    public int? HeadCount { get; private set; }
    public DateTimeOffset? InvitedAt { get; private set; }
    public string? InvitedBy { get; private set; }
    public DateTimeOffset? CancelledAt { get; private set; }
    public string? CancelledBy { get; private set; }
    public string CancelledBecause { get; private set; } = "";
    public MinutesState Minutes { get; private set; }
    public DateTimeOffset? CheckedAt { get; private set; }
    /// <summary>会議録の確認者, a member as a rule.</summary>
    public string? CheckedBy { get; private set; }
    public DateTimeOffset? FinalisedAt { get; private set; }
    public string? FinalisedBy { get; private set; }
    public string PublicSummary { get; private set; } = "";
    public DateTimeOffset? PublishedAt { get; private set; }
    public string? PublishedBy { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }
    public string CreatedBy { get; private set; } = "";

    /// <summary>「令和8年度 第3回 中央地区支え合い協議体」.</summary>
    public string Title => Number is { } number ? $"{new FiscalYear(FiscalYear)} 第{number}回 {Name}" : Name;

    /// <summary>「令和8年11月21日(土) 10:00〜11:30」.</summary>
    public string When => $"{Wareki.WithWeekday(HeldOn)} {Hours}".TrimEnd();

    public string Hours => (StartsAt, EndsAt) switch
    {
        ({ } start, { } end) => $"{start:H:mm}〜{end:H:mm}",
        ({ } start, null) => $"{start:H:mm}〜",
        _ => "",
    };

    /// <summary>Held, not only planned: what every count counts.</summary>
    public bool IsHeldBy(DateOnly today) => CancelledAt is null && HeldOn <= today;

    /// <summary>Agenda, text, attendance may be written.</summary>
    public bool IsOpen => Minutes == MinutesState.Draft && CancelledAt is null;

    /// <exception cref="RuleBrokenException">The minutes are checked or final, or the meeting was called off.</exception>
    public void RequireOpen()
    {
        Rule.Require(CancelledAt is null, "この会議は中止になっています。");
        Rule.Require(Minutes != MinutesState.Final, $"会議録は{FinalisedBy}さんが確定しました。直すときは、理由を書いて下書きにもどしてください。");
        Rule.Require(Minutes != MinutesState.Checked, $"会議録は{CheckedBy}さんが確認しました。直すときは、理由を書いて下書きにもどしてください。");
    }

    public void Plan(MeetingPlan plan, int? number)
    {
        RequireOpen();
        Rule.Require(plan.Name != "", "会議の名前を入力してください。");
        Rule.Require(plan.EndsAt is null || plan.StartsAt is not null, "終わりの時刻だけでなく、始まりの時刻も入力してください。");
        Rule.Require(plan.EndsAt is null || plan.EndsAt > plan.StartsAt, "終わりの時刻は、始まりの時刻より後にしてください。");
        Rule.Require(plan.Layer is 1 or 2, "第1層か第2層を選んでください。");
        Rule.Require(!plan.Closed || PublishedAt is null, "この会議の要旨を公開しています。先に「公開する要旨」で公開をやめてから、非公開にしてください。");
        (CouncilId, KindCode, Series, Name, HeldOn, StartsAt, EndsAt, Place, AreaId, Layer, CountsAsCouncil, Closed) = plan;
        (FiscalYear, Number) = (Japanese.FiscalYear.Of(plan.HeldOn).Year, number);
    }

    public void CountHeads(int? heads)
    {
        RequireOpen();
        Rule.Require(heads is null or >= 0 and <= 100_000, "人数は0から10万までの数で入力してください。");
        HeadCount = heads;
    }

    public void Invite(Actor actor, DateTimeOffset now)
    {
        RequireOpen();
        (InvitedAt, InvitedBy) = (now, actor.Name);
    }

    public void Cancel(string reason, Actor actor, DateTimeOffset now)
    {
        RequireOpen();
        Rule.Require(reason != "", "中止の理由を入力してください。");
        (CancelledAt, CancelledBy, CancelledBecause) = (now, actor.Name, reason);
    }

    /// <param name="checker">Who read the minutes and found them right, in words.</param>
    public MinutesStep Check(string checker, MinutesContent content, Actor actor, DateTimeOffset now)
    {
        RequireOpen();
        Rule.Require(HeldOn <= now.Day(), "まだ開いていない会議の会議録は、確認ずみにできません。");
        Rule.Require(checker != "", "会議録を確かめた人の名前を入力してください。");
        (Minutes, CheckedAt, CheckedBy) = (MinutesState.Checked, now, checker);
        return Step(MinutesStepKind.Checked, checker == actor.Name ? "" : $"確かめた人：{checker}", content, actor, now);
    }

    public MinutesStep Finalise(MinutesContent content, Actor actor, DateTimeOffset now)
    {
        Rule.Require(Minutes != MinutesState.Final, $"会議録は{FinalisedBy}さんがすでに確定しています。");
        Rule.Require(Minutes == MinutesState.Checked, "確定の前に、だれかが会議録を確かめて「確認ずみ」にしてください。");
        (Minutes, FinalisedAt, FinalisedBy) = (MinutesState.Final, now, actor.Name);
        return Step(MinutesStepKind.Finalised, "", content, actor, now);
    }

    public MinutesStep Reopen(string reason, Actor actor, DateTimeOffset now)
    {
        Rule.Require(Minutes != MinutesState.Draft, "会議録は、すでに下書きにもどっています。");
        Rule.Require(reason != "", "下書きにもどす理由を入力してください。");
        (Minutes, CheckedAt, CheckedBy, FinalisedAt, FinalisedBy) = (MinutesState.Draft, null, null, null, null);
        return Step(MinutesStepKind.Reopened, reason, null, actor, now);
    }

    /// <summary>The summary for everybody, apart from the minutes.</summary>
    public void Publish(string summary, Actor actor, DateTimeOffset now)
    {
        Rule.Require(!Closed, "非公開の会議は公開できません。");
        Rule.Require(CancelledAt is null && HeldOn <= now.Day(), "まだ開いていない会議と、中止になった会議は公開できません。");
        Rule.Require(summary != "", "公開する要旨を入力してください。");
        (PublicSummary, PublishedAt, PublishedBy) = (summary, now, actor.Name);
    }

    public void Withdraw()
    {
        Rule.Require(PublishedAt is not null, "この会議の要旨は、公開されていません。");
        (PublishedAt, PublishedBy) = (null, null);
    }

    private MinutesStep Step(MinutesStepKind kind, string note, MinutesContent? content, Actor actor, DateTimeOffset now) =>
        new() { MeetingId = Id, Kind = kind, At = now, ByName = actor.Name, Note = note, Content = content };
}

public class MeetingMapping : IEntityTypeConfiguration<Meeting>
{
    public void Configure(EntityTypeBuilder<Meeting> builder)
    {
        builder.Property<uint>("xmin").IsRowVersion();
        builder.Ignore(meeting => meeting.Title);
    }
}
