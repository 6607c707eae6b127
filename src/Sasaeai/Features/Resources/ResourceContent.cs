using Sasaeai.Features.Resources.Schedules;

namespace Sasaeai.Features.Resources;

/// <summary>資源の観点: 参加する活動, 利用するサービス, 実施主体, 場・拠点.</summary>
public enum Viewpoint { Activity, Service, Provider, Place }

/// <summary>空きあり, 要相談, 満員.</summary>
public enum Availability { Open, Ask, Full }

/// <summary>公開, 専門職限定, 内部.</summary>
public enum Audience { Public, Professionals, Internal }

/// <summary>One means of contact and whether its owner agreed to have it published.</summary>
public sealed record ContactField
{
    public string Value { get; init; } = "";
    public bool Publish { get; init; }

    public string? Published => Publish && Value != "" ? Value : null;
}

/// <summary>How much of the address the public sees: all of it, the 町丁目 only, or nothing.</summary>
public enum AddressDetail { Full, Block, Hidden }

/// <summary>
/// All that a record says about a local resource (地域資源). Immutable: a change is a new content, proposed as a
/// <see cref="Revision"/>. Empty text means "not known"; codes are those of the town's lists.
/// </summary>
public sealed record ResourceContent
{
    public string Name { get; init; } = "";
    public string Kana { get; init; } = "";
    public string CommonName { get; init; } = "";
    public Viewpoint Viewpoint { get; init; }
    public IReadOnlyList<string> Categories { get; init; } = [];
    public string? ServiceKind { get; init; }
    public Guid? OrganizationId { get; init; }
    /// <summary>Name of the operator where it is no registered organization.</summary>
    public string OperatorName { get; init; } = "";
    public string Description { get; init; } = "";

    public string Venue { get; init; } = "";
    public string PostalCode { get; init; } = "";
    public string Address { get; init; } = "";
    public string Building { get; init; } = "";
    public AddressDetail AddressDetail { get; init; }
    /// <summary>町丁目 of the place.</summary>
    public Guid? BlockId { get; init; }
    public double? Lat { get; init; }
    public double? Lng { get; init; }
    public string Access { get; init; } = "";
    public string Parking { get; init; } = "";
    public IReadOnlyList<string> BarrierFree { get; init; } = [];
    /// <summary>Areas that a visiting service covers.</summary>
    public IReadOnlyList<Guid> VisitAreas { get; init; } = [];

    public Schedule Schedule { get; init; } = new();

    public string ForWhom { get; init; } = "";
    public int? Capacity { get; init; }
    public Availability? Availability { get; init; }
    /// <summary>After this day the availability is not shown any more.</summary>
    public DateOnly? AvailabilityUntil { get; init; }
    public string? FeeKind { get; init; }
    public int? FeeYen { get; init; }
    public string FeeNote { get; init; } = "";
    public string HowToJoin { get; init; } = "";

    public ContactField Phone { get; init; } = new();
    public ContactField Fax { get; init; } = new();
    public ContactField Email { get; init; } = new();
    public ContactField Person { get; init; } = new();
    public string Url { get; init; } = "";

    public IReadOnlyList<string> Tags { get; init; } = [];
    /// <summary>情報源.</summary>
    public string Source { get; init; } = "";
    public Audience Audience { get; init; }
    /// <summary>掲載同意日; without it nothing is published.</summary>
    public DateOnly? ConsentedOn { get; init; }
    /// <summary>For staff only.</summary>
    public string Note { get; init; } = "";

    // Lists compare by their elements, so that an unchanged content equals itself after a round trip.
    public bool Equals(ResourceContent? other) => other is not null && Data.JsonColumn.Write(this) == Data.JsonColumn.Write(other);
    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);
}
