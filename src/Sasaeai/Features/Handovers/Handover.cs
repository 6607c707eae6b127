using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sasaeai.Data;
using Sasaeai.Features.Issues;

namespace Sasaeai.Features.Handovers;

/// <summary>実施した, 予算・計画に入れる, 今ある制度で応える, 検討を続ける, 応えられない.</summary>
public enum AnswerKind { Done, Planned, Existing, Considering, Declined }

/// <summary>Where a handover stands: 届け中, 受領, 回答, お返しずみ.</summary>
public enum HandoverStage { Sent, Received, Answered, Returned }

/// <summary>
/// 引継ぎ: a body asks another to see to an issue (第2層 → 第1層 → 庁内の課). It is open until an answer was given and
/// brought back to the body that asked. The constraints of the table say the same (0024).
/// </summary>
public class Handover : TownRecord
{
    private Handover()
    {
    }

    public Guid IssueId { get; private init; }
    /// <summary>The open handover that this one passes on.</summary>
    public Guid? FollowsId { get; private init; }
    public Guid FromId { get; private init; }
    public Guid ToId { get; private init; }
    public string DecidedBy { get; private init; } = "";
    public Guid? DecidedMeetingId { get; private init; }
    public string DecidedItem { get; private init; } = "";
    public string Reason { get; private init; } = "";
    public string AskedAction { get; private init; } = "";
    public DateOnly HandedOn { get; private init; }
    public DateOnly DueOn { get; private init; }
    public DateOnly? ReceivedOn { get; private set; }
    public string? ReceivedBy { get; private set; }
    public AnswerKind? AnswerKind { get; private set; }
    public string? AnswerText { get; private set; }
    /// <summary>Where in a budget or plan the answer stands.</summary>
    public string AnswerReference { get; private set; } = "";
    /// <summary>The answer for those who raised it, under their receipt number.</summary>
    public string PublicAnswer { get; private set; } = "";
    public DateOnly? AnsweredOn { get; private set; }
    public string? AnsweredBy { get; private set; }
    public DateOnly? ReturnedOn { get; private set; }
    public string? ReturnedBy { get; private set; }
    public Guid? ReturnedMeetingId { get; private set; }
    /// <summary>Where it was told, when that was no meeting of the list.</summary>
    public string ReturnedAt { get; private set; } = "";
    public int Version { get; private set; } = 1;
    public DateTimeOffset CreatedAt { get; private init; }
    public string CreatedBy { get; private init; } = "";

    public bool IsOpen => ReturnedOn is null;

    public HandoverStage Stage => StageOf(ReceivedOn, AnsweredOn, ReturnedOn);

    public static HandoverStage StageOf(DateOnly? received, DateOnly? answered, DateOnly? returned) =>
        returned is not null ? HandoverStage.Returned : answered is not null ? HandoverStage.Answered : received is not null ? HandoverStage.Received : HandoverStage.Sent;

    public bool IsOverdueOn(DateOnly day) => AnsweredOn is null && DueOn < day;

    /// <summary>Hands an issue on from the body that owns it now.</summary>
    /// <param name="open">The open handovers of the issue, oldest first.</param>
    public static (Handover Handover, IssueMove? Move) Hand(Issue issue, Guid toId, Asking asking, IReadOnlyList<Handover> open, DateOnly today, Mover by)
    {
        issue.RequireOpen();
        var last = open.Count == 0 ? null : open[^1];
        Rule.Require(toId != issue.OwnerId, "引継ぎ先が、今の持ち主と同じです。ほかの主体を選んでください。");
        Rule.Require(last is null || last.ReceivedOn is not null, "前の引継ぎがまだ受け取られていません。受け取られてから、次に引き継いでください。");
        Rule.Require(last is null || last.AnsweredOn is null, "前の引継ぎには、もう答えが出ています。お返しを記録してください。");
        Rule.Require(open.All(earlier => earlier.FromId != toId), "引継ぎ先は、この課題を引き継いだもとの主体です。もとへは「答える」と「お返し」で返してください。");
        Rule.Require(asking.DecidedBy != "" || asking.MeetingId is not null, "どの会議で、またはだれが決めたかを入力してください。");
        Rule.Require(asking.Reason != "", "引き継ぐ理由を入力してください。");
        Rule.Require(asking.AskedAction != "", "してほしいことを入力してください。");
        Rule.Require(asking.HandedOn <= today, "引き継いだ日は、今日までの日にしてください。");
        Rule.Require(last is null || asking.HandedOn >= last.ReceivedOn, "引き継いだ日は、前の引継ぎを受け取った日以後にしてください。");
        Rule.Require(asking.DueOn >= asking.HandedOn, "期限は、引き継いだ日以後にしてください。");
        var handover = new Handover
        {
            IssueId = issue.Id, FollowsId = last?.Id, FromId = issue.OwnerId, ToId = toId, DecidedBy = asking.DecidedBy, DecidedMeetingId = asking.MeetingId, DecidedItem = asking.Item,
            Reason = asking.Reason, AskedAction = asking.AskedAction, HandedOn = asking.HandedOn, DueOn = asking.DueOn, CreatedAt = by.At, CreatedBy = by.Actor.Name,
        };
        return (handover, last is null ? issue.HandOver(by) : null);
    }

