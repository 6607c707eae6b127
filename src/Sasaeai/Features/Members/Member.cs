using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sasaeai.Data;
using Sasaeai.Features.Areas.Addresses;
using Sasaeai.Features.Categories;
using Sasaeai.Features.GroupClosings;
using Sasaeai.Japanese;

namespace Sasaeai.Features.Members;

public enum Gender
{
    [Display(Name = "男性")] Male,
    [Display(Name = "女性")] Female,
    [Display(Name = "答えない")] NotSaid,
}

public enum GenderWish
{
    [Display(Name = "どちらでもよい")] Any,
    [Display(Name = "男性がよい")] Male,
    [Display(Name = "女性がよい")] Female,
}

/// <summary>When a helper is free in each week.</summary>
public sealed record WeekSlot(DayOfWeek Day, TimeOnly From, TimeOnly Until);

/// <summary>Days on which the slots do not hold.</summary>
public sealed record AwayTime(DateOnly From, DateOnly Until, string Reason);

/// <summary>A course that a helper took, and until when it counts.</summary>
public sealed record CourseTaken(string Name, DateOnly On, DateOnly? Until = null);

/// <summary>What the register says of a person. Personal, hence never in the audit trail.</summary>
public sealed record MemberContent
{
    public Gender Gender { get; init; } = Gender.NotSaid;
    public int? BirthYear { get; init; }
    public string Email { get; init; } = "";

    // 協力会員
    /// <summary>Codes of <see cref="AbilityList"/>.</summary>
    public IReadOnlyList<string> CanDo { get; init; } = [];
    public string CanDoOther { get; init; } = "";
    public IReadOnlyList<WeekSlot> Slots { get; init; } = [];
    public string SlotNote { get; init; } = "";
    public IReadOnlyList<AwayTime> Away { get; init; } = [];
    public double? ReachKm { get; init; }
    /// <summary>How much the helper wants to do at most.</summary>
    public int? MostHoursAMonth { get; init; }
    public GenderWish Wish { get; init; }
    public bool HasCar { get; init; }
    public string Languages { get; init; } = "";
    public IReadOnlyList<CourseTaken> Courses { get; init; } = [];
    /// <summary>Where 謝礼 are transferred to; without it they are paid in cash.</summary>
    public BankAccount? Bank { get; init; }

    // 利用会員
    public IReadOnlyList<string> Needs { get; init; } = [];
    public string NeedsOther { get; init; } = "";
    public string EmergencyName { get; init; } = "";
    public string EmergencyPhone { get; init; } = "";
    /// <summary>Shown to 世話人 only when they ask for it, and to a helper while a visit is on.</summary>
    public string Care { get; init; } = "";
    public string IntroducedBy { get; init; } = "";
    /// <summary>「この人は避けて」: numbers of members whom this one does not want to meet, whoever helps whom. Why is not written.</summary>
    public IReadOnlyList<int> AvoidNumbers { get; init; } = [];

    public DateOnly? ConsentedOn { get; init; }
    public string Note { get; init; } = "";
}

/// <summary>Question 9 of document 004: what people can do.</summary>
public static class Abilities
{
    public static readonly IReadOnlyList<(string Code, string Words)> All =
    [
        ("meals", "配食の手伝い"), ("cooking", "調理"), ("cleaning", "掃除・洗濯"), ("shopping", "買い物代行"), ("outing", "外出同行(通院、散歩など)"), ("rubbish", "ゴミ出し"),
        ("watch", "見守り、声かけ"), ("salon", "サロンなど、通いの場のサポート"), ("driving", "外出時の送迎"), ("other", "その他"), ("none", "できない"),
    ];

    /// <summary>「できない」.</summary>
    public const string None = "none";
}

/// <summary>できること of a town: question 9 and what the town added in its settings, 「その他」 and 「できない」 last.</summary>
public sealed record AbilityList(IReadOnlyList<AbilityList.Item> Items)
{
    private const int Closing = 2;

