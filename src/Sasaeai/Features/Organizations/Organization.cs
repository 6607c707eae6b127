using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sasaeai.Data;
using Sasaeai.Features.Resources;

namespace Sasaeai.Features.Organizations;

/// <summary>What a record says about an organization (実施主体・団体).</summary>
public sealed record OrganizationContent
{
    public string Name { get; init; } = "";
    public string Kana { get; init; } = "";
    public string CommonName { get; init; } = "";
    /// <summary>主体種別, a code of the town's list.</summary>
    public string? Kind { get; init; }
    public string Description { get; init; } = "";
    public DateOnly? EstablishedOn { get; init; }
    public string CorporateNumber { get; init; } = "";
    public int? Members { get; init; }
    public ContactField Representative { get; init; } = new();
    public string PostalCode { get; init; } = "";
    public ContactField Address { get; init; } = new();
    public double? Lat { get; init; }
    public double? Lng { get; init; }
    public ContactField Phone { get; init; } = new();
    public ContactField Email { get; init; } = new();
    public string Url { get; init; } = "";
    public string Note { get; init; } = "";
}

public class Organization : TownRecord
{
    private Organization()
    {
    }

    public Organization(string number, OrganizationContent content, DateTimeOffset now)
    {
        (Number, CreatedAt) = (number, now);
        Change(content, now);
        Version = 1;
    }

    public string Number { get; private init; } = "";
    public string Name { get; private set; } = "";
    public string Kana { get; private set; } = "";
    public string? Kind { get; private set; }
    public OrganizationContent Content { get; private set; } = new();
    public OrganizationContent? Imported { get; set; }
    public int Version { get; private set; }
    public DateTimeOffset CreatedAt { get; private init; }
    public DateTimeOffset ChangedAt { get; private set; }
    public DateOnly? ClosedOn { get; private set; }

    public void Change(OrganizationContent content, DateTimeOffset now)
    {
        Rule.Require(content.Name.Trim() != "", "団体の名称を入力してください。");
        (Content, Name, Kana, Kind, ChangedAt) = (content, content.Name, content.Kana, content.Kind, now);
        Version++;
    }

    public void Close(DateOnly day, DateTimeOffset now)
    {
        Rule.Require(ClosedOn is null, "この団体はすでに解散・休止として記録されています。");
        (ClosedOn, ChangedAt) = (day, now);
    }

    /// <summary>It works again after a rest (休止), or was never closed.</summary>
    public void Reopen(DateTimeOffset now)
    {
        Rule.Require(ClosedOn is not null, "この団体は、解散・休止として記録されていません。");
        (ClosedOn, ChangedAt) = (null, now);
    }
}

public class OrganizationMapping : IEntityTypeConfiguration<Organization>
{
    public void Configure(EntityTypeBuilder<Organization> builder)
    {
        builder.Property<uint>("xmin").IsRowVersion();
        builder.Property(organization => organization.Content).IsJson();
        builder.Property(organization => organization.Imported).IsJson();
    }
}
