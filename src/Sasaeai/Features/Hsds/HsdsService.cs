using Sasaeai.Features.Categories;
using Sasaeai.Features.Directory;
using Sasaeai.Features.Resources;

namespace Sasaeai.Features.Hsds;

/// <summary>A local resource (地域資源) as an HSDS service.</summary>
public sealed record HsdsService
{
    public required Guid Id { get; init; }
    public Guid? OrganizationId { get; init; }
    public required string Name { get; init; }
    public string? AlternateName { get; init; }
    public string? Description { get; init; }
    public string? Url { get; init; }
    public string? Email { get; init; }
    /// <summary>active, temporarily closed, or defunct when the record left the directory.</summary>
    public required string Status { get; init; }
    public string? ApplicationProcess { get; init; }
    public string? FeesDescription { get; init; }
    public string? WaitTime { get; init; }
    public string? EligibilityDescription { get; init; }
    /// <summary>最終確認日.</summary>
    public DateOnly? AssuredDate { get; init; }
    /// <summary>Closures of today and later.</summary>
    public string? Alert { get; init; }
    public required DateTimeOffset LastModified { get; init; }
    public IReadOnlyList<HsdsPhone>? Phones { get; init; }
    public IReadOnlyList<HsdsSchedule>? Schedules { get; init; }
    public IReadOnlyList<HsdsServiceArea>? ServiceAreas { get; init; }
    public IReadOnlyList<HsdsServiceAtLocation>? ServiceAtLocations { get; init; }
    public HsdsOrganization? Organization { get; init; }
    public IReadOnlyList<HsdsCostOption>? CostOptions { get; init; }
    public IReadOnlyList<HsdsContact>? Contacts { get; init; }
    public IReadOnlyList<HsdsServiceCapacity>? Capacities { get; init; }
    public IReadOnlyList<HsdsAttribute>? Attributes { get; init; }

    /// <summary>Without its content (it left the directory) only the id, so that mirrors drop it.</summary>
    public static HsdsService Of(HsdsRow row, PublishedResource? view, HsdsTown town, bool full)
    {
        if (view is null)
        {
            return Minimal(row with { Entry = null }, town);
        }

        var organization = row.OrganizationId is { } id ? HsdsOrganization.Of(town.Organizations[id], town, full) : null;
        var availability = view.AvailabilityOn(town.Today);
        var summary = Minimal(row, town) with
        {
            OrganizationId = organization?.Id,
            AlternateName = view.CommonName.OrNull(),
            Description = view.Description.OrNull(),
            Url = view.Url.AsUri(),
            Email = view.Email.AsEmail(),
            ApplicationProcess = view.HowToJoin.OrNull(),
            FeesDescription = FeesOf(view, town).OrNull(),
            WaitTime = availability switch { Availability.Full => "満員", Availability.Ask => "要相談", Availability.Open => "空きあり", _ => null },
            EligibilityDescription = view.ForWhom.OrNull(),
            AssuredDate = view.VerifiedOn,
            Alert = string.Join('\n', view.Schedule.Closures.Where(closure => closure.To is null || closure.To >= town.Today).Select(closure => closure.InJapanese())).OrNull(),
            Organization = organization,
        };
        return !full ? summary : summary with
        {
            Phones = PhonesOf(view),
            Schedules = HsdsSchedule.Of(view),
            ServiceAreas = HsdsServiceArea.Of(view, town),
            ServiceAtLocations = row.AtLocation is { } at ? [HsdsServiceAtLocation.Of(at, view, town, full: true)] : null,
            CostOptions = HsdsCostOption.Of(view, town),
            Contacts = ContactsOf(view),
            Capacities = HsdsServiceCapacity.Of(view, row, availability),
            Attributes = AttributesOf(view, town),
        };
    }

    /// <summary>What the schema requires and the date, for mirrors that only ask what changed.</summary>
    public static HsdsService Minimal(HsdsRow row, HsdsTown town) => new()
    {
        Id = row.Id,
        Name = row.Entry?.Name ?? "掲載終了",
        Status = row.Entry is not { } entry ? "defunct" : entry.Limits?.IsClosedOn(town.Today) == true ? "temporarily closed" : "active",
        LastModified = row.LastModified,
    };