    /// <param name="IsOffered">False when the town does not use it any more; members who have it keep it.</param>
    public sealed record Item(string Code, string Words, bool IsOffered);

    public static async Task<AbilityList> LoadAsync(AppDb db, DateOnly today)
    {
        var own = await db.CodeItems.AsNoTracking().Where(item => item.List == CodeList.Ability).OrderBy(item => item.Sort).ThenBy(item => item.Code).ToListAsync();
        var common = Abilities.All.Select(one => new Item(one.Code, one.Words, true)).ToList();
        return new AbilityList([.. common.Take(common.Count - Closing), .. own.Select(item => new Item(item.Code, item.Name, item.EndsOn is null || today <= item.EndsOn)), .. common.TakeLast(Closing)]);
    }

    public string WordsOf(string code) => Items.FirstOrDefault(item => item.Code == code)?.Words ?? code;

    public string WordsOf(IEnumerable<string> codes) => string.Join('、', codes.Select(WordsOf));

    public bool Knows(string code) => Items.Any(item => item.Code == code);

    /// <summary>The choices of a form: what is offered, and what was chosen before.</summary>
    public IEnumerable<SelectListItem> Choices(params IEnumerable<string> chosen) => Items.Where(item => item.IsOffered || chosen.Contains(item.Code)).Select(item => new SelectListItem(item.Words, item.Code));
}

/// <summary>A person of a group: 協力会員 (helps), 利用会員 (is helped), or both.</summary>
public class Member : TownRecord
{
    /// <summary>How much a user on monthly bills may owe at once.</summary>
    public const long BillLimitYen = 100_000;

    private Member()
    {
    }

    public Member(Guid groupId, int number, DateOnly joinedOn, DateTimeOffset now)
    {
        (GroupId, Number, JoinedOn, CreatedAt) = (groupId, number, joinedOn, now);
        Card = Convert.ToHexString(RandomNumberGenerator.GetBytes(10));
    }

    public Guid GroupId { get; private init; }
    public int Number { get; private init; }
    [Secret] public string Card { get; private set; } = "";
    [Secret] public string Name { get; private set; } = "";
    [Secret] public string Kana { get; private set; } = "";
    [Secret] public string NameKey { get; private set; } = "";
    [Secret] public string KanaKey { get; private set; } = "";
    [Secret] public string Phone { get; private set; } = "";
    /// <summary>The digits of the number.</summary>
    [Secret] public string PhoneKey { get; private set; } = "";
    [Secret] public string Address { get; private set; } = "";
    [Secret] public string AddressKey { get; private set; } = "";
    public Guid? AreaId { get; set; }
    public double? Lat { get; private set; }
    public double? Lng { get; private set; }
    public DateOnly? HelperSince { get; private set; }
    public DateOnly? UserSince { get; private set; }
    public DateOnly? InsuredUntil { get; set; }
    [Secret] public MemberContent Content { get; private set; } = new();
    /// <summary>The person agreed that the town's staff may see this record.</summary>
    public DateOnly? SharedOn { get; set; }
    /// <summary>The upload that brought the member.</summary>
    public Guid? ImportId { get; init; }
    public DateOnly JoinedOn { get; private init; }
    public DateOnly? LeftOn { get; private set; }
    public DateTimeOffset? ErasedAt { get; private set; }
    public int Version { get; private set; }
    public DateTimeOffset CreatedAt { get; private init; }
    public DateTimeOffset ChangedAt { get; private set; }

    public bool IsHelper => HelperSince is not null && LeftOn is null;
    public bool IsUser => UserSince is not null && LeftOn is null;
    public string Roles => string.Join('・', new[] { HelperSince is null ? "" : "協力", UserSince is null ? "" : "利用" }.Where(word => word != "")) + "会員";

