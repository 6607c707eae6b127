using System.Text.Json.Serialization;
using Sasaeai.Features.Categories;
using Sasaeai.Features.Directory;

namespace Sasaeai.Features.Hsds;

/// <summary>Where a service is given: the place of a record as far as it may be published.</summary>
public sealed record HsdsServiceAtLocation
{
    public required Guid Id { get; init; }
    public required Guid ServiceId { get; init; }
    public required Guid LocationId { get; init; }
    public string? Description { get; init; }
    public IReadOnlyList<HsdsServiceArea>? ServiceAreas { get; init; }
    public IReadOnlyList<HsdsContact>? Contacts { get; init; }
    public IReadOnlyList<HsdsPhone>? Phones { get; init; }
    public IReadOnlyList<HsdsSchedule>? Schedules { get; init; }
    public required HsdsLocation Location { get; init; }

    public static HsdsServiceAtLocation Of(Guid id, PublishedResource view, HsdsTown town, bool full)
    {
        var location = HsdsLocation.Of(view, town, full);
        var summary = new HsdsServiceAtLocation { Id = id, ServiceId = view.Id, LocationId = location.Id, Description = view.Name, Location = location };
        return !full ? summary : summary with
        {
            ServiceAreas = HsdsServiceArea.Of(view, town),
            Contacts = HsdsService.ContactsOf(view),
            Phones = HsdsService.PhonesOf(view),
            Schedules = HsdsSchedule.Of(view),
        };
    }
}

public sealed record HsdsLocation
{
    public required Guid Id { get; init; }
    public required string LocationType { get; init; }
    public Guid? OrganizationId { get; init; }
    public string? Name { get; init; }
    public string? Description { get; init; }
    public string? Transportation { get; init; }
    public double? Latitude { get; init; }
    public double? Longitude { get; init; }
    public IReadOnlyList<HsdsAddress>? Addresses { get; init; }
    public IReadOnlyList<HsdsAccessibility>? Accessibility { get; init; }

    public static HsdsLocation Of(PublishedResource view, HsdsTown town, bool full)
    {
        var id = HsdsJson.Id(view.Id, "location");
        return new HsdsLocation
        {
            Id = id,
            LocationType = "physical",
            Name = view.Venue.OrNull(),
            Description = view is { Lat: not null, Approximate: true } ? "位置は町丁目のおおよその中心です。" : null,
            Transportation = string.Join('\n', new[] { view.Access, view.Parking.OrNull() is { } parking ? $"駐車場: {parking}" : "" }.Where(text => text != "")).OrNull(),
            Latitude = view.Lat,
            Longitude = view.Lng,
            Addresses = full && view.Address != "" ? [HsdsAddress.Of(id, view.Address, view.Building, view.PostalCode, town)] : null,
            Accessibility = full ? view.BarrierFree.Select(code => new HsdsAccessibility
            {
                Id = HsdsJson.Id(id, "accessibility", code), LocationId = id, Description = town.Directory.NameOf(CodeList.BarrierFree, code),
            }).ToList().OrNull() : null,
        };
    }

    public static HsdsLocation Of(PublishedOrganization organization, string address, HsdsTown town)
    {
        var id = HsdsJson.Id(organization.Id, "location");
        return new HsdsLocation { Id = id, LocationType = "physical", OrganizationId = organization.Id, Name = organization.Name, Addresses = [HsdsAddress.Of(id, address, "", "", town)] };
    }
}

public sealed record HsdsAddress
{
    public required Guid Id { get; init; }
    public required Guid LocationId { get; init; }
    [JsonPropertyName("address_1")]
    public required string Address1 { get; init; }
    [JsonPropertyName("address_2")]
    public string? Address2 { get; init; }
    public required string City { get; init; }
    public required string StateProvince { get; init; }
    /// <summary>Seven digits, or empty where nobody wrote them down.</summary>
    public required string PostalCode { get; init; }
    public required string Country { get; init; }
    public required string AddressType { get; init; }

    public static HsdsAddress Of(Guid locationId, string address, string building, string postalCode, HsdsTown town) => new()
    {
        Id = HsdsJson.Id(locationId, "address"),
        LocationId = locationId,
        Address1 = Without(Without(address, town.Town.Prefecture), town.Town.Name),
        Address2 = building.OrNull(),
        City = town.Town.Name,
        StateProvince = town.Town.Prefecture,
        PostalCode = HsdsTowns.Digits(postalCode),
        Country = "JP",
        AddressType = "physical",
    };

    private static string Without(string address, string start) => start != "" && address.Length > start.Length && address.StartsWith(start, StringComparison.Ordinal) ? address[start.Length..] : address;
}

public sealed record HsdsAccessibility
{
    public required Guid Id { get; init; }
    public required Guid LocationId { get; init; }
    public required string Description { get; init; }
}

/// <summary>An area that a visiting service covers.</summary>
public sealed record HsdsServiceArea
{
    public required Guid Id { get; init; }
    public required Guid ServiceId { get; init; }
    public required string Name { get; init; }

    public static IReadOnlyList<HsdsServiceArea>? Of(PublishedResource view, HsdsTown town) => view.VisitAreas
        .Select(id => town.Directory.Areas.Find(id)).OfType<Areas.Area>().DistinctBy(area => area.Id)
        .Select(area => new HsdsServiceArea { Id = HsdsJson.Id(view.Id, "service_area", area.Id), ServiceId = view.Id, Name = area.Name }).ToList().OrNull();
}
