using System.Text;
using System.Text.Json.Nodes;
using Sasaeai.Data;
using Sasaeai.Features.Areas;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Resources.Schedules;
using Sasaeai.Features.Shared;
using Sasaeai.Web;

namespace Sasaeai.Features.Directory;

/// <summary>What pages, calendars and phones fetch of the public directory.</summary>
public static class Feeds
{
    private const int MostSuggestions = 8;
    private const string GeoJson = "application/geo+json; charset=utf-8", Calendar = "text/calendar; charset=utf-8";

    private static readonly Dictionary<SuggestionKind, string> Kinds = new()
    {
        [SuggestionKind.Trouble] = "困りごと", [SuggestionKind.Category] = "分類", [SuggestionKind.Word] = "ことば", [SuggestionKind.Name] = "名前",
    };

    public static void MapFeeds(this IEndpointRouteBuilder app)
    {
        var open = app.MapGroup("").AllowAnonymous().WithMetadata(new PublishedOnlyAttribute()).AddEndpointFilter(async (context, next) =>
        {
            try
            {
                return await next(context);
            }
            catch (NotFoundException)
            {
                return Results.NotFound();
            }
        });
        open.MapGet("/suggestions", SuggestAsync).RequireRateLimiting(RateLimits.Search);
        open.MapGet("/photos/{id:guid}", PhotoAsync);

        var cached = open.MapGroup("").WithMetadata(new CachedUntilPublicationAttribute(PagerTagHelper.Parameter));
        cached.MapGet("/map/points.json", PointsAsync).RequireRateLimiting(RateLimits.Search);
        cached.MapGet("/map/boundaries.json", BoundariesAsync);
        cached.MapGet("/resources/{id:guid}/calendar.ics", CalendarOfResourceAsync);
        cached.MapGet("/resources/{id:guid}/qr.svg", QrAsync);
        cached.MapGet("/areas/{code}/calendar.ics", CalendarOfAreaAsync);
    }

    private static async Task<IResult> SuggestAsync(string? q, PublicDirectory directory, CancellationToken cancellation)
    {
        var town = await directory.OpenAsync(cancellation);
        var words = town.Directory.Thesaurus.Suggest(q ?? "", MostSuggestions).Select(word => (word.Text, word.Kind)).ToList();
        var names = town.Directory.SuggestNames(q ?? "", town.Today, Math.Max(3, MostSuggestions - words.Count)).Select(name => (Text: name, Kind: SuggestionKind.Name)).ToList();
        return Results.Json(words.Take(MostSuggestions - names.Count).Concat(names).Select(item => new { text = item.Text, kind = Kinds[item.Kind] }), JsonColumn.Options);
    }

    private static async Task<IResult> PhotoAsync(Guid id, HttpContext http, PublicDirectory directory, PublishedResources resources, CancellationToken cancellation)
    {
        var town = await directory.OpenAsync(cancellation);
        var (type, bytes) = await resources.PhotoAsync(town.Directory.Town.Id, id, cancellation) ?? throw new NotFoundException();
        http.Response.Headers.CacheControl = "public, max-age=300";     // a withdrawn consent must take effect soon
        return Results.Bytes(bytes, type);
    }

    private static async Task<IResult> PointsAsync(HttpContext http, PublicDirectory directory, CancellationToken cancellation)
    {
        var town = await directory.OpenAsync(cancellation);
        var conditions = SearchConditions.Read(http.Request.Query).AsMeant(town) with { Page = 1 };
        var hits = town.Search(conditions.ToQuery(town, int.MaxValue)).Hits.Select(hit => hit.Id).ToHashSet();
        return Collection(town.Directory.Entries.Where(entry => entry.HasPoint && hits.Contains(entry.Id)).Select(entry => Feature(
            new { id = entry.Id, name = entry.Name, href = town.PathOf(entry.MunicipalityId, entry.Id), note = town.Directory.Category(entry.Categories.FirstOrDefault())?.Name ?? "" },
            new { type = "Point", coordinates = new[] { entry.Lng, entry.Lat } })));
    }

    private static async Task<IResult> BoundariesAsync(PublicDirectory directory, CancellationToken cancellation)
    {
        var areas = (await directory.OpenAsync(cancellation)).Directory;
        var shown = areas.Zones.Where(area => area.Boundary is not null).ToList();
        return Collection((shown.Count > 0 ? shown : areas.Areas.Of(AreaKind.Town).Where(area => area.Boundary is not null))
            .Select(area => Feature(new { name = area.Name }, JsonNode.Parse(area.Boundary!)!)));
    }

    private static async Task<IResult> CalendarOfResourceAsync(Guid id, HttpContext http, PublicDirectory directory, PublishedResources resources, Settings settings, CancellationToken cancellation)
    {
        var town = await directory.OpenAsync(cancellation);
        var resource = await resources.FindAsync(town, id, cancellation) ?? throw new NotFoundException();
        return Ics(http, settings, town, resource.Name, [resource]);
    }

    private static async Task<IResult> CalendarOfAreaAsync(string code, HttpContext http, PublicDirectory directory, PublishedResources resources, Settings settings, CancellationToken cancellation)
    {
        var town = await directory.OpenAsync(cancellation);
        var area = town.Directory.Areas.FindByCode(code) ?? throw new NotFoundException();
        var found = await resources.ReadAsync(town.Entries.Where(entry => entry.Areas.Contains(area.Id) && entry.Weekdays != Weekdays.None), cancellation);
        return Ics(http, settings, town, $"{area.Name}の集まり（{town.Directory.Town.Name}）", found.Values.OrderBy(resource => resource.Id));
    }

    private static async Task<IResult> QrAsync(Guid id, HttpContext http, PublicDirectory directory, PublishedResources resources, Settings settings, CancellationToken cancellation)
    {
        var town = await directory.OpenAsync(cancellation);
        _ = await resources.FindAsync(town, id, cancellation) ?? throw new NotFoundException();
        return Results.Text(QrCode.Svg(settings.AddressOf(http.Request, $"/resources/{id}").ToString(), "このページのアドレス"), "image/svg+xml", Encoding.UTF8);
    }

    private static IResult Ics(HttpContext http, Settings settings, DirectoryToday town, string name, IEnumerable<PublishedResource> resources)
    {
        var entries = resources.Select(resource => new Listing(resource, town, town.Directory.Town.Id).ForCalendar(settings.AddressOf(http.Request, $"/resources/{resource.Id}")));
        return Results.Text(ICalendar.Write(name, entries, town.Holidays, town.Today), Calendar, Encoding.UTF8);
    }

    private static object Feature<TProperties, TGeometry>(TProperties properties, TGeometry geometry) => new { type = "Feature", properties, geometry };

    private static IResult Collection(IEnumerable<object> features) => Results.Json(new { type = "FeatureCollection", features }, JsonColumn.Options, GeoJson);
}