    /// <summary>The other body has it: from here on it is the owner.</summary>
    public void Receive(Issue issue, DateOnly day, string receiver, DateOnly today, Mover by)
    {
        Rule.Require(ReceivedOn is null, "この引継ぎは、もう受け取られています。");
        Rule.Require(receiver != "", "受け取った人を入力してください。");
        Rule.Require(day >= HandedOn && day <= today, "受け取った日は、引き継いだ日から今日までの日にしてください。");
        (ReceivedOn, ReceivedBy) = (day, receiver);
        Version++;
        issue.GoTo(ToId, by.At);
    }

    public void Answer(AnswerKind kind, string text, string reference, string publicAnswer, DateOnly day, bool isPassedOn, DateOnly today, Actor actor)
    {
        Rule.Require(ReceivedOn is not null, "まだ受け取られていません。先に受領を記録してください。");
        Rule.Require(AnsweredOn is null, "この引継ぎには、もう答えがあります。");
        Rule.Require(!isPassedOn, "この引継ぎは先へ引き継がれています。先からのお返しを待って答えてください。");
        Rule.Require(text != "", "答えの内容を入力してください。");
        Rule.Require(kind != Handovers.AnswerKind.Planned || reference != "", "どの予算・計画に入れるかを入力してください。");
        Rule.Require(day >= ReceivedOn && day <= today, "答えた日は、受け取った日から今日までの日にしてください。");
        (AnswerKind, AnswerText, AnswerReference, PublicAnswer, AnsweredOn, AnsweredBy) = (kind, text, reference, publicAnswer, day, actor.Name);
        Version++;
    }

    /// <summary>お返し: the answer was brought back to the body that asked, which owns the issue again.</summary>
    /// <returns>The move of the card, when no earlier handover stays open.</returns>
    public IssueMove? Return(Issue issue, DateOnly day, Guid? meetingId, string place, DateOnly today, Mover by)
    {
        Rule.Require(AnsweredOn is not null, "答えがまだありません。答えを記録してから、お返しを記録してください。");
        Rule.Require(ReturnedOn is null, "お返しは、もう記録されています。");
        Rule.Require(meetingId is not null || place != "", "どの会議で、またはどこでお返ししたかを入力してください。");
        Rule.Require(day >= AnsweredOn && day <= today, "お返しした日は、答えた日から今日までの日にしてください。");
        (ReturnedOn, ReturnedBy, ReturnedMeetingId, ReturnedAt) = (day, by.Actor.Name, meetingId, place);
        Version++;
        issue.GoTo(FromId, by.At);
        return FollowsId is null ? issue.ComeBack(by) : null;
    }
}

/// <summary>What one body asks of another, and where that was decided.</summary>
public sealed record Asking(string DecidedBy, Guid? MeetingId, string Item, string Reason, string AskedAction, DateOnly HandedOn, DateOnly DueOn);

public class HandoverMapping : IEntityTypeConfiguration<Handover>
{
    public void Configure(EntityTypeBuilder<Handover> builder)
    {
        builder.Property(handover => handover.Version).IsConcurrencyToken();
        builder.Ignore(handover => handover.IsOpen);
        builder.Ignore(handover => handover.Stage);
    }
}
