using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Sasaeai.Features.Areas;
using Sasaeai.Features.Categories;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Resources.Schedules;
using Sasaeai.Features.Shared;
using Sasaeai.Japanese;

namespace Sasaeai.Features.Records;

/// <summary>
/// A <see cref="ResourceContent"/> as people type it. What was not touched comes back exactly as it was, also where
/// the form shows it in words (schedule, tags).
/// </summary>
public class ResourceForm
{
    private const int EmptyClosures = 3;
    private const string Prefix = "Form.";
    private static readonly char[] BetweenTags = ['、', ',', '，', '\n'];

    [Display(Name = "名称"), StringLength(100)]
    public string Name { get; set; } = "";

    [Display(Name = "名称（カナ）"), StringLength(200)]
    public string? Kana { get; set; }

    [Display(Name = "通称"), StringLength(100)]
    public string? CommonName { get; set; }

    [Display(Name = "観点"), EnumDataType(typeof(Viewpoint), ErrorMessage = "観点を選んでください。")]
    public Viewpoint Viewpoint { get; set; }

    [Display(Name = "分類")]
    public string[] Categories { get; set; } = [];

    [Display(Name = "サービスの類型")]
    public string? ServiceKind { get; set; }

    [Display(Name = "説明"), DataType(DataType.MultilineText), StringLength(2000)]
    public string? Description { get; set; }

    [Display(Name = "実施団体")]
    public Guid? OrganizationId { get; set; }

    [Display(Name = "実施主体の名前"), StringLength(100)]
    public string? OperatorName { get; set; }

    [Display(Name = "会場"), StringLength(100)]
    public string? Venue { get; set; }

    [Display(Name = "郵便番号"), StringLength(10)]
    public string? PostalCode { get; set; }

    [Display(Name = "住所"), StringLength(200)]
    public string? Address { get; set; }

    [Display(Name = "建物・部屋"), StringLength(100)]
    public string? Building { get; set; }

    [Display(Name = "住所を公開する範囲"), EnumDataType(typeof(AddressDetail), ErrorMessage = "住所を公開する範囲を選んでください。")]
    public AddressDetail AddressDetail { get; set; }

    [Display(Name = "町丁目")]
    public Guid? BlockId { get; set; }

    [Display(Name = "緯度"), Range(20d, 46d)]
    public double? Lat { get; set; }

    [Display(Name = "経度"), Range(122d, 154d)]
    public double? Lng { get; set; }

    [Display(Name = "行き方"), DataType(DataType.MultilineText), StringLength(500)]
    public string? Access { get; set; }

    [Display(Name = "駐車場"), StringLength(200)]
    public string? Parking { get; set; }

    [Display(Name = "活動範囲")]
    public Guid[]? VisitAreas { get; set; }

    [Display(Name = "日時"), DataType(DataType.MultilineText), StringLength(2000)]
    public string? Schedule { get; set; }

    public List<ClosureRow> Closures { get; set; } = [];

    [Display(Name = "対象"), StringLength(500)]
    public string? ForWhom { get; set; }

    [Display(Name = "定員"), Range(0, 100_000)]
    public int? Capacity { get; set; }

    [Display(Name = "空き状況"), EnumDataType(typeof(Availability), ErrorMessage = "空き状況を選んでください。")]
    public Availability? Availability { get; set; }

    [Display(Name = "空き状況の期限")]
    public DateInput? AvailabilityUntil { get; set; }

    [Display(Name = "利用料の区分")]
    public string? FeeKind { get; set; }

    [Display(Name = "利用料（円）"), Range(0, 10_000_000)]
    public int? FeeYen { get; set; }

    [Display(Name = "利用料の説明"), StringLength(500)]
    public string? FeeNote { get; set; }

    [Display(Name = "参加・申込みの方法"), DataType(DataType.MultilineText), StringLength(1000)]
    public string? HowToJoin { get; set; }

    [Display(Name = "電話番号"), DataType(DataType.PhoneNumber), StringLength(100)]
    public string? Phone { get; set; }

    [Display(Name = "電話番号を公開してよい")]
    public bool PhonePublic { get; set; }

    [Display(Name = "FAX番号"), DataType(DataType.PhoneNumber), StringLength(100)]
    public string? Fax { get; set; }

    [Display(Name = "FAX番号を公開してよい")]
    public bool FaxPublic { get; set; }

    [Display(Name = "メールアドレス"), EmailAddress, StringLength(200)]
    public string? Email { get; set; }

    [Display(Name = "メールアドレスを公開してよい")]
    public bool EmailPublic { get; set; }

