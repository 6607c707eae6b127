using System.ComponentModel.DataAnnotations;
using Sasaeai.Data;
using Sasaeai.Features.Attachments;
using Sasaeai.Features.Postings;

namespace Sasaeai.Features.ActivityRecords;

/// <summary>Who may read what was written; that something was done, where and of which kind, all staff see.</summary>
public enum ActivityAudience
{
    [Display(Name = "職員・SC・相談員")] Staff,
    [Display(Name = "この圏域の担当者だけ")] Area,
    [Display(Name = "自分だけ")] Own,
}

/// <summary>活動記録: one thing that a coordinator did. A draft until it is completed; only its recorder changes it.</summary>
public class ActivityRecord : TownRecord
{
    public required Guid AccountId { get; init; }
    /// <summary>The recorder's name at that time.</summary>
    public required string ByName { get; init; }
    public DateOnly OnDay { get; private set; }
    public TimeOnly? StartsAt { get; private set; }
    public int? Minutes { get; private set; }
    public Guid? AreaId { get; private set; }
    /// <summary>1 第1層相当, 2 第2層相当.</summary>
    public int? Layer { get; private set; }
    /// <summary>Codes of 集める, 伝える, ….</summary>
    public string[] Functions { get; private set; } = [];
    /// <summary>Codes of the national list and the town's own kinds; a record may be of several.</summary>
    public string[] Kinds { get; private set; } = [];
    public string? Way { get; private set; }
    /// <summary>A private person, named as far as the work needs it.</summary>
    [Secret] public string PersonName { get; private set; } = "";
    public Guid? OrganizationId { get; private set; }
    public Guid? ResourceId { get; private set; }
    public Guid? MeetingId { get; private set; }
    public int? HeadCount { get; private set; }
    [Secret] public string What { get; private set; } = "";
    /// <summary>気づき.</summary>
    [Secret] public string Noticed { get; private set; } = "";
    [Secret] public string NextStep { get; private set; } = "";
    public DateOnly? NextDue { get; private set; }
    public DateTimeOffset? NextDoneAt { get; private set; }
    public ActivityAudience Audience { get; private set; }
    public int Version { get; private set; }
    /// <summary>The form that wrote last, and its how manyeth writing that was.</summary>
    public Guid WrittenBy { get; private set; }
    public int WrittenNo { get; private set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset ChangedAt { get; private set; }
    /// <summary>Null for a draft, which counts nowhere.</summary>
    public DateTimeOffset? CompletedAt { get; private set; }

    public bool IsDraft => CompletedAt is null;

    public ActivityContent Content => new()
    {
        OnDay = OnDay, StartsAt = StartsAt, Minutes = Minutes, AreaId = AreaId, Layer = Layer, Functions = Functions, Kinds = Kinds, Way = Way,
        PersonName = PersonName, OrganizationId = OrganizationId, ResourceId = ResourceId, MeetingId = MeetingId, HeadCount = HeadCount,
        What = What, Noticed = Noticed, NextStep = NextStep, NextDue = NextDue, Audience = Audience,
    };

    /// <summary>Whether this came already: the same form sent it again, or a later writing of it arrived first.</summary>
    public bool HasFrom(Guid form, int no) => WrittenBy == form && no <= WrittenNo;

    /// <param name="form">The form that writes.</param>
    /// <param name="no">Counts what that form has written, from 1.</param>
    public void Write(ActivityContent content, Guid form, int no, DateTimeOffset now)
    {
        Rule.Require(content.OnDay <= now.Day().AddDays(1), "活動した日が先の日付です。予定は「次の一歩」に書いてください。");
        Rule.Require(content.NextDue is null || content.NextStep != "", "次の一歩の期限だけが入っています。何をするかも書いてください。");
        if ((content.NextStep, content.NextDue) != (NextStep, NextDue))
        {
            NextDoneAt = null;
        }

        (OnDay, StartsAt, Minutes, AreaId, Layer) = (content.OnDay, content.StartsAt, content.Minutes, content.AreaId, content.Layer);
        (Functions, Kinds, Way) = (content.Functions, content.Kinds, content.Way);
        (PersonName, OrganizationId, ResourceId, MeetingId, HeadCount) = (content.PersonName, content.OrganizationId, content.ResourceId, content.MeetingId, content.HeadCount);
        (What, Noticed, NextStep, NextDue, Audience) = (content.What, content.Noticed, content.NextStep, content.NextDue, content.Audience);
        (WrittenBy, WrittenNo, ChangedAt, Version) = (form, no, now, Version + 1);
    }

    /// <summary>From now on it counts.</summary>
    /// <param name="posted">What the recorder's postings come to on that day: whoever holds one layer works in that one, whoever holds both says which.</param>
    public void Complete(PostingLayer? posted, DateTimeOffset now)
    {
        Layer ??= posted switch { PostingLayer.First => 1, PostingLayer.Second => 2, _ => null };
        Rule.Require(AreaId is not null, "圏域を選んでください。");
        Rule.Require(Layer is not null, posted == PostingLayer.Both ? "第1層と第2層を兼務しているので、どちらの層の活動かを選んでください。" : "どちらの層の活動かを選んでください。");
        Rule.Require(Kinds.Length > 0, "活動の種類を一つ以上選んでください。");
        Rule.Require(Way is not null, "方法を選んでください。");
        Rule.Require(What != "", "したことを書いてください。");
        CompletedAt ??= now;
    }

    /// <summary>The next step was taken.</summary>
    public void Keep(DateTimeOffset now)
    {
        Rule.Require(NextStep != "", "この記録に次の一歩はありません。");
        NextDoneAt ??= now;
    }
}

/// <summary>What a form says of an activity.</summary>
public sealed record ActivityContent
{
    public required DateOnly OnDay { get; init; }
    public TimeOnly? StartsAt { get; init; }
    public int? Minutes { get; init; }
    public Guid? AreaId { get; init; }
    public int? Layer { get; init; }
    public string[] Functions { get; init; } = [];
    public string[] Kinds { get; init; } = [];
    public string? Way { get; init; }
    public string PersonName { get; init; } = "";
    public Guid? OrganizationId { get; init; }
    public Guid? ResourceId { get; init; }
    public Guid? MeetingId { get; init; }
    public int? HeadCount { get; init; }
    public string What { get; init; } = "";
    public string Noticed { get; init; } = "";
    public string NextStep { get; init; } = "";
    public DateOnly? NextDue { get; init; }
    public ActivityAudience Audience { get; init; }
}

/// <summary>A photo of an activity, without what the camera wrote into it.</summary>
public class ActivityPhoto : TownRecord
{
    public required Guid ActivityRecordId { get; init; }
    public required string MediaType { get; set; }
    public required string FileName { get; set; }
    public required byte[] Bytes { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? RemovedAt { get; set; }

    /// <summary>The form that brought it was sent again with another picture.</summary>
    public void Replace(CleanFile clean) => (MediaType, FileName, Bytes, RemovedAt) = (clean.MediaType, NameOf(clean), clean.Bytes, null);

    public static string NameOf(CleanFile clean) => $"photo.{clean.MediaType[6..]}";

    /// <exception cref="NotFoundException">The record has no such photo.</exception>
    public static async Task<ActivityPhoto> OfAsync(AppDb db, Guid record, Guid photo) =>
        await db.FindAsync<ActivityPhoto>(photo) is { RemovedAt: null } found && found.ActivityRecordId == record ? found : throw new NotFoundException();
}
