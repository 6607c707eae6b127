using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OutputCaching;
using Sasaeai.Data;
using Sasaeai.Features.Directory;
using Sasaeai.Web;

namespace Sasaeai.Features.Hsds;

/// <summary>One address of the interface.</summary>
/// <param name="Path">Below /{slug}/api/hsds.</param>
/// <param name="Summary">In Japanese, for the description and the page for developers.</param>
/// <param name="Item">What it answers, or what each line of its list is; null for the two descriptions.</param>
/// <param name="Parameters">Names of <see cref="HsdsOpenApi.Parameters"/>; a list has some, one thing has none.</param>
public sealed record HsdsEndpoint(string Path, string Summary, Type? Item, string[] Parameters, Func<HttpContext, HsdsTown, Task> AnswerAsync)
{
    public bool IsList => Parameters.Length > 0;
}

/// <summary>Open Referral HSDS 3.1: the town's directory as open data for other systems.</summary>
public static class HsdsEndpoints
{
    public const string Root = "/api/hsds";
    public const string Version = "3.1.1";
    private static readonly string[] Paging = ["page", "per_page", "format"];
    private static readonly string[] OfServices = ["search", "taxonomy_term_id", "taxonomy_id", "organization_id", "modified_after", "full"];

    /// <summary>The whole interface; routes, its OpenAPI description and the page for developers are made of it.</summary>
    public static readonly IReadOnlyList<HsdsEndpoint> All =
    [
        new("/", "この API の版と説明", null, [], AboutAsync),
        List<HsdsRow, HsdsService>("/services", "サービス(地域資源)の一覧", [.. OfServices, "minimal"], (query, town, services) => query.Select(town, services.Holidays),
            (query, town, services) => rows => query.Minimal ? Each(rows, row => HsdsService.Minimal(row, town)) : ServicesAsync(rows, town, services, query.Full)),
        One<HsdsService>("/services/{id}", "サービス(地域資源)1件", async (id, town, services) =>
            town.Find(id) is { } row ? await ServicesAsync([row], town, services, full: true).SingleAsync() : null),
        List<PublishedOrganization, HsdsOrganization>("/organizations", "実施主体の一覧", ["search", "taxonomy_term_id", "taxonomy_id", "full"], (query, town, _) => query.SelectOrganizations(town),
            (query, town, _) => rows => Each(rows, organization => HsdsOrganization.Of(organization, town, query.Full))),
        One<HsdsOrganization>("/organizations/{id}", "実施主体1件", (id, town, _) =>
            Task.FromResult(town.Organizations.TryGetValue(id, out var organization) ? HsdsOrganization.Of(organization, town, full: true) : null)),
        List<HsdsRow, HsdsServiceAtLocation>("/service_at_locations", "サービスと場所の組の一覧", [.. OfServices, "postcode", "proximity"], (query, town, services) => query.SelectPlaces(town, services.Holidays),
            (query, town, services) => rows => PlacesAsync(rows, town, services, query.Full)),
        One<HsdsServiceAtLocation>("/service_at_locations/{id}", "サービスと場所の組1件", async (id, town, services) =>
            town.FindAtLocation(id) is { } row ? await PlacesAsync([row], town, services, full: true).SingleOrDefaultAsync() : null),
        List<HsdsTaxonomy, HsdsTaxonomy>("/taxonomies", "分類体系の一覧", ["search"], (query, town, _) => query.SelectTaxonomies(town), (_, _, _) => rows => Each(rows, taxonomy => taxonomy)),
        One<HsdsTaxonomy>("/taxonomies/{id}", "分類体系1件", (id, town, _) => Task.FromResult(town.Terms.Taxonomies.FirstOrDefault(taxonomy => taxonomy.Id == id))),
        List<HsdsTaxonomyTerm, HsdsTaxonomyTerm>("/taxonomy_terms", "分類の一覧", ["search", "taxonomy_id", "top_only", "parent_id"], (query, town, _) => query.SelectTerms(town), (_, _, _) => rows => Each(rows, term => term)),
        One<HsdsTaxonomyTerm>("/taxonomy_terms/{id}", "分類1件", (id, town, _) => Task.FromResult(town.Terms.Find(id))),
        new("/openapi.json", "この API の OpenAPI 定義", null, [], (http, town) => HsdsAnswer.WriteAsync(http, HsdsOpenApi.Document(town.Town, AddressOf(http.Request)))),
    ];

