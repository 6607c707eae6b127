using Microsoft.AspNetCore.Mvc.Rendering;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Shared;

namespace Sasaeai.Features.Records;

/// <summary>What staff call the values of a record.</summary>
public static class ResourceWords
{
    public static string InWords(this Viewpoint value) => WrittenWords.Viewpoints.Write(value);

    public static string InWords(this Availability value) => WrittenWords.Availabilities.Write(value);

    public static string InWords(this Audience value) => WrittenWords.Audiences.Write(value);

    public static string InWords(this AddressDetail value) => value switch
    {
        AddressDetail.Full => "住所をすべて公開する",
        AddressDetail.Block => "町丁目まで公開する",
        _ => "場所は公開しない",
    };

    public static string InWords(this ResourceState value) => WrittenWords.States.Write(value);

    public static string InWords(this VerificationWay value) => value switch
    {
        VerificationWay.Phone => "電話",
        VerificationWay.Visit => "訪問",
        VerificationWay.Operator => "本人（実施主体）",
        _ => "自動",
    };

    public static string InWords(this Freshness value) => value switch
    {
        Freshness.Fresh => "確認済み",
        Freshness.DueSoon => "確認が近い",
        Freshness.Unverified => "未確認",
        _ => "期限切れ（非公開）",
    };

    public static Status Status(this Freshness value) => value switch
    {
        Freshness.Fresh => Shared.Status.Verified,
        Freshness.DueSoon => Shared.Status.DueSoon,
        _ => Shared.Status.Unverified,
    };

    public static string InWords(this RevisionSource value) => value switch
    {
        RevisionSource.Staff => "職員・SC",
        RevisionSource.Operator => "実施主体（確認リンク）",
        RevisionSource.Group => "団体の世話人",
        _ => "取り込み",
    };

    public static string InWords(this RevisionState value) => value switch
    {
        RevisionState.Pending => "承認待ち",
        RevisionState.Approved => "採用",
        _ => "不採用",
    };

    public static string InWords(this RevisionKind value) => value switch
    {
        RevisionKind.Change => "内容の修正",
        RevisionKind.Ending => "掲載の終了",
        _ => "再掲載",
    };

    /// <summary>Every value of the enumeration as a choice.</summary>
    public static IEnumerable<SelectListItem> Choices<T>(Func<T, string> inWords) where T : struct, Enum =>
        Enum.GetValues<T>().Select(value => new SelectListItem(inWords(value), value.ToString()));
}
