using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sasaeai.Data;

namespace Sasaeai.Features.Categories;

/// <summary>A kind of support in the town's own list, with how often its records are to be verified.</summary>
public class Category : TownRecord
{
    public required string Code { get; init; }
    public required string Name { get; set; }
    public string Kana { get; set; } = "";
    public string? ParentCode { get; set; }
    public string Description { get; set; } = "";
    /// <summary>確認間隔: days after which a record is due to be verified again.</summary>
    public int CheckDays { get; set; } = 365;
    /// <summary>Days after the last verification at which a record leaves the public pages.</summary>
    public int HideDays { get; set; } = 730;
    public int Sort { get; set; }
    public DateOnly? StartsOn { get; set; }
    public DateOnly? EndsOn { get; set; }

    public bool IsValidOn(DateOnly day) => (StartsOn is null || StartsOn <= day) && (EndsOn is null || day <= EndsOn);
}

/// <summary>主体種別, サービス類型, バリアフリー, 利用料区分, of activities 役割, 種類, 方法, 会議の種類, and できること that the town adds to those of question 9.</summary>
public enum CodeList { OperatorKind, ServiceKind, BarrierFree, FeeKind, ActivityFunction, ActivityKind, ActivityWay, MeetingKind, Ability }

public class CodeItem : ITownOwned
{
    public int MunicipalityId { get; private set; }
    public required CodeList List { get; init; }
    public required string Code { get; init; }
    public required string Name { get; set; }
    public int Sort { get; set; }
    public DateOnly? StartsOn { get; set; }
    public DateOnly? EndsOn { get; set; }
}

/// <summary>困りごと as a resident says it, and the categories that meet it.</summary>
public class Trouble : TownRecord
{
    public required string Words { get; set; }
    public required string[] CategoryCodes { get; set; }
    public int Sort { get; set; }
    /// <summary>Not offered to residents any more; it can be brought back.</summary>
    public DateTimeOffset? RemovedAt { get; set; }
}

/// <summary>Words that mean the same when people search; edited by the town's staff.</summary>
public class Synonym : TownRecord
{
    public required string Word { get; set; }
    public required string[] Others { get; set; }
    public string[] CategoryCodes { get; set; } = [];
    /// <summary>Searches do not use it any more; it can be brought back.</summary>
    public DateTimeOffset? RemovedAt { get; set; }
}

public class CodeItemMapping : IEntityTypeConfiguration<CodeItem>
{
    public void Configure(EntityTypeBuilder<CodeItem> builder) => builder.HasKey(item => new { item.MunicipalityId, item.List, item.Code });
}

public class TownRuleMapping : IEntityTypeConfiguration<TownRule>
{
    public void Configure(EntityTypeBuilder<TownRule> builder)
    {
        builder.HasKey(rule => rule.MunicipalityId);
        builder.Property<uint>("xmin").IsRowVersion();
    }
}
