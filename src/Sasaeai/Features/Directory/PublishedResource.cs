using Sasaeai.Features.Organizations;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Resources.Schedules;

namespace Sasaeai.Features.Directory;

/// <summary>
/// What the public may know of a resource: the approved content, less every field without consent. Public
/// pages, feeds and interfaces read this and nothing else.
/// </summary>
public sealed record PublishedResource
{
    public required Guid Id { get; init; }
    public required string Number { get; init; }
    public required string Name { get; init; }
    public string Kana { get; init; } = "";
    public string CommonName { get; init; } = "";
    public Viewpoint Viewpoint { get; init; }
    public IReadOnlyList<string> Categories { get; init; } = [];
    public string? ServiceKind { get; init; }
    public Guid? OrganizationId { get; init; }
    public string OperatorName { get; init; } = "";
    public string Description { get; init; } = "";
    public string Venue { get; init; } = "";
    public string PostalCode { get; init; } = "";
    public string Address { get; init; } = "";
    public string Building { get; init; } = "";
    public Guid? BlockId { get; init; }
    public double? Lat { get; init; }
    public double? Lng { get; init; }
    /// <summary>The point is the middle of the 町丁目, not the place itself.</summary>
    public bool Approximate { get; init; }
    public string Access { get; init; } = "";
    public string Parking { get; init; } = "";
    public IReadOnlyList<string> BarrierFree { get; init; } = [];
    public IReadOnlyList<Guid> VisitAreas { get; init; } = [];
    public Schedule Schedule { get; init; } = new();
    public string ForWhom { get; init; } = "";
    public int? Capacity { get; init; }
    public Availability? Availability { get; init; }
    public DateOnly? AvailabilityUntil { get; init; }
    public string? FeeKind { get; init; }
    public int? FeeYen { get; init; }
    public string FeeNote { get; init; } = "";
    public string HowToJoin { get; init; } = "";
    public string? Phone { get; init; }
    public string? Fax { get; init; }
    public string? Email { get; init; }
    public string? Person { get; init; }
    public string Url { get; init; } = "";
    public IReadOnlyList<string> Tags { get; init; } = [];
    public IReadOnlyList<PublishedPhoto> Photos { get; init; } = [];
    public DateOnly? VerifiedOn { get; init; }
    public VerificationWay? VerifiedHow { get; init; }
    /// <summary>From this day it is 未確認.</summary>
    public DateOnly DueOn { get; init; }
    public DateOnly HideOn { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset ChangedAt { get; init; }

    public bool IsUnverifiedOn(DateOnly day) => day >= DueOn;

    public Availability? AvailabilityOn(DateOnly day) => AvailabilityUntil is { } until && day > until ? null : Availability;

    public static PublishedResource Of(Resource resource, Organization? operatedBy, Areas.Area? block, IReadOnlyList<PublishedPhoto> photos)
    {
        var content = resource.Content;
        var exact = content.AddressDetail == AddressDetail.Full;
        var coarse = content.AddressDetail == AddressDetail.Block;
        return new PublishedResource
        {
            Id = resource.Id,
            Number = resource.Number,
            Name = content.Name,
            Kana = content.Kana,
            CommonName = content.CommonName,
            Viewpoint = content.Viewpoint,
            Categories = content.Categories,
            ServiceKind = content.ServiceKind,
            OrganizationId = operatedBy?.Id,
            OperatorName = operatedBy?.Name ?? content.OperatorName,
            Description = content.Description,
            Venue = exact ? content.Venue : "",
            PostalCode = exact ? content.PostalCode : "",
            Address = exact ? content.Address : coarse ? block?.Name ?? "" : "",
            Building = exact ? content.Building : "",
            BlockId = exact || coarse ? content.BlockId : null,
            Lat = exact ? content.Lat ?? block?.Lat : coarse ? block?.Lat : null,
            Lng = exact ? content.Lng ?? block?.Lng : coarse ? block?.Lng : null,
            Approximate = coarse || exact && content.Lat is null,
            Access = exact ? content.Access : "",
            Parking = content.Parking,
            BarrierFree = content.BarrierFree,
            VisitAreas = content.VisitAreas,
            Schedule = content.Schedule,
            ForWhom = content.ForWhom,
            Capacity = content.Capacity,
            Availability = content.Availability,
            AvailabilityUntil = content.AvailabilityUntil,
            FeeKind = content.FeeKind,
            FeeYen = content.FeeYen,
            FeeNote = content.FeeNote,
            HowToJoin = content.HowToJoin,
            Phone = content.Phone.Published,
            Fax = content.Fax.Published,
            Email = content.Email.Published,
            Person = content.Person.Published,
            Url = content.Url,
            Tags = content.Tags,
            Photos = photos,
            VerifiedOn = resource.VerifiedOn,
            VerifiedHow = resource.VerifiedHow,
            DueOn = resource.DueOn,
            HideOn = resource.HideOn,
            CreatedAt = resource.CreatedAt,
            ChangedAt = resource.ChangedAt,
        };
    }
}

public sealed record PublishedPhoto(Guid Id, string Caption);

/// <summary>What the public may know of an organization.</summary>
public sealed record PublishedOrganization
{
    public required Guid Id { get; init; }
    public required string Number { get; init; }
    public required string Name { get; init; }
    public string Kana { get; init; } = "";
    public string CommonName { get; init; } = "";
    public string? Kind { get; init; }
    public string Description { get; init; } = "";
    public DateOnly? EstablishedOn { get; init; }
    public string CorporateNumber { get; init; } = "";
    public string? Representative { get; init; }
    public string? Address { get; init; }
    public string? Phone { get; init; }
    public string? Email { get; init; }
    public string Url { get; init; } = "";
    public DateTimeOffset ChangedAt { get; init; }

    public static PublishedOrganization Of(Organization organization)
    {
        var content = organization.Content;
        return new PublishedOrganization
        {
            Id = organization.Id,
            Number = organization.Number,
            Name = content.Name,
            Kana = content.Kana,
            CommonName = content.CommonName,
            Kind = content.Kind,
            Description = content.Description,
            EstablishedOn = content.EstablishedOn,
            CorporateNumber = content.CorporateNumber,
            Representative = content.Representative.Published,
            Address = content.Address.Published,
            Phone = content.Phone.Published,
            Email = content.Email.Published,
            Url = content.Url,
            ChangedAt = organization.ChangedAt,
        };
    }
}
