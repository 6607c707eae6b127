using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Sasaeai.Features.Directory;
using Sasaeai.Features.Shared;
using Sasaeai.Web;

namespace Sasaeai.Features.Resources;

/// <summary>さがす: one box, filters, and a wider answer where the exact one is empty. A search is counted, so only the whole list is cached.</summary>
[AllowAnonymous, PublishedOnly, CachedUntilPublication(PagerTagHelper.Parameter), EnableRateLimiting(RateLimits.Search)]
public class IndexModel(PublicDirectory directory, PublishedResources resources, SearchCounts counts, Settings settings) : PageModel
{
    public const int PageSize = 20;
    private const int MostInTable = 2000;

    public DirectoryToday Town { get; private set; } = null!;
    /// <summary>What was asked for.</summary>
    public SearchConditions Conditions { get; private set; } = new();
    /// <summary>What is shown: the same, or something wider.</summary>
    public SearchConditions Shown { get; private set; } = new();
    public IReadOnlyList<string> LetGo { get; private set; } = [];
    public Surroundings? Around { get; private set; }
    public DirectoryResult Result { get; private set; } = null!;
    public IReadOnlyList<Listing> Own { get; private set; } = [];
    public IReadOnlyList<Listing> Neighbours { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        Town = await directory.OpenAsync(cancellation);
        Shown = Conditions = SearchConditions.Read(Request.Query).AsMeant(Town);
        Around = Surroundings.Of(Conditions, Town.Directory);
        Result = Town.Search(Conditions.ToQuery(Town, PageSize));
        if (Conditions is { Any: true, Page: 1 })
        {
            Count();
        }

        if (Result.Total == 0)
        {
            Widen();
        }

        var hits = Result.Hits.Concat(Result.Nearby).ToList();
        var found = await resources.ReadAsync(hits.Select(hit => hit.Entry), cancellation);
        var listings = hits.Where(hit => found.ContainsKey(hit.Id)).ToLookup(hit => hit.MunicipalityId == Town.Directory.Town.Id, hit => new Listing(found[hit.Id], Town, hit.MunicipalityId, hit.Km));
        (Own, Neighbours) = ([.. listings[true]], [.. listings[false]]);
    }

    /// <summary>The same hits as a file, for those who hand a list on: what the pages show and nothing else.</summary>
    public async Task<IActionResult> OnGetTableAsync(TableFormat format, CancellationToken cancellation)
    {
        Town = await directory.OpenAsync(cancellation);
        var hits = Town.Search((SearchConditions.Read(Request.Query).AsMeant(Town) with { Page = 1 }).ToQuery(Town, MostInTable)).Hits;
        var found = await resources.ReadAsync(hits.Select(hit => hit.Entry), cancellation);
        var site = settings.AddressOf(Request, "").ToString()[..^Request.PathBase.Value!.Length];
        return this.Table($"地域の資源_{Town.Today:yyyyMMdd}", format, ["名称", "名称_カナ", "市町村", "分類", "種類", "いつ", "場所", "来てくれる地域", "対象", "費用", "申し込み", "担当", "電話番号", "行っているところ", "空き状況", "最終確認日", "確認の状態", "ページ"],
            hits.Where(hit => found.ContainsKey(hit.Id)).Select(hit => new Listing(found[hit.Id], Town, hit.MunicipalityId)).Select(listing => new object?[]
            {
                listing.Resource.Name, listing.Resource.Kana, Town.Directory.TownOf(listing.MunicipalityId).Name, listing.Categories, listing.Viewpoint, listing.Schedule.ReplaceLineEndings("、"), listing.Place, listing.Visits, listing.Resource.ForWhom,
                listing.Fee, listing.Resource.HowToJoin, listing.Resource.Person, listing.Resource.Phone, listing.Resource.OperatorName,
                listing.Closure is not null ? "休止中" : WrittenWords.Availabilities.Write(listing.Resource.AvailabilityOn(Town.Today)),
                listing.Resource.VerifiedOn, listing.IsUnverified ? "未確認" : "確認済み", site + listing.Path,
            }));
    }

    /// <summary>Lets conditions go, one after the other, until something is found.</summary>
    private void Widen()
    {
        var letGo = new List<string>();
        foreach (var (condition, wider) in Conditions.Wider(Town))
        {
            letGo.Add(condition);
            if (Town.Search(wider.ToQuery(Town, PageSize)) is { Total: > 0 } result)
            {
                (Result, Shown, LetGo) = (result, wider, [.. letGo.Distinct()]);
                return;
            }
        }
    }

    private void Count()
    {
        var category = Town.Directory.Category(Conditions.Category)?.Code ?? Result.Terms.SelectMany(term => term.CategoryCodes).FirstOrDefault() ?? "";
        var area = Town.Directory.Areas.FindByCode(Conditions.Area) ?? Town.Directory.Zones.FirstOrDefault(zone => Around?.Areas.Contains(zone.Id) == true);
        counts.Count(Town.Directory.Town.Id, area?.Code ?? "", category, Result.Total > 0);
    }

    /// <summary>「この条件で伝える」 carries the area and the category over, never the words.</summary>
    public string VoicePath => "/voices/new" + QueryString.Create(new Dictionary<string, string?> { ["from"] = "search", ["area"] = Conditions.Area, ["category"] = Conditions.Category }.Where(pair => pair.Value != "")).Value;
}
