using Sasaeai.Features.Categories;
using Sasaeai.Features.Directory;

namespace Sasaeai.Features.Hsds;

/// <summary>Who runs services (実施主体).</summary>
public sealed record HsdsOrganization
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public string? AlternateName { get; init; }
    public required string Description { get; init; }
    public string? Email { get; init; }
    public string? Website { get; init; }
    public string? LegalStatus { get; init; }
    public int? YearIncorporated { get; init; }
    public IReadOnlyList<HsdsContact>? Contacts { get; init; }
    public IReadOnlyList<HsdsPhone>? Phones { get; init; }
    public IReadOnlyList<HsdsLocation>? Locations { get; init; }
    public IReadOnlyList<HsdsOrganizationIdentifier>? OrganizationIdentifiers { get; init; }

    public static HsdsOrganization Of(PublishedOrganization organization, HsdsTown town, bool full)
    {
        var id = organization.Id;
        var kind = town.Directory.NameOf(CodeList.OperatorKind, organization.Kind).OrNull();
        var summary = new HsdsOrganization
        {
            Id = id,
            Name = organization.Name,
            AlternateName = organization.CommonName.OrNull(),
            Description = organization.Description.OrNull() ?? kind ?? $"{town.Town.Name}の地域資源の実施主体です。",
            Email = organization.Email.AsEmail(),
            Website = organization.Url.AsUri(),
            LegalStatus = kind,
            YearIncorporated = organization.EstablishedOn?.Year,
        };
        return !full ? summary : summary with
        {
            Contacts = organization.Representative is { } person ? [new() { Id = HsdsJson.Id(id, "contact"), OrganizationId = id, Name = person, Title = "代表者" }] : null,
            Phones = organization.Phone is { } phone ? [new() { Id = HsdsJson.Id(id, "phone"), OrganizationId = id, Number = phone, Type = "voice" }] : null,
            Locations = organization.Address is { } address ? [HsdsLocation.Of(organization, address, town)] : null,
            OrganizationIdentifiers = organization.CorporateNumber.OrNull() is { } number
                ? [new() { Id = HsdsJson.Id(id, "corporate-number"), OrganizationId = id, IdentifierType = "法人番号", Identifier = number }] : null,
        };
    }
}

public sealed record HsdsOrganizationIdentifier
{
    public required Guid Id { get; init; }
    public required Guid OrganizationId { get; init; }
    public required string IdentifierType { get; init; }
    public required string Identifier { get; init; }
}

public sealed record HsdsPhone
{
    public required Guid Id { get; init; }
    public Guid? ServiceId { get; init; }
    public Guid? OrganizationId { get; init; }
    public required string Number { get; init; }
    public required string Type { get; init; }
}

public sealed record HsdsContact
{
    public required Guid Id { get; init; }
    public Guid? ServiceId { get; init; }
    public Guid? OrganizationId { get; init; }
    public required string Name { get; init; }
    public string? Title { get; init; }
}
