using System.Globalization;
using Sasaeai.Data;
using Sasaeai.Features.Directory;
using Sasaeai.Japanese;

namespace Sasaeai.Features.Hsds;

/// <summary>A parameter or an id that cannot be understood; the message goes to the one who asked.</summary>
public sealed class HsdsRefusedException(int status, string message) : Exception(message)
{
    public int Status => status;
}

/// <summary>What is asked of a list. All conditions hold together; parameters that a list does not know are not read.</summary>
public sealed class HsdsQuery
{
    public const int LargestPage = 500;
    private const int LongestSearch = 200;

    public int Page { get; }
    public int PerPage { get; }
    public bool Ndjson { get; }
    public string? Search { get; }
    public Guid? TaxonomyTermId { get; }
    public Guid? TaxonomyId { get; }
    public Guid? OrganizationId { get; }
    public DateTimeOffset? ModifiedAfter { get; }
    public bool Minimal { get; }
    public bool Full { get; }
    public string? Postcode { get; }
    /// <summary>Metres.</summary>
    public int? Proximity { get; }
    public bool TopOnly { get; }
    public Guid? ParentId { get; }

    public HsdsQuery(IQueryCollection query, IReadOnlyCollection<string> known)
    {
        string? Text(string name) => known.Contains(name) && query[name].ToString() is { Length: > 0 } text ? text : null;

        int? Number(string name, int least, int most) => Text(name) is not { } text ? null
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
            : throw Refused($"{name} は {least} から {most} までの整数で指定してください。");

        bool Flag(string name) => Text(name)?.ToLowerInvariant() switch
        {
            null or "false" or "0" => false,
            "true" or "1" => true,
            _ => throw Refused($"{name} は true か false で指定してください。"),
        };

        Guid? Id(string name) => Text(name) is not { } text ? null
            : Guid.TryParseExact(text, "D", out var id) ? id : throw Refused($"{name} は UUID で指定してください。");

        Page = Number("page", 1, int.MaxValue) ?? 1;
        PerPage = Number("per_page", 1, LargestPage) ?? 50;
        Ndjson = Text("format") switch { null or "json" => false, "ndjson" => true, _ => throw Refused("format は json か ndjson で指定してください。") };
        Search = Text("search") is not { } search ? null : search.Length <= LongestSearch ? search : throw Refused($"search は {LongestSearch} 文字までで指定してください。");
        (TaxonomyTermId, TaxonomyId, OrganizationId, ParentId) = (Id("taxonomy_term_id"), Id("taxonomy_id"), Id("organization_id"), Id("parent_id"));
        ModifiedAfter = Text("modified_after") is { } after ? Moment(after) : null;
        (Minimal, Full, TopOnly) = (Flag("minimal"), Flag("full"), Flag("top_only"));
        Postcode = Text("postcode") is not { } postcode ? null
            : HsdsTowns.Digits(postcode) is { Length: 7 } digits ? digits : throw Refused("postcode は7桁の郵便番号で指定してください。");
        Proximity = Number("proximity", 1, 100_000);
        if (Proximity is not null && Postcode is null)
        {
            throw Refused("proximity は postcode と一緒に指定してください。");
        }
    }

    /// <summary>The rows that are asked for. Those that left are told of only to mirrors that ask for changes of everything.</summary>
    public IReadOnlyList<HsdsRow> Select(HsdsTown town, Holidays holidays)
    {
        var rows = Search is null ? town.Rows
            : town.Directory.Search(new DirectoryQuery { Text = Search, Take = int.MaxValue }, town.Today, holidays).Hits.Select(hit => town.Find(hit.Id)).OfType<HsdsRow>();
        var withLeft = ModifiedAfter is not null && Search is null && TaxonomyTermId is null && TaxonomyId is null && OrganizationId is null;
        var carries = Carries(town);
        return [.. rows.Where(row =>
            (row.Entry is { } entry ? carries(entry) : withLeft)
            && (OrganizationId is null || row.OrganizationId == OrganizationId)
            && (ModifiedAfter is null || row.LastModified >= ModifiedAfter))];
    }

    /// <summary>The rows that are given at a place, at or around the postcode where one is asked for.</summary>
    public IReadOnlyList<HsdsRow> SelectPlaces(HsdsTown town, Holidays holidays)
    {
        var rows = Select(town, holidays).Where(row => row is { Entry: not null, AtLocation: not null });
        if (Postcode is null || Proximity is null)
        {
            return [.. rows.Where(row => Postcode is null || row.PostalCode == Postcode)];
        }

        var points = town.Rows.Where(row => row.PostalCode == Postcode && row.Entry is { HasPoint: true }).Select(row => row.Entry!).ToList();
        if (points.Count == 0)
        {
            return [];
        }

        var middle = (points.Average(entry => entry.Lat), points.Average(entry => entry.Lng));
        return [.. rows.Where(row => row.Entry!.HasPoint && DirectorySearch.Distance(middle, (row.Entry.Lat, row.Entry.Lng)) * 1000 <= Proximity)];
    }

    public IReadOnlyList<PublishedOrganization> SelectOrganizations(HsdsTown town)
    {
        var carries = Carries(town);
        var running = TaxonomyTermId is null && TaxonomyId is null ? null
            : town.Rows.Where(row => row.Entry is { } entry && row.OrganizationId is not null && carries(entry)).Select(row => row.OrganizationId!.Value).ToHashSet();
        return [.. town.Organizations.Values
            .Where(organization => (running is null || running.Contains(organization.Id)) && Names(organization.Name, organization.Kana, organization.CommonName))
            .OrderBy(organization => organization.Id)];
    }

    public IReadOnlyList<HsdsTaxonomy> SelectTaxonomies(HsdsTown town) => [.. town.Terms.Taxonomies.Where(taxonomy => Names(taxonomy.Name, taxonomy.Description))];

    public IReadOnlyList<HsdsTaxonomyTerm> SelectTerms(HsdsTown town) => [.. town.Terms.All.Where(term =>
        (TaxonomyId is null || term.TaxonomyId == TaxonomyId)
        && (ParentId is null || term.ParentId == ParentId)
        && (!TopOnly || term.ParentId is null)
        && Names(term.Name, term.Description))];

    private Func<Entry, bool> Carries(HsdsTown town)
    {
        var ofTerm = TaxonomyTermId is { } term ? town.Terms.Carries(term) : _ => true;
        var ofTaxonomy = TaxonomyId is { } taxonomy ? town.Terms.CarriesAnyOf(taxonomy) : _ => true;
        return entry => ofTerm(entry) && ofTaxonomy(entry);
    }

    private bool Names(params string[] texts)
    {
        if (Search is null)
        {
            return true;
        }

        var key = string.Join('\n', texts.Select(Folding.Fold));
        return Folding.Words(Search).All(word => key.Contains(word, StringComparison.Ordinal));
    }

    /// <summary>A day begins, and a time without a zone counts, in Japan. In an address 「+」 means a blank.</summary>
    private static DateTimeOffset Moment(string text)
    {
        if (DateTime.TryParseExact(text, ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var inJapan) && inJapan.Year > 1)
        {
            return new DateTimeOffset(inJapan, Clock.Japan);
        }

        return DateTimeOffset.TryParseExact(text.Replace(' ', '+'), ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment) ? moment
            : throw Refused("modified_after は 2026-04-01 か 2026-04-01T09:00:00+09:00 の形で指定してください。");
    }

    private static HsdsRefusedException Refused(string message) => new(StatusCodes.Status400BadRequest, message);
}
