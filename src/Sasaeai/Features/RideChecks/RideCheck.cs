using System.ComponentModel.DataAnnotations;
using Sasaeai.Data;

namespace Sasaeai.Features.RideChecks;

/// <summary>What a helper may receive for driving without a permission of 道路運送法: nothing, thanks that were not asked for, or actual costs.</summary>
public enum RidePayment
{
    [Display(Name = "何も受け取らない（無償）")] Free,
    [Display(Name = "利用する人がすすんで渡すお礼だけを受け取る（任意の謝礼）")] Voluntary,
    [Display(Name = "実費だけを受け取る（実費の内訳）")] Costs,
}

/// <summary>The check list before a helper's first ride with a user.</summary>
/// <remarks>国土交通省の通達（道路運送法における許可又は登録を要しない運送の態様について）による。</remarks>
public class RideCheck : TownRecord
{
    public required Guid GroupId { get; init; }
    public required Guid MemberId { get; init; }
    public required RidePayment Payment { get; init; }
    public required string[] CostLines { get; init; }
    public required string[] Items { get; init; }
    public required DateOnly LicenceUntil { get; init; }
    /// <summary>Of the car.</summary>
    public required DateOnly InsuredUntil { get; init; }
    public required DateOnly CheckedOn { get; init; }
    public required string ByName { get; init; }

    /// <summary>All must be true before the first ride.</summary>
    public static readonly IReadOnlyList<(string Code, string Words)> All =
    [
        ("no_fare", "距離や時間で決めた運賃を受け取らない（料金表に送迎の料金がない）"),
        ("not_asked", "お礼を求めない。お礼の額を決めたり、すすめたりしない"),
        ("actual_only", "受け取る実費は、その送迎にかかった燃料代・高速道路代・駐車場代だけにする"),
        ("ticket_apart", "ありがとう券は付き添いの時間だけに使い、車を走らせる時間の代わりにしない"),
        ("driver", "運転免許証と車の任意保険を見せてもらい、期限を確かめた"),
        ("health", "体調が悪い日、天候の悪い日は運転しないことを話し合った"),
    ];

    /// <summary>What may be received as actual costs.</summary>
    public static readonly IReadOnlyList<string> Costs = ["燃料代", "高速道路代", "駐車場代"];

    public bool HoldsOn(DateOnly day) => day <= LicenceUntil && day <= InsuredUntil;
}