    public void Change(string name, string kana, string phone, string address, MemberContent content, DateTimeOffset now)
    {
        Rule.Require(ErasedAt is null, "消した会員の記録は直せません。");
        Rule.Require(name.Trim() != "", "氏名を入力してください。");
        Rule.Require(content.Slots.All(slot => slot.Until > slot.From), "手伝える時間は、終わりを始まりより後にしてください。");
        (Name, Kana, Phone, Address, Content, ChangedAt) = (name.Trim(), kana.Trim(), phone.Trim(), address.Trim(), content, now);
        (NameKey, KanaKey, PhoneKey, AddressKey) = (Folding.Fold(name), Folding.Fold(kana == "" ? name : kana), PhoneDigits(phone), Areas.Addresses.AddressKey.Fold(address));
        Version++;
    }

    public void Place(double? lat, double? lng) => (Lat, Lng) = (lat, lng);

    /// <summary>What the person is from that day on; the first day stays.</summary>
    public void Be(bool helper, bool user, DateOnly day)
    {
        Rule.Require(helper || user, "協力会員か利用会員の、少なくとも一つを選んでください。");
        (HelperSince, UserSince) = (helper ? HelperSince ?? day : null, user ? UserSince ?? day : null);
    }

    public void Leave(DateOnly day, DateTimeOffset now)
    {
        Rule.Require(LeftOn is null, "すでに退会しています。");
        Rule.Require(day >= JoinedOn, "入会より前の日には退会できません。");
        (LeftOn, ChangedAt) = (day, now);
        Version++;
    }

    /// <summary>The person who left comes again, under the old number.</summary>
    public void Rejoin(DateTimeOffset now)
    {
        Rule.Require(LeftOn is not null, "退会していません。");
        Rule.Require(ErasedAt is null, "氏名などを消した会員です。新しい会員として登録してください。");
        (LeftOn, ChangedAt) = (null, now);
        Version++;
    }

    /// <summary>Takes away all that tells who it was. Number, dates and what the books count stay.</summary>
    public void Erase(DateTimeOffset now)
    {
        Rule.Require(LeftOn is not null, "退会してから消してください。");
        Rule.Require(ErasedAt is null, "この会員の記録は、すでに消してあります。");
        (Name, Kana, Phone, Address) = ($"(消した会員 {Number})", "", "", "");
        (NameKey, KanaKey, PhoneKey, AddressKey) = ("", "", "", "");
        (Content, Lat, Lng, AreaId, InsuredUntil, SharedOn) = (new MemberContent(), null, null, AreaId, null, null);
        (Card, ErasedAt, ChangedAt) = (Convert.ToHexString(RandomNumberGenerator.GetBytes(10)), now, now);
        Version++;
    }

    /// <summary>What a scanner reads from the card, or null when it is something else that was typed.</summary>
    public static string? CardOf(string said) => said.Trim().Normalize(System.Text.NormalizationForm.FormKC).ToUpperInvariant() is { Length: 20 } card && card.All(char.IsAsciiHexDigit) ? card : null;

    public static string PhoneDigits(string phone) => string.Concat(phone.Normalize(System.Text.NormalizationForm.FormKC).Where(char.IsAsciiDigit));

    /// <summary>Until the end of the transaction nobody else gives numbers in the group: two at once get two.</summary>
    public static Task HoldNumbersAsync(AppDb db, Guid groupId) => db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({db.TownId}, hashtext({$"members {groupId}"}))");

    /// <summary>The next free number of the group (<see cref="HoldNumbersAsync"/> first).</summary>
    public static async Task<int> NextNumberAsync(AppDb db, Guid groupId) => 1 + (await db.Members.Where(member => member.GroupId == groupId).MaxAsync(member => (int?)member.Number) ?? 0);
}

public class MemberMapping : IEntityTypeConfiguration<Member>
{
    public void Configure(EntityTypeBuilder<Member> builder)
    {
        builder.Property<uint>("xmin").IsRowVersion();
        builder.Property(member => member.Content).IsJson();
    }
}