    public static IReadOnlyList<HsdsPhone>? PhonesOf(PublishedResource view)
    {
        var phones = new List<HsdsPhone>();
        foreach (var (number, type) in new[] { (view.Phone, "voice"), (view.Fax, "fax") })
        {
            if (number is not null)
            {
                phones.Add(new HsdsPhone { Id = HsdsJson.Id(view.Id, "phone", type), ServiceId = view.Id, Number = number, Type = type });
            }
        }

        return phones.OrNull();
    }

    public static IReadOnlyList<HsdsContact>? ContactsOf(PublishedResource view) =>
        view.Person is { } person ? [new HsdsContact { Id = HsdsJson.Id(view.Id, "contact"), ServiceId = view.Id, Name = person }] : null;

    private static string FeesOf(PublishedResource view, HsdsTown town) => string.Join(' ', new[]
    {
        town.Directory.NameOf(CodeList.FeeKind, view.FeeKind),
        view.FeeYen is > 0 and var yen ? $"{yen:#,0}円" : "",
        view.FeeNote,
    }.Where(text => text != ""));

    private static IReadOnlyList<HsdsAttribute>? AttributesOf(PublishedResource view, HsdsTown town)
    {
        var terms = town.Terms;
        return view.Categories.Select(code => terms.Find(terms.Categories, code))
            .Append(terms.Find(terms.Kinds, view.ServiceKind))
            .Concat(view.BarrierFree.Select(code => terms.Find(terms.BarrierFree, code)))
            .OfType<HsdsTaxonomyTerm>().Distinct()
            .Select(term => new HsdsAttribute
            {
                Id = HsdsJson.Id(view.Id, "attribute", term.Id), LinkId = view.Id, LinkEntity = "service", LinkType = "taxonomy_term",
                TaxonomyTermId = term.Id, Value = term.Code, Label = term.Name, TaxonomyTerm = term with { TaxonomyDetail = null },
            }).ToList().OrNull();
    }
}

/// <summary>Which term of a taxonomy a service carries.</summary>
public sealed record HsdsAttribute
{
    public required Guid Id { get; init; }
    public required Guid LinkId { get; init; }
    public required string LinkEntity { get; init; }
    public required string LinkType { get; init; }
    public required Guid TaxonomyTermId { get; init; }
    public required string Value { get; init; }
    public required string Label { get; init; }
    public required HsdsTaxonomyTerm TaxonomyTerm { get; init; }
}

public sealed record HsdsCostOption
{
    public required Guid Id { get; init; }
    public required Guid ServiceId { get; init; }
    public string? Option { get; init; }
    public string? Currency { get; init; }
    public int? Amount { get; init; }
    public string? AmountDescription { get; init; }

    public static IReadOnlyList<HsdsCostOption>? Of(PublishedResource view, HsdsTown town) => view is { FeeKind: null, FeeYen: null, FeeNote: "" } ? null :
    [
        new()
        {
            Id = HsdsJson.Id(view.Id, "cost_option"), ServiceId = view.Id,
            Option = town.Directory.NameOf(CodeList.FeeKind, view.FeeKind).OrNull(),
            Currency = view.FeeYen is null ? null : "JPY", Amount = view.FeeYen, AmountDescription = view.FeeNote.OrNull(),
        },
    ];
}

/// <summary>Room for more people. The directory knows whether, not how many: available is 0 when full and 1 (at least) when open.</summary>
public sealed record HsdsServiceCapacity
{
    public required Guid Id { get; init; }
    public required Guid ServiceId { get; init; }
    public required HsdsUnit Unit { get; init; }
    public required int Available { get; init; }
    public int? Maximum { get; init; }
    public required string Description { get; init; }
    public required DateTimeOffset Updated { get; init; }

    /// <summary>要相談 says nothing that a number could.</summary>
    public static IReadOnlyList<HsdsServiceCapacity>? Of(PublishedResource view, HsdsRow row, Availability? availability) => availability is not (Availability.Open or Availability.Full) ? null :
    [
        new()
        {
            Id = HsdsJson.Id(view.Id, "capacity"), ServiceId = view.Id, Unit = HsdsUnit.People, Maximum = view.Capacity, Updated = row.LastModified,
            Available = availability == Availability.Full ? 0 : 1,
            Description = availability == Availability.Full ? "満員" : "空きあり(1人以上。人数はお問い合わせください)",
        },
    ];
}

public sealed record HsdsUnit
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }

    public static HsdsUnit People { get; } = new() { Id = HsdsJson.Id("unit", "person"), Name = "人" };
}
