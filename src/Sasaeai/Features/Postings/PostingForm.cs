using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Forms;
using Sasaeai.Features.Shared;
using Sasaeai.Features.TownSettings;

namespace Sasaeai.Features.Postings;

/// <summary>What an officer writes of a posting.</summary>
public class PostingForm
{
    [Display(Name = "種類"), EnumDataType(typeof(PostingKind))]
    public PostingKind Kind { get; set; }

    [Display(Name = "名前"), Required(ErrorMessage = "名前を入力してください。"), StringLength(60)]
    public string PersonName { get; set; } = "";

    [Display(Name = "この人のアカウント")]
    public Guid? Account { get; set; }

    [Display(Name = "担当する地域"), Required(ErrorMessage = "担当する地域を選んでください。")]
    public Guid? Area { get; set; }

    [Display(Name = "層"), EnumDataType(typeof(PostingLayer))]
    public PostingLayer? Layer { get; set; }

    [Display(Name = "所属"), Required(ErrorMessage = "所属を選んでください。"), EnumDataType(typeof(Employer))]
    public Employer? Employer { get; set; }

    [Display(Name = "所属する団体"), StringLength(200)]
    public string? Organization { get; set; }

    [Display(Name = "委託している（チェックがなければ直営）")]
    public bool IsEntrusted { get; set; }

    [Display(Name = "常勤換算"), Range(0.01, 1)]
    public decimal? FullTimeShare { get; set; }

    [Display(Name = "1日の時間"), Range(0.25, 24)]
    public decimal? HoursADay { get; set; }

    [Display(Name = "週の日数"), Range(0.5, 7)]
    public decimal? DaysAWeek { get; set; }

    [Display(Name = "兼務している他の業務"), StringLength(200)]
    public string? OtherDuty { get; set; }

    [Display(Name = "メモ"), DataType(DataType.MultilineText), StringLength(1000)]
    public string? Note { get; set; }

    [Display(Name = "配置の始まりの日")]
    public DateInput StartsOn { get; set; } = null!;

    [Display(Name = "配置の終わりの日")]
    public DateInput? EndsOn { get; set; }

    public static PostingForm Of(Posting posting, string? organization) => new()
    {
        Kind = posting.Kind, PersonName = posting.PersonName, Account = posting.AccountId, Area = posting.AreaId, Layer = posting.Layer, Employer = posting.Employer, Organization = organization, IsEntrusted = posting.IsEntrusted,
        FullTimeShare = posting.FullTimeShare, HoursADay = posting.HoursADay, DaysAWeek = posting.DaysAWeek, OtherDuty = posting.OtherDuty, Note = posting.Note,
        StartsOn = new DateInput(posting.StartsOn), EndsOn = posting.EndsOn is { } end ? new DateInput(end) : null,
    };

    /// <exception cref="RuleBrokenException">Something does not fit; nothing was written.</exception>
    public async Task WriteAsync(Posting posting, AppDb db, IReadOnlyCollection<SelectListItem> areas, IReadOnlyCollection<SelectListItem> people)
    {
        Rule.Require(areas.Any(area => area.Value == Area.ToString()), "担当する地域を選び直してください。");
        Rule.Require(Account is null || people.Any(person => person.Value == Account.ToString()), "アカウントを選び直してください。");
        Rule.Require(Kind == PostingKind.Counsellor || Layer is not null, "コーディネーターの層を選んでください。");
        var from = Choices.Day(StartsOn, "配置の始まりの日");
        Rule.Require(from is not null, "配置の始まりの日を入力してください。");
        var body = PlainText.Of(Organization);
        var organization = body == "" ? null : await db.Organizations.Where(one => one.Name == body || one.Number == body).Select(one => (Guid?)one.Id).FirstOrDefaultAsync();
        Rule.Require(body == "" || organization is not null, $"「{body}」という団体は登録されていません。候補から選んでください。");
        (posting.Kind, posting.PersonName, posting.AccountId, posting.AreaId, posting.Layer) = (Kind, PlainText.Of(PersonName), Account, Area!.Value, Kind == PostingKind.Counsellor ? null : Layer);
        (posting.Employer, posting.OrganizationId, posting.IsEntrusted) = (Employer!.Value, organization, IsEntrusted);
        (posting.FullTimeShare, posting.HoursADay, posting.DaysAWeek, posting.OtherDuty, posting.Note) = (FullTimeShare, HoursADay, DaysAWeek, PlainText.Of(OtherDuty), PlainText.Of(Note));
        posting.Last(from!.Value, Choices.Day(EndsOn, "配置の終わりの日"));
        var others = await db.Postings.AsNoTracking().Where(other => other.AreaId == posting.AreaId && other.PersonName == posting.PersonName || other.AccountId != null && other.AccountId == posting.AccountId).ToListAsync();
        Rule.Require(!others.Any(posting.Repeats), "同じ人の、同じ地域と層の配置が、重なる期間にすでにあります。そちらを直してください。");
    }
}

/// <summary>A page that shows the form of a posting (_Fields.cshtml).</summary>
public interface IPostingFormPage
{
    PostingForm Form { get; }
    IReadOnlyList<SelectListItem> Areas { get; }
    IReadOnlyList<SelectListItem> People { get; }
    IReadOnlyList<string> Organizations { get; }
}

/// <summary>What the form of a posting chooses from.</summary>
public static class PostingChoices
{
    public static async Task<(IReadOnlyList<SelectListItem> Areas, IReadOnlyList<SelectListItem> People, IReadOnlyList<string> Organizations)> LoadAsync(AppDb db) => (
        await db.Areas.Where(area => area.Kind != Areas.AreaKind.Block).OrderBy(area => area.Kind).ThenBy(area => area.Code).Select(area => new SelectListItem(area.Name, area.Id.ToString())).Take(1000).ToListAsync(),
        await ActivityRecords.IndexModel.RecordersAsync(db),
        await db.Organizations.Where(organization => organization.ClosedOn == null).OrderBy(organization => organization.Kana).Select(organization => organization.Name).Take(500).ToListAsync());
}
