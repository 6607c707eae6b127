using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sasaeai.Data;
using Sasaeai.Features.HelpRequests;
using Sasaeai.Japanese;

namespace Sasaeai.Features.Visits;

public enum VisitState
{
    [Display(Name = "担い手をさがす")] Open,
    [Display(Name = "担い手が決まった")] Assigned,
    [Display(Name = "報告を確かめる")] Reported,
    [Display(Name = "すんだ")] Done,
    [Display(Name = "できなかった")] Failed,
    [Display(Name = "取りやめ")] Cancelled,
}

/// <summary>When a visit may be made: on one day, or on any day of a span; it starts between two times.</summary>
public sealed record VisitTime(DateOnly From, DateOnly Until, TimeOnly Earliest, TimeOnly Latest)
{
    public void Check()
    {
        Rule.Require(Until >= From && Until <= From.AddDays(31), "終わりの日は、始まりの日から31日のうちにしてください。");
        Rule.Require(Latest >= Earliest, "遅い時刻が、早い時刻より前になっています。");
    }
}

/// <summary>活動: one help on one day (the planner's word for it is visit).</summary>
public class Visit : TownRecord
{
    private Visit()
    {
    }

    public Visit(HelpRequest request, VisitTime time, DateTimeOffset now, HelpSeries? series = null)
    {
        (GroupId, RequestId, UserId, CategoryCode, CountedAs, CreatedAt) = (request.GroupId, request.Id, request.UserId!.Value, request.CategoryCode, request.CountedAs, now);
        (SeriesId, SeriesDay) = (series?.Id, series is null ? null : time.From);
        Move(time, series?.Minutes ?? request.Minutes, series?.Helpers ?? request.Helpers);
        Version = 1;
    }

    public Guid GroupId { get; private init; }
    public Guid RequestId { get; private init; }
    public Guid? SeriesId { get; private init; }
    /// <summary>The day of the series it was made for, wherever it was moved since.</summary>
    public DateOnly? SeriesDay { get; private init; }
    public Guid UserId { get; private init; }
    public string CategoryCode { get; private set; } = "";
    public string CountedAs { get; private set; } = "";
    public DateOnly FromDay { get; private set; }
    public DateOnly UntilDay { get; private set; }
    /// <summary>Null while it may be any day of the span.</summary>
    public DateOnly? Day { get; private set; }
    /// <summary>The day, or the last possible one; the database works it out.</summary>
    public DateOnly DueDay { get; private set; }
    public TimeOnly Earliest { get; private set; }
    public TimeOnly Latest { get; private set; }
    public TimeOnly? Starts { get; private set; }
    public int Minutes { get; private set; }
    public short Helpers { get; private set; }
    /// <summary>The weekly plan leaves it where it is.</summary>
    public bool Pinned { get; set; }
    public VisitState State { get; private set; }
    public DateTimeOffset? AnnouncedAt { get; private set; }
    public string? AnnouncedBy { get; private set; }
    public string AccompaniedBy { get; private set; } = "";
    public DateTimeOffset? ClosedAt { get; private set; }
    public string? ClosedBy { get; private set; }
    [Secret] public string CloseReason { get; private set; } = "";
    public int Version { get; private set; }
    public DateTimeOffset CreatedAt { get; private init; }

    public bool IsOpen => State is VisitState.Open or VisitState.Assigned or VisitState.Reported;

    /// <summary>The start that is settled, or the earliest one.</summary>
    public TimeOnly Start => Starts ?? Earliest;

    /// <summary>The first day of the span that is not over; the last one when all are.</summary>
    public DateOnly DayFrom(DateOnly today) => today <= FromDay ? FromDay : today >= UntilDay ? UntilDay : today;

    /// <summary>The day or the start is still to be agreed with the helper.</summary>
    public bool LeavesTime => Day is null || Starts is null && Earliest != Latest;

    /// <summary>「11月24日(火) 10:00から30分」, or the span while no day is settled.</summary>
    public string When => (Day is { } day ? Wareki.WithWeekday(day) : $"{Wareki.WithWeekday(FromDay)}から{Wareki.WithWeekday(UntilDay)}までのいつでも")
        + $" {(Starts is null && Earliest != Latest ? $"{Earliest:H:mm}〜{Latest:H:mm}の間" : $"{Start:H:mm}")}から{Minutes}分";

    /// <summary>Other days or times. Who has accepted must be asked again, hence only while nobody has.</summary>
    public void Move(VisitTime time, int minutes, int helpers)
    {
        time.Check();
        Rule.Require(State == VisitState.Open, "担い手が決まった活動は、先に担い手の担当を外してから日時を変えてください。");
        Rule.Require(minutes is >= 5 and <= 480, "かかる時間は5分から480分までにしてください。");
        Rule.Require(helpers is 1 or 2, "手伝う人は1人か2人にしてください。");
        (FromDay, UntilDay, Day, Starts) = (time.From, time.Until, time.From == time.Until ? time.From : null, null);
        (Earliest, Latest, Minutes, Helpers) = (time.Earliest, time.Latest, minutes, (short)helpers);
        Version++;
    }

    /// <summary>Settles the day and the start, within what was asked for.</summary>
    public void Settle(DateOnly day, TimeOnly starts)
    {
        Rule.Require(day >= FromDay && day <= UntilDay, "頼まれた日の中から選んでください。");
        Rule.Require(starts.AddMinutes(Minutes) > starts, "日をまたぐ活動は、二つに分けて入れてください。");
        (Day, Starts) = (day, starts);
    }

