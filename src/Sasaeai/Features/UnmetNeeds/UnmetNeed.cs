using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sasaeai.Data;
using Sasaeai.Features.HelpRequests;
using Sasaeai.Features.Members;

namespace Sasaeai.Features.UnmetNeeds;

public enum UnmetReason
{
    [Display(Name = "担い手が足りない")] NoHelper,
    [Display(Name = "時間の合う人がいない")] NoTime,
    [Display(Name = "できる人がいない")] NoSkill,
    [Display(Name = "遠くて行けない")] TooFar,
    [Display(Name = "団体ではしない内容")] NotOffered,
    [Display(Name = "専門の手が要る")] NeedsProfessional,
    [Display(Name = "そのほか")] Other,
}

public enum UnmetRoute
{
    [Display(Name = "どこにもつながない")] Nowhere,
    [Display(Name = "ほかの助け合い団体につなぐ")] Group,
    [Display(Name = "専門のサービスにつなぐ")] Service,
}

public enum ReferralAnswer
{
    [Display(Name = "引き受けた")] Taken,
    [Display(Name = "引き受けられない")] Declined,
}

/// <summary>What another group must know to help: told with the person's consent, and taken away when that group has answered.</summary>
public sealed record ReferredPerson(string Name, string Kana, string Phone, string Address, string Words, string Detail, int Minutes, short Helpers);

/// <summary>応えられなかった依頼: why, and where the person was sent.</summary>
public class UnmetNeed : TownRecord
{
    private UnmetNeed()
    {
    }

    public UnmetNeed(HelpRequest request, Guid? areaId, UnmetReason reason, string byName, DateOnly day) =>
        (GroupId, RequestId, AreaId, CountedAs, Reason, ByName, NotedOn) = (request.GroupId, request.Id, areaId, request.CountedAs, reason, byName, day);

    public Guid GroupId { get; private init; }
    public Guid RequestId { get; private init; }
    public Guid? AreaId { get; private init; }
    public string CountedAs { get; private init; } = "";
    public UnmetReason Reason { get; private init; }
    public UnmetRoute WentTo { get; private set; }
    public Guid? ToGroupId { get; private set; }
    public string Service { get; private set; } = "";
    [Secret] public ReferredPerson? Person { get; private set; }
    public DateOnly? ConsentedOn { get; private set; }
    public DateOnly NotedOn { get; private init; }
    public string ByName { get; private init; } = "";
    public ReferralAnswer? Answer { get; private set; }
    public DateOnly? AnsweredOn { get; private set; }
    public string? AnsweredBy { get; private set; }

    public void SendTo(Guid groupId, ReferredPerson person, bool consents)
    {
        Rule.Require(consents, "本人の同意を確かめてから、ほかの団体につないでください。同意がないときは、つなげません。");
        Rule.Require(groupId != GroupId, "ほかの団体を選んでください。");
        (WentTo, ToGroupId, Person, ConsentedOn) = (UnmetRoute.Group, groupId, person, NotedOn);
    }

    public void SendTo(string service)
    {
        Rule.Require(service.Trim() != "", "つないだサービスの名前を入力してください。");
        (WentTo, Service) = (UnmetRoute.Service, service.Trim());
    }

    /// <summary>The other group answers; who it was is not kept here any longer.</summary>
    public void Reply(ReferralAnswer answer, string byName, DateOnly day)
    {
        Rule.Require(Answer is null, "この紹介には、すでに答えてあります。");
        (Answer, AnsweredBy, AnsweredOn, Person) = (answer, byName, day, null);
    }

    /// <summary>The group that sent the person does not ask any more.</summary>
    public void Recall(string byName, DateOnly day) => Reply(ReferralAnswer.Declined, $"{byName}（取り下げ）", day);

    /// <summary>The group takes the person over: a member found by the telephone number, or a new one, and an open request.</summary>
    public async Task<HelpRequest> TakeAsync(AppDb db, MemberPlaces places, string byName, DateTimeOffset now)
    {
        var person = Person ?? throw new NotFoundException();
        var key = Member.PhoneDigits(person.Phone);
        var user = key == "" ? null : await db.Members.FirstOrDefaultAsync(member => member.GroupId == ToGroupId && member.PhoneKey == key && member.LeftOn == null && member.Name == person.Name);
        if (user is null)
        {
            await Member.HoldNumbersAsync(db, ToGroupId!.Value);
            user = new Member(ToGroupId!.Value, await Member.NextNumberAsync(db, ToGroupId.Value), now.Day(), now) { AreaId = AreaId };
            user.Be(helper: false, user: true, now.Day());
            user.Change(person.Name, person.Kana, person.Phone, person.Address, new MemberContent { IntroducedBy = "ほかの助け合い団体", ConsentedOn = ConsentedOn }, now);
            await places.PlaceAsync(user);
            db.Members.Add(user);
        }
        else
        {
            user.Be(user.IsHelper, user: true, now.Day());
        }

        var kind = HelpKind.Common.FirstOrDefault(one => one.Code == CountedAs) ?? HelpKind.Common[^1];
        var request = new HelpRequest(ToGroupId!.Value, RequestKind.Help, user.Id, new HelpWanted(kind, person.Detail == "" ? person.Words : person.Detail, person.Minutes, person.Helpers), new RequestContent(), byName, now);
        db.HelpRequests.Add(request);
        Reply(ReferralAnswer.Taken, byName, now.Day());
        return request;
    }
}

public class UnmetNeedMapping : IEntityTypeConfiguration<UnmetNeed>
{
    public void Configure(EntityTypeBuilder<UnmetNeed> builder)
    {
        builder.Property<uint>("xmin").IsRowVersion();
        builder.Property(need => need.Person).IsJson();
    }
}
