using System.ComponentModel.DataAnnotations;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Shared;
using Sasaeai.Japanese;

namespace Sasaeai.Features.Organizations;

/// <summary>What a person types about an organization.</summary>
public class OrganizationForm
{
    /// <summary>The version that the form was filled from; another one means that somebody was faster.</summary>
    public int Version { get; set; }

    [Display(Name = "団体の名称"), StringLength(120)]
    public string Name { get; set; } = "";

    [Display(Name = "名称のカナ"), StringLength(160)]
    public string? Kana { get; set; }

    [Display(Name = "通称"), StringLength(80)]
    public string? CommonName { get; set; }

    [Display(Name = "主体種別")]
    public string? Kind { get; set; }

    [Display(Name = "紹介文"), DataType(DataType.MultilineText), StringLength(2000)]
    public string? Description { get; set; }

    [Display(Name = "設立した日")]
    public DateInput? EstablishedOn { get; set; }

    [Display(Name = "法人番号"), RegularExpression("[0-9]{13}", ErrorMessage = "法人番号は13桁の数字で入力してください。")]
    public string? CorporateNumber { get; set; }

    [Display(Name = "会員数"), Range(0, 1_000_000)]
    public int? Members { get; set; }

    [Display(Name = "代表者"), StringLength(80)]
    public string? Representative { get; set; }

    [Display(Name = "代表者を公開してよい")]
    public bool RepresentativeIsPublic { get; set; }

    [Display(Name = "郵便番号"), RegularExpression("[0-9]{3}-?[0-9]{4}", ErrorMessage = "郵便番号は 123-4567 のように入力してください。")]
    public string? PostalCode { get; set; }

    [Display(Name = "住所"), StringLength(200)]
    public string? Address { get; set; }

    [Display(Name = "住所を公開してよい")]
    public bool AddressIsPublic { get; set; }

    [Display(Name = "電話番号"), Phone, StringLength(30)]
    public string? Phone { get; set; }

    [Display(Name = "電話番号を公開してよい")]
    public bool PhoneIsPublic { get; set; }

    [Display(Name = "メールアドレス"), EmailAddress, StringLength(200)]
    public string? Email { get; set; }

    [Display(Name = "メールアドレスを公開してよい")]
    public bool EmailIsPublic { get; set; }

    [Display(Name = "ホームページ"), Url, StringLength(500)]
    public string? Url { get; set; }

    [Display(Name = "職員用のメモ"), DataType(DataType.MultilineText), StringLength(2000)]
    public string? Note { get; set; }

    public static OrganizationForm Of(OrganizationContent content, int version) => new()
    {
        Version = version,
        Name = content.Name,
        Kana = content.Kana,
        CommonName = content.CommonName,
        Kind = content.Kind,
        Description = content.Description,
        EstablishedOn = content.EstablishedOn is { } day ? new DateInput(day) : null,
        CorporateNumber = content.CorporateNumber,
        Members = content.Members,
        Representative = content.Representative.Value,
        RepresentativeIsPublic = content.Representative.Publish,
        PostalCode = content.PostalCode,
        Address = content.Address.Value,
        AddressIsPublic = content.Address.Publish,
        Phone = content.Phone.Value,
        PhoneIsPublic = content.Phone.Publish,
        Email = content.Email.Value,
        EmailIsPublic = content.Email.Publish,
        Url = content.Url,
        Note = content.Note,
    };

    /// <summary>The content with everything that was typed; what the form does not ask stays.</summary>
    public OrganizationContent ApplyTo(OrganizationContent content) => content with
    {
        Name = Text(Name),
        Kana = Text(Kana),
        CommonName = Text(CommonName),
        Kind = string.IsNullOrEmpty(Kind) ? null : Kind,
        Description = Text(Description),
        EstablishedOn = ReadDay(),
        CorporateNumber = Text(CorporateNumber),
        Members = Members,
        Representative = new ContactField { Value = Text(Representative), Publish = RepresentativeIsPublic },
        PostalCode = Text(PostalCode),
        Address = new ContactField { Value = Text(Address), Publish = AddressIsPublic },
        Phone = new ContactField { Value = Text(Phone), Publish = PhoneIsPublic },
        Email = new ContactField { Value = Text(Email), Publish = EmailIsPublic },
        Url = Text(Url),
        Note = Text(Note),
    };

    /// <summary>A link in public pages may lead to the web only.</summary>
    public void RequireReadable()
    {
        Rule.Require(EstablishedOn is null || Wareki.TryReadDate(EstablishedOn.ToString(), out _), "設立した日は、令和8年6月15日 または 2026年6月15日 のように入力してください。");
        Rule.Require(string.IsNullOrEmpty(Url) || Uri.TryCreate(Url, UriKind.Absolute, out var uri) && uri.Scheme is ("https" or "http"), "ホームページは https:// で始まる形で入力してください。");
    }

    private DateOnly? ReadDay() => EstablishedOn is not null && Wareki.TryReadDate(EstablishedOn.ToString(), out var day) ? day : null;

    private static string Text(string? typed) => typed?.Trim() ?? "";
}
