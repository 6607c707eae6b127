using Sasaeai.Features.Categories;
using Sasaeai.Features.Directory;

namespace Sasaeai.Features.Hsds;

/// <summary>A list of terms: the town's 分類, サービス類型 or バリアフリー.</summary>
public sealed record HsdsTaxonomy
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required string Description { get; init; }
}

/// <summary>One entry of a taxonomy.</summary>
public sealed record HsdsTaxonomyTerm
{
    public required Guid Id { get; init; }
    public required string Code { get; init; }
    public required string Name { get; init; }
    public required string Description { get; init; }
    public Guid? ParentId { get; init; }
    public required string Taxonomy { get; init; }
    public HsdsTaxonomy? TaxonomyDetail { get; init; }
    public required Guid TaxonomyId { get; init; }
    public string Language { get; init; } = "ja";
}

/// <summary>The taxonomies of a town with their terms, and which records carry a term.</summary>
public sealed class HsdsTerms
{
    private readonly TownDirectory directory;
    private readonly Dictionary<(Guid Taxonomy, string Code), HsdsTaxonomyTerm> byCode;
    private readonly Dictionary<Guid, HsdsTaxonomyTerm> byId;

    public HsdsTerms(TownDirectory directory)
    {
        this.directory = directory;
        HsdsTaxonomy Taxonomy(string role, string name, string description) => new() { Id = HsdsJson.Id(directory.Town.Code, "taxonomy", role), Name = name, Description = description };
        Categories = Taxonomy("category", "分類", $"{directory.Town.Name}の地域資源の分類です。");
        Kinds = Taxonomy("kind", "サービス類型", "総合事業・一般介護予防・地域の助け合いなど、制度の上での種類です。");
        BarrierFree = Taxonomy("barrier-free", "バリアフリー", "場所の設備や配慮です。");

        var parents = directory.Categories.ToDictionary(category => category.Code, category => category.Id);
        All =
        [
            .. directory.Categories.Select(category => new HsdsTaxonomyTerm
            {
                Id = category.Id, Code = category.Code, Name = category.Name, Description = category.Description.OrNull() ?? category.Name,
                ParentId = category.ParentCode is { } parent && parents.TryGetValue(parent, out var id) ? id : null,
                Taxonomy = Categories.Name, TaxonomyId = Categories.Id, TaxonomyDetail = Categories,
            }),
            .. Items(CodeList.ServiceKind, Kinds),
            .. Items(CodeList.BarrierFree, BarrierFree),
        ];
        byId = All.ToDictionary(term => term.Id);
        byCode = All.ToDictionary(term => (term.TaxonomyId, term.Code));
    }

    public HsdsTaxonomy Categories { get; }
    public HsdsTaxonomy Kinds { get; }
    public HsdsTaxonomy BarrierFree { get; }
    public IReadOnlyList<HsdsTaxonomy> Taxonomies => [Categories, Kinds, BarrierFree];
    public IReadOnlyList<HsdsTaxonomyTerm> All { get; }

    public HsdsTaxonomyTerm? Find(Guid id) => byId.GetValueOrDefault(id);

    public HsdsTaxonomyTerm? Find(HsdsTaxonomy taxonomy, string? code) => code is null ? null : byCode.GetValueOrDefault((taxonomy.Id, code));

    /// <summary>Whether a record carries the term or one below it.</summary>
    public Func<Entry, bool> Carries(Guid termId)
    {
        if (Find(termId) is not { } term)
        {
            return _ => false;
        }

        if (term.TaxonomyId == Categories.Id)
        {
            var codes = directory.WithChildren(term.Code);
            return entry => entry.Categories.Any(codes.Contains);
        }

        var feature = (term.TaxonomyId == Kinds.Id ? "kind:" : "barrier:") + term.Code;
        return entry => entry.Features.Contains(feature);
    }

    /// <summary>Whether a record carries any term of the taxonomy.</summary>
    public Func<Entry, bool> CarriesAnyOf(Guid taxonomyId) =>
        taxonomyId == Categories.Id ? entry => entry.Categories.Length > 0
        : taxonomyId == Kinds.Id ? entry => entry.Features.Any(feature => feature.StartsWith("kind:", StringComparison.Ordinal))
        : taxonomyId == BarrierFree.Id ? entry => entry.Features.Any(feature => feature.StartsWith("barrier:", StringComparison.Ordinal))
        : _ => false;

    private IEnumerable<HsdsTaxonomyTerm> Items(CodeList list, HsdsTaxonomy taxonomy) => directory.Codes[list].Select(item => new HsdsTaxonomyTerm
    {
        Id = HsdsJson.Id(taxonomy.Id, item.Code), Code = item.Code, Name = item.Name, Description = item.Name,
        Taxonomy = taxonomy.Name, TaxonomyId = taxonomy.Id, TaxonomyDetail = taxonomy,
    });
}