    public static void MapHsds(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup(Root)
            .AllowAnonymous()
            .RequireRateLimiting(RateLimits.Search)
            .WithMetadata(new PublishedOnlyAttribute(), new CachedUntilPublicationAttribute { AnyQuery = true })
            .CacheOutput(policy => policy.AddPolicy<OnlyWhatRepeats>(), excludeDefaultPolicy: true);
        foreach (var endpoint in All)
        {
            group.MapMethods(endpoint.Path, [HttpMethods.Get, HttpMethods.Head], http => AnswerAsync(endpoint, http));
        }

        // Without an endpoint of its own, what does not exist would ask a program to sign in.
        group.Map("/{**rest}", http => HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method)
            ? HsdsAnswer.WriteProblemAsync(http, StatusCodes.Status404NotFound, "このアドレスはありません。")
            : HsdsAnswer.WriteProblemAsync(http, StatusCodes.Status405MethodNotAllowed, "読むこと(GET)だけができます。"));
    }

    /// <summary>The interface's address as the caller sees it.</summary>
    public static string AddressOf(HttpRequest request) => $"{request.Scheme}://{request.Host}{request.PathBase}{Root}";

    private static async Task AnswerAsync(HsdsEndpoint endpoint, HttpContext http)
    {
        try
        {
            if (http.Features.Get<Municipality>() is not { } municipality)
            {
                throw new HsdsRefusedException(StatusCodes.Status404NotFound, "その市町村はありません。");
            }

            await endpoint.AnswerAsync(http, await http.RequestServices.GetRequiredService<HsdsTowns>().GetAsync(municipality, http.RequestAborted));
        }
        catch (HsdsRefusedException refused)
        {
            await HsdsAnswer.WriteProblemAsync(http, refused.Status, refused.Message);
        }
    }

    private static Task AboutAsync(HttpContext http, HsdsTown town)
    {
        var address = AddressOf(http.Request);
        return HsdsAnswer.WriteAsync(http, new JsonObject
        {
            ["version"] = Version,
            ["profile"] = address[..^"/hsds".Length],
            ["openapi_url"] = $"{address}/openapi.json",
            ["description"] = $"{town.Town.Name}の地域資源(集いの場・生活支援サービスなど)のオープンデータです。掲載に同意のある項目だけを含みます。",
            ["publisher"] = new JsonObject { ["name"] = town.Town.Name, ["identifier"] = town.Town.Code, ["website"] = address[..^Root.Length] + "/" },
        });
    }

    /// <summary>What reading needs beside the town.</summary>
    private sealed record Reading(HsdsTowns Towns, Japanese.Holidays Holidays, CancellationToken Cancellation)
    {
        public static async Task<Reading> OfAsync(HttpContext http) => new(http.RequestServices.GetRequiredService<HsdsTowns>(),
            await http.RequestServices.GetRequiredService<HolidayCalendar>().GetAsync(http.RequestAborted), http.RequestAborted);
    }

    private static HsdsEndpoint List<TRow, T>(string path, string summary, string[] parameters, Func<HsdsQuery, HsdsTown, Reading, IReadOnlyList<TRow>> select, Func<HsdsQuery, HsdsTown, Reading, Func<IEnumerable<TRow>, IAsyncEnumerable<T>>> read)
    {
        string[] known = [.. parameters, .. Paging];
        return new(path, summary, typeof(T), known, async (http, town) =>
        {
            var query = new HsdsQuery(http.Request.Query, known);
            var reading = await Reading.OfAsync(http);
            await HsdsAnswer.WriteListAsync(http, query, select(query, town, reading), read(query, town, reading));
        });
    }

    private static HsdsEndpoint One<T>(string path, string summary, Func<Guid, HsdsTown, Reading, Task<T?>> find) where T : class => new(path, summary, typeof(T), [], async (http, town) =>
    {
        if (!Guid.TryParseExact((string?)http.Request.RouteValues["id"], "D", out var id))
        {
            throw new HsdsRefusedException(StatusCodes.Status400BadRequest, "id は UUID で指定してください。");
        }

        var found = await find(id, town, await Reading.OfAsync(http));
        await HsdsAnswer.WriteAsync(http, found ?? throw new HsdsRefusedException(StatusCodes.Status404NotFound, "その id のものはありません。掲載が終わった可能性があります。"));
    });

    private static IAsyncEnumerable<HsdsService> ServicesAsync(IEnumerable<HsdsRow> rows, HsdsTown town, Reading reading, bool full) =>
        reading.Towns.ReadAsync(town, rows, reading.Cancellation).Select(read => HsdsService.Of(read.Row, read.View, town, full));

    private static IAsyncEnumerable<HsdsServiceAtLocation> PlacesAsync(IEnumerable<HsdsRow> rows, HsdsTown town, Reading reading, bool full) =>
        reading.Towns.ReadAsync(town, rows, reading.Cancellation).Where(read => read.View is not null).Select(read => HsdsServiceAtLocation.Of(read.Row.AtLocation!.Value, read.View!, town, full));

    private static IAsyncEnumerable<T> Each<TRow, T>(IEnumerable<TRow> rows, Func<TRow, T> make) => rows.Select(make).ToAsyncEnumerable();

    /// <summary>Feeds are too long for memory, and searches too many; the rest is asked for again and again.</summary>
    private sealed class OnlyWhatRepeats : IOutputCachePolicy
    {
        public ValueTask CacheRequestAsync(OutputCacheContext context, CancellationToken cancellation)
        {
            var query = context.HttpContext.Request.Query;
            context.EnableOutputCaching &= query["format"] != "ndjson" && !query.ContainsKey("search") && !query.ContainsKey("modified_after") && !query.ContainsKey("minimal");
            return ValueTask.CompletedTask;
        }

        public ValueTask ServeFromCacheAsync(OutputCacheContext context, CancellationToken cancellation) => ValueTask.CompletedTask;

        public ValueTask ServeResponseAsync(OutputCacheContext context, CancellationToken cancellation) => ValueTask.CompletedTask;
    }
}
