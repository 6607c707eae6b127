using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Areas;
using Sasaeai.Features.GroupClosings;
using Sasaeai.Features.Shared;
using Sasaeai.Japanese;

namespace Sasaeai.Features.Groups;

/// <summary>What is asked of a group, on 「登録する」 and 「直す」 alike.</summary>
public class GroupForm
{
    [Display(Name = "団体の名前"), StringLength(100)]
    public string Name { get; set; } = "";

    [Display(Name = "ふりがな"), StringLength(100)]
    public string? Kana { get; set; }

    [Display(Name = "種類"), EnumDataType(typeof(GroupKind))]
    public GroupKind Kind { get; set; }

    [Display(Name = "地区")]
    public Guid? AreaId { get; set; }

    [Display(Name = "活動する範囲"), StringLength(200)]
    public string? Serves { get; set; }

    [Display(Name = "紹介文"), DataType(DataType.MultilineText), StringLength(2000)]
    public string? Description { get; set; }

    [Display(Name = "電話番号"), StringLength(40)]
    public string? Phone { get; set; }

    [Display(Name = "受付の時間"), StringLength(200)]
    public string? Hours { get; set; }

    [Display(Name = "すること")]
    public string[] Does { get; set; } = [];

    [Display(Name = "しないこと")]
    public string[] DoesNot { get; set; } = [];

    [Display(Name = "主な生活支援（言葉で）"), StringLength(200)]
    public string? DoesNote { get; set; }

    [Display(Name = "協力会員の年会費（円）"), Range(0, 100000)]
    public int HelperFeeYen { get; set; }

    [Display(Name = "利用会員の年会費（円）"), Range(0, 100000)]
    public int UserFeeYen { get; set; }

    [Display(Name = "有償・無償"), StringLength(20)]
    public string? Payment { get; set; }

    [Display(Name = "保険"), StringLength(200)]
    public string? Insurance { get; set; }

    [Display(Name = "保険の終わる日")]
    public DateInput? InsuredUntil { get; set; }

    [Display(Name = "締めた人がひとりで払える、ひと月の額（円）"), Range(0, 10000000)]
    public long PayoutLimitYen { get; set; } = 10_000;

    [Display(Name = "委託者コード"), StringLength(10)]
    public string? PayerCode { get; set; }

    [Display(Name = "銀行コード（4けた）"), StringLength(10)]
    public string? BankCode { get; set; }

    [Display(Name = "支店コード（3けた）"), StringLength(10)]
    public string? BranchCode { get; set; }

    [Display(Name = "当座預金（付けなければ普通預金）")]
    public bool IsCurrent { get; set; }

    [Display(Name = "口座番号"), StringLength(20)]
    public string? AccountNumber { get; set; }

    [Display(Name = "委託者の名前（カナ）"), StringLength(60)]
    public string? AccountHolder { get; set; }

    [Display(Name = "区（行政区）"), StringLength(40)]
    public string? Ward { get; set; }

    [Display(Name = "相談員の人数"), Range(0, 1000)]
    public int? Counsellors { get; set; }

    [Display(Name = "担い手の会の名前"), StringLength(100)]
    public string? HelperBody { get; set; }

    [Display(Name = "担い手の人数"), Range(0, 100000)]
    public int? HelpersReported { get; set; }

    [Display(Name = "アンケートで見つかった活動希望者の人数"), Range(0, 100000)]
    public int? FoundBySurvey { get; set; }

    [Display(Name = "そのほかの成果"), StringLength(200)]
    public string? Outcome { get; set; }

    public int Version { get; set; }

    public static GroupForm Of(HelpGroup group) => new()
    {
        Name = group.Name, Kana = group.Kana, Kind = group.Kind, AreaId = group.AreaId, Serves = group.Content.Serves, Description = group.Content.Description, Phone = group.Content.Phone, Hours = group.Content.Hours,
        Does = [.. group.Content.Does], DoesNot = [.. group.Content.DoesNot], DoesNote = group.Content.DoesNote, HelperFeeYen = group.Content.HelperFeeYen, UserFeeYen = group.Content.UserFeeYen, Payment = group.Content.Payment,
        Insurance = group.Content.Insurance, InsuredUntil = group.Content.InsuredUntil is { } day ? new DateInput(day) : null, PayoutLimitYen = group.Content.PayoutLimitYen,
        PayerCode = group.Content.PayerCode, BankCode = group.Content.Bank?.BankCode, BranchCode = group.Content.Bank?.BranchCode, IsCurrent = group.Content.Bank?.IsCurrent == true, AccountNumber = group.Content.Bank?.Number, AccountHolder = group.Content.Bank?.HolderKana,
        Ward = group.Content.Ward, Counsellors = group.Content.Counsellors, HelperBody = group.Content.HelperBody, HelpersReported = group.Content.HelpersReported, FoundBySurvey = group.Content.FoundBySurvey, Outcome = group.Content.Outcome, Version = group.Version,
    };

    public void ApplyTo(HelpGroup group, DateTimeOffset now)
    {
        DateOnly? until = null;
        if (InsuredUntil is { } typed)
        {
            Rule.Require(Wareki.TryReadDate(typed.ToString(), out var day), "「保険の終わる日」を日付として読めません。例：令和8年6月15日");
            until = day;
        }

        group.Change(Name, Kana ?? "", AreaId, Kind, group.Content with
        {
            Serves = Serves ?? "", Description = Description ?? "", Phone = Phone ?? "", Hours = Hours ?? "", Does = Does, DoesNot = DoesNot, DoesNote = DoesNote ?? "", HelperFeeYen = HelperFeeYen, UserFeeYen = UserFeeYen,
            Payment = Payment ?? "", Insurance = Insurance ?? "", InsuredUntil = until, PayoutLimitYen = PayoutLimitYen,
            PayerCode = PayerCode?.Trim() ?? "", Bank = BankAccount.Of(BankCode, BranchCode, IsCurrent, AccountNumber, AccountHolder),
            Ward = Ward ?? "", Counsellors = Counsellors, HelperBody = HelperBody ?? "", HelpersReported = HelpersReported, FoundBySurvey = FoundBySurvey, Outcome = Outcome ?? "",
        }, now);
    }
}

/// <summary>The choices of the form, loaded before anything is refused.</summary>
public sealed record GroupChoices(IReadOnlyList<SelectListItem> Areas, IReadOnlyList<SelectListItem> Categories)
{
    public static async Task<GroupChoices> LoadAsync(AppDb db) => new(
        await db.Areas.AsNoTracking().Where(area => area.Kind != AreaKind.Block && area.EndsOn == null).OrderBy(area => area.Kind).ThenBy(area => area.Code).Take(300).Select(area => new SelectListItem(area.Name, area.Id.ToString())).ToListAsync(),
        await db.Categories.AsNoTracking().Where(category => category.ParentCode != null && category.EndsOn == null).OrderBy(category => category.Sort).Take(200).Select(category => new SelectListItem(category.Name, category.Code)).ToListAsync());
}
