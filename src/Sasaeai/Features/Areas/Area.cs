using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sasaeai.Data;

namespace Sasaeai.Features.Areas;

/// <summary>市町村, 日常生活圏域, 小学校区, 地区社協, 町丁目.</summary>
public enum AreaKind { Town, LivingArea, SchoolDistrict, CouncilDistrict, Block, Other }

/// <summary>A part of the town in one of its hierarchies.</summary>
public class Area : TownRecord
{
    public required string Code { get; init; }
    public required AreaKind Kind { get; set; }
    /// <summary>第1層 or 第2層, where the area is one of the programme's layers.</summary>
    public int? Layer { get; set; }
    public required string Name { get; set; }
    public string Kana { get; set; } = "";
    public DateOnly? StartsOn { get; set; }
    public DateOnly? EndsOn { get; set; }
    public double? Lat { get; set; }
    public double? Lng { get; set; }
    /// <summary>GeoJSON geometry, simplified for the web.</summary>
    public string? Boundary { get; set; }

    public bool IsValidOn(DateOnly day) => (StartsOn is null || StartsOn <= day) && (EndsOn is null || day <= EndsOn);
}

/// <summary>A block lies in several larger areas, each for a time.</summary>
public class AreaParent : ITownOwned
{
    public int MunicipalityId { get; private set; }
    public required Guid AreaId { get; init; }
    public required Guid ParentId { get; init; }
    public DateOnly? StartsOn { get; set; }
    public DateOnly? EndsOn { get; set; }

    public bool IsValidOn(DateOnly day) => (StartsOn is null || StartsOn <= day) && (EndsOn is null || day <= EndsOn);
}

/// <summary>地域・年齢別人口: people of an area on a day, by five-year band (its first age) and sex.</summary>
[NotAudited]
public class Population : ITownOwned
{
    public int MunicipalityId { get; private set; }
    public required Guid AreaId { get; init; }
    public required DateOnly CountedOn { get; init; }
    public required int AgeFrom { get; init; }
    public required PopulationSex Sex { get; init; }
    public required int People { get; set; }
}

public enum PopulationSex { Male, Female, All }

public class AreaMapping : IEntityTypeConfiguration<Area>
{
    public void Configure(EntityTypeBuilder<Area> builder) => builder.Property(area => area.Boundary).HasColumnType("jsonb");
}

public class AreaParentMapping : IEntityTypeConfiguration<AreaParent>
{
    public void Configure(EntityTypeBuilder<AreaParent> builder) => builder.HasKey(link => new { link.MunicipalityId, link.AreaId, link.ParentId });
}

public class PopulationMapping : IEntityTypeConfiguration<Population>
{
    public void Configure(EntityTypeBuilder<Population> builder) => builder.HasKey(row => new { row.MunicipalityId, row.AreaId, row.CountedOn, row.AgeFrom, row.Sex });
}
