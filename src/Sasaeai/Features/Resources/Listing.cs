using Sasaeai.Features.Categories;
using Sasaeai.Features.Directory;
using Sasaeai.Features.Resources.Schedules;
using Sasaeai.Features.Shared;
using Sasaeai.Japanese;

namespace Sasaeai.Features.Resources;

/// <summary>A published resource in the words that residents read today.</summary>
/// <param name="Km">How far it is from where they are, if they said.</param>
public sealed record Listing(PublishedResource Resource, DirectoryToday Town, int MunicipalityId, double? Km = null)
{
    private const double MetresAMinute = 80;    // 不動産の表示に関する公正競争規約施行規則 第9条

    public string Path => Town.PathOf(MunicipalityId, Resource.Id);
    public bool IsUnverified => Resource.VerifiedOn is null || Resource.IsUnverifiedOn(Town.Today);
    public Closure? Closure => Resource.Schedule.Closures.FirstOrDefault(closure => Town.Today >= closure.From && !(Town.Today > closure.To));

    /// <summary>「となりの○○市」, for another town's.</summary>
    public string? OfNeighbour => MunicipalityId == Town.Directory.Town.Id ? null : $"となりの{Town.Directory.TownOf(MunicipalityId).Name}";

    public IEnumerable<Status> Chips =>
    [
        IsUnverified ? Status.Unverified : Status.Verified,
        .. Closure is null ? [] : new[] { Status.Paused },
        .. Resource.AvailabilityOn(Town.Today) switch { Availability.Open => [Status.Open], Availability.Ask => [Status.AskFirst], Availability.Full => [Status.Full], _ => Array.Empty<Status>() },
    ];

    public string Categories => string.Join('、', Resource.Categories.Select(code => Town.Directory.Category(code)?.Name).OfType<string>());

    public string Viewpoint => ViewpointNames[Resource.Viewpoint];

    public static readonly IReadOnlyDictionary<Viewpoint, string> ViewpointNames = new OrderedDictionary<Viewpoint, string>
    {
        [Resources.Viewpoint.Activity] = "参加する活動",
        [Resources.Viewpoint.Service] = "利用するサービス",
        [Resources.Viewpoint.Place] = "場・拠点",
        [Resources.Viewpoint.Provider] = "活動している団体",
    };

    public string Place => field ??= string.Join('　', new[] { Resource.Venue, string.Concat(Resource.Address, Resource.Building is "" ? "" : " " + Resource.Building) }.Where(part => part != ""));

    /// <summary>「第1圏域、第2圏域」, told as <see cref="VisitsLabel"/>.</summary>
    public string Visits => field ??= string.Join('、', Resource.VisitAreas.Select(id => Town.Directory.Areas.Find(id)?.Name).OfType<string>());

    /// <summary>A service comes to people there; of a place or a gathering these are the areas whom it is meant for.</summary>
    public string VisitsLabel => Resource.Viewpoint == Resources.Viewpoint.Service || Place == "" ? "来てくれる地域" : "主な地域";

    /// <summary>「約0.8km（歩いて約10分）」 as the crow flies.</summary>
    public string? Distance => Km is not { } km ? null
        : km > 3 ? $"約{km:0.0}km"
        : $"約{(km < 1 ? $"{Math.Max(50, Math.Round(km * 20) * 50):0}m" : $"{km:0.0}km")}（歩いて約{Math.Max(1, Math.Ceiling(km * 1000 / MetresAMinute)):0}分）";

    public string Schedule => field ??= Resource.Schedule.InJapanese();

    public string Fee => field ??= string.Join('　', new[]
    {
        Resource.FeeYen is 0 ? "無料" : Resource.FeeYen is { } yen ? $"{yen:N0}円" : Town.Directory.NameOf(CodeList.FeeKind, Resource.FeeKind),
        Resource.FeeNote,
    }.Where(part => part != ""));

    public IReadOnlyList<DateOnly> NextDays(int count) => Resource.Schedule.NextDays(Town.Today, count, Town.Holidays);

    /// <summary>「令和8年11月2日に電話で確認」; for what was never checked, that.</summary>
    public string Verified => Resource.VerifiedOn is { } day
        ? $"{Wareki.Date(day)}に{Resource.VerifiedHow switch { VerificationWay.Phone => "電話で", VerificationWay.Visit => "訪問して", VerificationWay.Operator => "実施している人が", _ => "" }}確認"
        : "まだ確認していません";

    public IEnumerable<string> BarrierFree => Resource.BarrierFree.Select(code => Town.Directory.NameOf(CodeList.BarrierFree, code));

    public ICalendarEntry ForCalendar(Uri page) => new(Resource.Id, Resource.Name, Resource.Schedule, Place, Resource.Description, page.ToString(), Resource.ChangedAt);

    /// <summary>Others of the town that serve the same purpose or are near, the likest first.</summary>
    public IEnumerable<Entry> Alike(int most) => Town.Directory.Alike(Resource, Town.Today, most);
}
