using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sasaeai.Data;
using Sasaeai.Features.Members;
using Sasaeai.Japanese;

namespace Sasaeai.Features.HelpRequests;

public enum RequestKind
{
    [Display(Name = "手伝いの依頼（需給調整）")] Help,
    [Display(Name = "相談だけ")] Consultation,
}

public enum RequestState
{
    [Display(Name = "受付中")] Open,
    [Display(Name = "すんだ")] Settled,
    [Display(Name = "取り下げ")] Withdrawn,
    [Display(Name = "応えられなかった")] Unmet,
}

/// <summary>What was said on the telephone. Personal, hence never in the audit trail.</summary>
public sealed record RequestContent
{
    /// <summary>Who called, when it was not the user: a name, a family member, a care manager.</summary>
    public string Caller { get; init; } = "";
    public string CallerPhone { get; init; } = "";
    /// <summary>Where; empty for the user's home.</summary>
    public string Place { get; init; } = "";
    public string Wishes { get; init; } = "";
    public GenderWish Gender { get; init; }
    /// <summary>What was talked over (相談).</summary>
    public string Talk { get; init; } = "";
}

/// <summary>What help is asked for, on the telephone form and in every visit that comes of it.</summary>
/// <param name="Minutes">Of one visit.</param>
/// <param name="Helpers">One or two.</param>
public sealed record HelpWanted(HelpKind Kind, string Detail, int Minutes, int Helpers)
{
    public void Check()
    {
        Rule.Require(Kind.Code != HelpKind.Other || Detail.Trim() != "", "「その他」のときは、何の手伝いかを書いてください。");
        Rule.Require(Minutes is >= 5 and <= 480, "かかる時間は5分から480分までにしてください。");
        Rule.Require(Helpers is 1 or 2, "手伝う人は1人か2人にしてください。");
    }
}

/// <summary>依頼: a call for help, or one that was only talked over.</summary>
public class HelpRequest : TownRecord
{
    private HelpRequest()
    {
    }

    public HelpRequest(Guid groupId, RequestKind kind, Guid? userId, HelpWanted wanted, RequestContent content, string byName, DateTimeOffset now)
    {
        Rule.Require(userId is not null || kind == RequestKind.Consultation, "手伝いの依頼は、利用する人を選ぶか、新しく登録してください。");
        (GroupId, Kind, UserId, ByName, ReceivedAt, ReceivedOn, Content) = (groupId, kind, userId, byName, now, now.Day(), content);
        Want(wanted);
        Version = 1;
        if (kind == RequestKind.Consultation)
        {
            Rule.Require(content.Talk.Trim() != "", "相談の内容を書いてください。");
            Close(RequestState.Settled, "相談", byName, now.Day());
        }
    }

    public Guid GroupId { get; private init; }
    public RequestKind Kind { get; private init; }
    public Guid? UserId { get; private init; }
    public string CategoryCode { get; private set; } = "";
    /// <summary>The common kind under which figures count it.</summary>
    public string CountedAs { get; private set; } = "";
    [Secret] public string Detail { get; private set; } = "";
    [Secret] public string DetailKey { get; private set; } = "";
    public int Minutes { get; private set; }
    public short Helpers { get; private set; }
    [Secret] public RequestContent Content { get; private set; } = new();
    public RequestState State { get; private set; }
    public DateTimeOffset ReceivedAt { get; private init; }
    public DateOnly ReceivedOn { get; private init; }
    public string ByName { get; private init; } = "";
    public DateOnly? ClosedOn { get; private set; }
    public string? ClosedBy { get; private set; }
    [Secret] public string CloseReason { get; private set; } = "";
    public int Version { get; private set; }

    public void Want(HelpWanted wanted)
    {
        Rule.Require(State == RequestState.Open || Kind == RequestKind.Consultation, "終わった依頼の内容は直せません。もう一度受け付けてから直してください。");
        wanted.Check();
        (CategoryCode, CountedAs, Detail, DetailKey) = (wanted.Kind.Code, wanted.Kind.CountedAs, wanted.Detail.Trim(), Folding.Fold(wanted.Detail));
        (Minutes, Helpers) = (wanted.Minutes, (short)wanted.Helpers);
        Version++;
    }

    /// <summary>What was said was taken down wrongly, or more was said.</summary>
    public void Say(RequestContent content)
    {
        Rule.Require(Kind == RequestKind.Help || content.Talk.Trim() != "", "相談の内容を書いてください。");
        Content = content;
        Version++;
    }

    /// <summary>Moves what 「その他」 said under a category that the group made of it.</summary>
    public void Count(HelpCategory category) => (CategoryCode, CountedAs) = (category.Code, category.CountedAs);

    public void Close(RequestState state, string reason, string byName, DateOnly day)
    {
        Rule.Require(State == RequestState.Open, "この依頼は、すでに終わっています。");
        Rule.Require(state is RequestState.Settled || reason.Trim() != "", "理由を書いてください。");
        (State, CloseReason, ClosedBy, ClosedOn) = (state, reason.Trim(), byName, day);
        Version++;
    }

    public void Reopen()
    {
        Rule.Require(State != RequestState.Open && Kind == RequestKind.Help, "この依頼は開いています。");
        (State, CloseReason, ClosedBy, ClosedOn) = (RequestState.Open, "", null, null);
        Version++;
    }
}

public class HelpRequestMapping : IEntityTypeConfiguration<HelpRequest>
{
    public void Configure(EntityTypeBuilder<HelpRequest> builder)
    {
        builder.Property<uint>("xmin").IsRowVersion();
        builder.Property(request => request.Content).IsJson();
    }
}
