using Sasaeai.Data;

namespace Sasaeai.Features.Voices;

/// <summary>How it reached the town: 公開フォーム, 見つからなかった検索, 訪問, 電話, 会議, アンケート, 地域ケア会議, 依頼.</summary>
public enum VoiceSource { PublicForm, UnmetSearch, Visit, Phone, Meeting, Questionnaire, CareConference, Request }

/// <summary>困りごと, 手伝いたい.</summary>
public enum VoiceKind { Trouble, Offer }

public static class VoiceWords
{
    public static string InWords(this VoiceKind kind) => kind == VoiceKind.Offer ? "手伝いたい" : "困りごと";

    public static string InWords(this VoiceSource source) => source switch
    {
        VoiceSource.PublicForm => "公開ページから",
        VoiceSource.UnmetSearch => "探しても見つからなかったとき",
        VoiceSource.Visit => "訪問",
        VoiceSource.Phone => "電話",
        VoiceSource.Meeting => "会議・座談会",
        VoiceSource.Questionnaire => "アンケート",
        VoiceSource.CareConference => "地域ケア会議",
        _ => "助け合いの依頼",
    };
}

/// <summary>声: what a resident told the town, with or without a way to answer.</summary>
public class Voice : TownRecord
{
    public required string Receipt { get; init; }
    public required VoiceSource Source { get; init; }
    public VoiceKind Kind { get; init; }
    /// <summary>The words as they came; empty when only the summary was noted.</summary>
    [Secret] public required string Text { get; init; }
    /// <summary>匿名化した要旨, written by a person: the only words of it that an issue shows.</summary>
    public string Summary { get; private set; } = "";
    public string? SummarizedBy { get; private set; }
    /// <summary>Whose SC hears it; null: all. A resident may leave both open, and whoever reads it fills them in.</summary>
    public Guid? AreaId { get; set; }
    public string? CategoryCode { get; set; }
    [Secret] public string Contact { get; init; } = "";
    public DateOnly? HeardOn { get; init; }
    public string? EnteredBy { get; init; }
    public Guid? MeetingId { get; init; }
    public Guid? ActivityRecordId { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? ReadAt { get; private set; }
    public string? ReadBy { get; private set; }
    /// <summary>The issue that it became a source of.</summary>
    public Guid? IssueId { get; private set; }
    public DateTimeOffset? TakenAt { get; private set; }
    public string? TakenBy { get; private set; }
    public DateTimeOffset? ClosedAt { get; private set; }
    public string? ClosedBy { get; private set; }
    /// <summary>Why nothing more is done; the person who raised it reads it under the receipt number.</summary>
    public string CloseReason { get; private set; } = "";

    public void Read(Actor actor, DateTimeOffset now)
    {
        if (ReadAt is null)
        {
            (ReadAt, ReadBy) = (now, actor.Name);
        }
    }

    public void Summarize(string summary, Actor actor)
    {
        Rule.Require(summary != "", "匿名化した要旨を入力してください。");
        (Summary, SummarizedBy) = (summary, actor.Name);
    }

    /// <summary>Makes it a source of an issue.</summary>
    public void TakeInto(Issues.Issue issue, Actor actor, DateTimeOffset now)
    {
        RequireWaiting();
        Rule.Require(Summary != "", "先に、匿名化した要旨を書いてください。課題には要旨だけを見せます。");
        issue.RequireOpen();
        (IssueId, TakenAt, TakenBy) = (issue.Id, now, actor.Name);
        issue.Touch(now);
        Read(actor, now);
    }

    /// <summary>It stands alone again.</summary>
    public void Release()
    {
        Rule.Require(IssueId is not null, "この声は、どの課題にも入っていません。");
        (IssueId, TakenAt, TakenBy) = (null, null, null);
    }

    public void Close(string reason, Actor actor, DateTimeOffset now)
    {
        RequireWaiting();
        Rule.Require(reason != "", "終わりにする理由を入力してください。");
        (ClosedAt, ClosedBy, CloseReason) = (now, actor.Name, reason);
        Read(actor, now);
    }

    private void RequireWaiting()
    {
        Rule.Require(IssueId is null, "この声は、もう課題に入っています。");
        Rule.Require(ClosedAt is null, "この声は、もう終わりにしてあります。");
    }
}