    /// <summary>A helper accepted one place.</summary>
    /// <param name="taken">Places that are taken now, this one included.</param>
    public void Fill(int taken)
    {
        Rule.Require(State == VisitState.Open, "この活動の担い手は、すでに決まっています。");
        State = taken >= Helpers ? VisitState.Assigned : VisitState.Open;
        Version++;
    }

    /// <summary>A helper stepped back.</summary>
    /// <param name="isEmpty">Nobody else makes it: a day that was settled within a span is open again.</param>
    public void Free(bool isEmpty)
    {
        Rule.Require(State is VisitState.Open or VisitState.Assigned, "報告のあとでは、担当を外せません。");
        State = VisitState.Open;
        if (isEmpty)
        {
            (Day, Starts) = (FromDay == UntilDay ? FromDay : null, null);
        }

        Version++;
    }

    public void Announce(string byName, DateTimeOffset now)
    {
        Rule.Require(IsOpen, "終わった活動は届け出られません。");
        (AnnouncedAt, AnnouncedBy) = (now, byName);
        Version++;
    }

    public void Accompany(string byName)
    {
        AccompaniedBy = byName.Trim();
        Version++;
    }

    public void Report()
    {
        Rule.Require(State != VisitState.Reported, "この活動の報告は、すでに届いています。");
        Rule.Require(State is VisitState.Assigned or VisitState.Open && Day is not null, "この活動は終わっているため、報告できません。");
        State = VisitState.Reported;
        Version++;
    }

    /// <summary>The report was sent back or taken back.</summary>
    public void AwaitReport()
    {
        (State, ClosedAt, ClosedBy) = (VisitState.Assigned, null, null);
        Version++;
    }

    public void Close(VisitState state, string reason, string byName, DateTimeOffset now)
    {
        Rule.Require(IsOpen, "この活動は、すでに終わっています。");
        Rule.Require(state == VisitState.Done || reason.Trim() != "", "理由を選んでください。");
        (State, CloseReason, ClosedBy, ClosedAt) = (state, reason.Trim(), byName, now);
        Version++;
    }

    /// <summary>Follows its request, of which the kind of help was corrected.</summary>
    public void Follow(HelpRequest request) => (CategoryCode, CountedAs) = (request.CategoryCode, request.CountedAs);

    /// <summary>Follows a category that the group made of 「その他」.</summary>
    public void Count(HelpCategory category) => (CategoryCode, CountedAs) = (category.Code, category.CountedAs);
}

/// <summary>A helper who makes a visit, until the assignment ends.</summary>
public class Assignment : TownRecord
{
    public required Guid GroupId { get; init; }
    public required Guid VisitId { get; init; }
    /// <summary>0, or 1 for the second of two helpers. One helper holds it at a time; the database says so too.</summary>
    public required short Place { get; init; }
    public required Guid MemberId { get; init; }
    public required DateTimeOffset AcceptedAt { get; init; }
    public required string ByName { get; init; }
    public required ContactChannel Channel { get; init; }
    /// <summary>What spoke against the helper, and why it was done all the same.</summary>
    public string Overridden { get; init; } = "";
    public string OverrideReason { get; init; } = "";
    public DateTimeOffset? EndedAt { get; private set; }
    public string? EndedBy { get; private set; }
    [Secret] public string EndReason { get; private set; } = "";

    public void End(string reason, string byName, DateTimeOffset now)
    {
        Rule.Require(EndedAt is null, "この担当は、すでに外してあります。");
        Rule.Require(reason.Trim() != "", "担当を外す理由を書いてください。");
        (EndedAt, EndedBy, EndReason) = (now, byName, reason.Trim());
    }
}

public enum ContactChannel
{
    [Display(Name = "電話")] Phone,
    [Display(Name = "会って")] Face,
    [Display(Name = "メール")] Mail,
    [Display(Name = "本人のページ")] Page,
    [Display(Name = "週の予定")] Plan,
}

public enum OfferResult
{
    [Display(Name = "返事を待つ")] Asked,
    [Display(Name = "出なかった")] NoAnswer,
    [Display(Name = "断られた")] Refused,
    [Display(Name = "受けた")] Accepted,
}

public enum RefusalReason
{
    [Display(Name = "その日は予定がある")] Busy,
    [Display(Name = "しばらく休む")] Away,
    [Display(Name = "体調がよくない")] Health,
    [Display(Name = "遠い")] Far,
    [Display(Name = "その内容はできない")] Unable,
    [Display(Name = "そのほか")] Other,
}

/// <summary>A helper was asked. Only added to.</summary>
public class Offer : TownRecord
{
    public required Guid GroupId { get; init; }
    public required Guid VisitId { get; init; }
    public required Guid MemberId { get; init; }
    public required DateOnly? Day { get; init; }
    public required ContactChannel Channel { get; init; }
    public required OfferResult Result { get; init; }
    public RefusalReason? Reason { get; init; }
    [Secret] public string Note { get; init; } = "";
    public required DateTimeOffset AskedAt { get; init; }
    public required string ByName { get; init; }
}

/// <summary>A user and a helper met before the first visit.</summary>
public class Introduction : TownRecord
{
    public required Guid GroupId { get; init; }
    public required Guid UserId { get; init; }
    public required Guid HelperId { get; init; }
    public required DateOnly MetOn { get; init; }
    public required string WithName { get; init; }
}

public class VisitMapping : IEntityTypeConfiguration<Visit>
{
    public void Configure(EntityTypeBuilder<Visit> builder)
    {
        builder.Property<uint>("xmin").IsRowVersion();
        builder.Property(visit => visit.DueDay).ValueGeneratedOnAddOrUpdate();
    }
}