    [Display(Name = "担当者"), StringLength(100)]
    public string? Person { get; set; }

    [Display(Name = "担当者の名前を公開してよい")]
    public bool PersonPublic { get; set; }

    [Display(Name = "ホームページ"), DataType(DataType.Url), StringLength(500)]
    public string? Url { get; set; }

    [Display(Name = "バリアフリー")]
    public string[]? BarrierFree { get; set; }

    [Display(Name = "タグ"), StringLength(500)]
    public string? Tags { get; set; }

    [Display(Name = "公開範囲"), EnumDataType(typeof(Audience), ErrorMessage = "公開範囲を選んでください。")]
    public Audience Audience { get; set; }

    [Display(Name = "掲載同意日")]
    public DateInput? ConsentedOn { get; set; }

    [Display(Name = "情報源"), StringLength(200)]
    public string? Source { get; set; }

    [Display(Name = "内部メモ"), DataType(DataType.MultilineText), StringLength(4000)]
    public string? Note { get; set; }

    public class ClosureRow
    {
        [Display(Name = "休みの始まり"), StringLength(40)]
        public string? From { get; set; }

        [Display(Name = "休みの終わり"), StringLength(40)]
        public string? To { get; set; }

        [Display(Name = "休みの理由"), StringLength(100)]
        public string? Reason { get; set; }

        public bool IsEmpty => string.IsNullOrWhiteSpace(From + To + Reason);
    }

    public static ResourceForm Of(ResourceContent content) => new ResourceForm
    {
        Name = content.Name,
        Kana = content.Kana,
        CommonName = content.CommonName,
        Viewpoint = content.Viewpoint,
        Categories = [.. content.Categories],
        ServiceKind = content.ServiceKind,
        Description = content.Description,
        OrganizationId = content.OrganizationId,
        OperatorName = content.OperatorName,
        Venue = content.Venue,
        PostalCode = content.PostalCode,
        Address = content.Address,
        Building = content.Building,
        AddressDetail = content.AddressDetail,
        BlockId = content.BlockId,
        Lat = content.Lat,
        Lng = content.Lng,
        Access = content.Access,
        Parking = content.Parking,
        VisitAreas = [.. content.VisitAreas],
        Schedule = Written(content.Schedule),
        Closures = [.. content.Schedule.Closures.Select(closure => new ClosureRow { From = Wareki.Date(closure.From), To = closure.To is { } to ? Wareki.Date(to) : null, Reason = closure.Reason })],
        ForWhom = content.ForWhom,
        Capacity = content.Capacity,
        Availability = content.Availability,
        AvailabilityUntil = Boxes(content.AvailabilityUntil),
        FeeKind = content.FeeKind,
        FeeYen = content.FeeYen,
        FeeNote = content.FeeNote,
        HowToJoin = content.HowToJoin,
        Phone = content.Phone.Value,
        PhonePublic = content.Phone.Publish,
        Fax = content.Fax.Value,
        FaxPublic = content.Fax.Publish,
        Email = content.Email.Value,
        EmailPublic = content.Email.Publish,
        Person = content.Person.Value,
        PersonPublic = content.Person.Publish,
        Url = content.Url,
        BarrierFree = [.. content.BarrierFree],
        Tags = string.Join('、', content.Tags),
        Audience = content.Audience,
        ConsentedOn = Boxes(content.ConsentedOn),
        Source = content.Source,
        Note = content.Note,
    }.WithEmptyClosures();

    /// <summary>Three rows to write into, at the end.</summary>
    public ResourceForm WithEmptyClosures()
    {
        Closures.RemoveAll(row => row.IsEmpty);
        Closures.AddRange(Enumerable.Range(0, EmptyClosures).Select(_ => new ClosureRow()));
        return this;
    }

    /// <summary>The content that was typed, on top of the one that the form was made from. What cannot be read is added to the errors.</summary>
    /// <param name="by">Fields that this editor does not keep stay as they are, whatever was sent.</param>
    public ResourceContent Read(ResourceContent onto, TownLists lists, ModelStateDictionary errors, Editor by = Editor.Staff)
    {
        var address = Text(Address, onto.Address);
        var content = onto with
        {
            Name = Text(Name, onto.Name),
            Kana = Text(Kana, onto.Kana),
            CommonName = Text(CommonName, onto.CommonName),
            Description = Text(Description, onto.Description),
            Venue = Text(Venue, onto.Venue),
            PostalCode = Text(PostalCode, onto.PostalCode),
            Address = address,
            Building = Text(Building, onto.Building),
            AddressDetail = AddressDetail,
            BlockId = Block(by == Editor.Operator ? onto.BlockId : BlockId, address, onto, lists),
            Access = Text(Access, onto.Access),
            Parking = Text(Parking, onto.Parking),
            BarrierFree = Codes(BarrierFree, onto.BarrierFree),
            Schedule = ReadSchedule(onto.Schedule, errors),
            ForWhom = Text(ForWhom, onto.ForWhom),
            Capacity = Capacity,
            Availability = Availability,
            AvailabilityUntil = Date(AvailabilityUntil, nameof(AvailabilityUntil), "空き状況の期限", errors),
            FeeKind = FeeKind,
            FeeYen = FeeYen,
            FeeNote = Text(FeeNote, onto.FeeNote),
            HowToJoin = Text(HowToJoin, onto.HowToJoin),
            Phone = Contact(Phone, PhonePublic, onto.Phone),
            Fax = Contact(Fax, FaxPublic, onto.Fax),
            Email = Contact(Email, EmailPublic, onto.Email),
            Person = Contact(Person, PersonPublic, onto.Person),
            Url = Text(Url, onto.Url),
        };
        if (by != Editor.Operator)
        {
            content = content with
            {
                Viewpoint = Viewpoint,
                Categories = Codes(Categories, onto.Categories),
                ServiceKind = ServiceKind,
                OrganizationId = OrganizationId,
                OperatorName = Text(OperatorName, onto.OperatorName),
                Lat = Lat,
                Lng = Lng,
                VisitAreas = Codes(VisitAreas, onto.VisitAreas),
                Tags = Clean(Tags) == string.Join('、', onto.Tags) ? onto.Tags : [.. Clean(Tags).Split(BetweenTags, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct()],
            };
        }

        if (by == Editor.Staff)
        {
            content = content with
            {
                Source = Text(Source, onto.Source),
                Audience = Audience,
                ConsentedOn = Date(ConsentedOn, nameof(ConsentedOn), "掲載同意日", errors),
                Note = Text(Note, onto.Note),
            };
        }

        Check(content, onto, lists, errors);
        return content;
    }

    /// <summary>The rules and the note in words; closures have rows of their own.</summary>
    public static string Written(Schedule schedule) => (schedule with { Closures = [] }).InJapanese();

    private Schedule ReadSchedule(Schedule onto, ModelStateDictionary errors)
    {
        var (typed, unread) = Clean(Schedule) == Clean(Written(onto)) ? (onto with { Closures = [] }, []) : ScheduleReader.Read(Clean(Schedule));
        var closures = new List<Closure>();
        foreach (var (number, row) in Closures.Index())
        {
            if (row.IsEmpty)
            {
                continue;
            }

            if (!Wareki.TryReadDate(row.From, out var from))
            {
                errors.AddModelError($"{Prefix}Closures[{number}].From", "休みの始まりの日を「令和8年8月13日」のように入力してください。");
            }
            else if (string.IsNullOrWhiteSpace(row.To))
            {
                closures.Add(new(from, null, Reason(row)));
            }
            else if (!Wareki.TryReadDate(row.To, out var to) || to < from)
            {
                errors.AddModelError($"{Prefix}Closures[{number}].To", "休みの終わりの日は、始まりの日以後の日を「令和8年8月15日」のように入力してください。決まっていなければ空けてください。");
            }
            else
            {
                closures.Add(new(from, to, Reason(row)));
            }
        }

        closures.AddRange(typed.Closures);
        foreach (var problem in typed.Problems())
        {
            errors.AddModelError(Prefix + nameof(Schedule), problem);
        }

        return typed with { Closures = closures.SequenceEqual(onto.Closures) ? onto.Closures : closures };
    }

    private static string? Reason(ClosureRow row) => Clean(row.Reason) is { Length: > 0 } reason ? reason : null;

    /// <summary>Found from the address when none is chosen, and again when the address moved away under it.</summary>
    private static Guid? Block(Guid? chosen, string address, ResourceContent onto, TownLists lists) =>
        chosen is null || chosen == onto.BlockId && address != onto.Address ? lists.BlockOf(address) ?? chosen : chosen;

    private static void Check(ResourceContent content, ResourceContent onto, TownLists lists, ModelStateDictionary errors)
    {
        void Require(bool holds, string field, string otherwise)
        {
            if (!holds)
            {
                errors.AddModelError(Prefix + field, otherwise);
            }
        }

        Require(content.Categories.Count > 0, nameof(Categories), "分類を一つ以上選んでください。");
        Require(content.Categories.All(lists.HasCategory), nameof(Categories), "分類に、分類表にないものがあります。選び直してください。");
        Require(content.ServiceKind is null || content.ServiceKind == onto.ServiceKind || lists.HasCode(CodeList.ServiceKind, content.ServiceKind), nameof(ServiceKind), "サービスの類型を選び直してください。");
        Require(content.FeeKind is null || content.FeeKind == onto.FeeKind || lists.HasCode(CodeList.FeeKind, content.FeeKind), nameof(FeeKind), "利用料の区分を選び直してください。");
        Require(content.BarrierFree.All(code => lists.HasCode(CodeList.BarrierFree, code) || onto.BarrierFree.Contains(code)), nameof(BarrierFree), "バリアフリーを選び直してください。");
        Require(content.OrganizationId is not { } organization || lists.HasOrganization(organization), nameof(OrganizationId), "実施団体を選び直してください。");
        Require(content.BlockId is null || content.BlockId == onto.BlockId || lists.Areas.Find(content.BlockId) is { Kind: AreaKind.Block }, nameof(BlockId), "町丁目を選び直してください。");
        Require(content.VisitAreas.All(area => lists.Areas.Find(area) is not null || onto.VisitAreas.Contains(area)), nameof(VisitAreas), "活動範囲を選び直してください。");
        Require(content.Lat is null == content.Lng is null, nameof(Lng), "緯度と経度は両方を入力するか、両方を空けてください。");
        Require(content.Url == "" || content.Url == onto.Url || Uri.TryCreate(content.Url, UriKind.Absolute, out var url) && url.Scheme is "http" or "https", nameof(Url), "ホームページは https:// で始まる形で入力してください。");
    }

    private static DateOnly? Date(DateInput? typed, string field, string label, ModelStateDictionary errors)
    {
        if (typed is null)
        {
            return null;
        }

        if (Wareki.TryReadDate(typed.ToString(), out var day))
        {
            return day;
        }

        if (errors.GetFieldValidationState(Prefix + field) == ModelValidationState.Invalid)
        {
            return null;        // told already, when the boxes were read
        }

        errors.AddModelError(Prefix + field, $"{label}の年・月・日を確かめてください。年は「令和8」「R8」「2026」のように入力できます。");
        return null;
    }

    private static DateInput? Boxes(DateOnly? day) => day is { } known ? new DateInput(known) : null;

    private static ContactField Contact(string? typed, bool publish, ContactField was) => new() { Value = Text(typed, was.Value), Publish = publish };

    private static string Text(string? typed, string was) => Clean(typed) is var clean && clean == Clean(was) ? was : clean;

    private static string Clean(string? typed) => (typed ?? "").ReplaceLineEndings("\n").Trim();

    /// <summary>Boxes come back in the order of the page; the same choice is no change.</summary>
    private static IReadOnlyList<T> Codes<T>(T[]? chosen, IReadOnlyList<T> was) =>
        (chosen ?? []).Where(choice => choice is not null).Distinct().ToList() is var now && new HashSet<T>(was).SetEquals(now) ? was : now;
}

/// <summary>What the form's partial shows: the form, its choices, and what was understood of the written schedule.</summary>
/// <param name="by">Sees the fields that this editor keeps.</param>
/// <param name="organizations">Groups that a 世話人 runs and chooses among.</param>
public sealed class ResourceFormView(ResourceForm form, TownLists lists, Editor by, IReadOnlySet<Guid>? organizations = null)
{
    public ResourceForm Form => form;
    public TownLists Lists => lists;
    public Editor By => by;
    public IReadOnlySet<Guid>? OwnOrganizations => by == Editor.Group ? organizations : null;

    /// <summary>The written schedule as it is understood; null while nothing is written.</summary>
    public ScheduleReading? Reading { get; } = ScheduleReading.Of(form.Schedule, lists);
}

/// <param name="Sentences">One for each rule understood.</param>
/// <param name="NextDays">The next days that these give.</param>
/// <param name="Unread">Parts that stay as written.</param>
public sealed record ScheduleReading(IReadOnlyList<string> Sentences, IReadOnlyList<DateOnly> NextDays, IReadOnlyList<string> Unread)
{
    public static ScheduleReading? Of(string? written, TownLists lists)
    {
        if (string.IsNullOrWhiteSpace(written))
        {
            return null;
        }

        var (schedule, unread) = ScheduleReader.Read(written);
        return new(
            [.. schedule.Rules.Select(rule => rule.InJapanese()), .. schedule.Closures.Select(closure => closure.InJapanese())],
            schedule.NextDays(lists.Today, 4, lists.Holidays), unread);
    }
}
