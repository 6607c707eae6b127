using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sasaeai.Data;
using Sasaeai.Features.Areas;
using Sasaeai.Features.Categories;
using Sasaeai.Japanese;

namespace Sasaeai.Features.Resources;

/// <summary>登録中 (nothing approved yet), 掲載中, 掲載終了.</summary>
public enum ResourceState { Draft, Published, Ended }

/// <summary>電話, 訪問, 本人(実施主体), 自動.</summary>
public enum VerificationWay { Phone, Visit, Operator, Automatic }

/// <summary>確認済み, 確認が近い, 未確認, 非公開になるほど古い.</summary>
public enum Freshness { Fresh, DueSoon, Unverified, Expired }

/// <summary>地域資源: a place to go, a service, a group's activity. Holds the approved content.</summary>
public class Resource : TownRecord
{
    private Resource()
    {
    }

    public Resource(string number, ResourceContent content, ResourceSetting setting, DateTimeOffset now)
    {
        Rule.Require(number.Trim() != "", "管理番号を入力してください。");
        (Number, CreatedAt, State) = (number.Trim(), now, ResourceState.Draft);
        Apply(content, setting, now);
    }

    public string Number { get; private init; } = "";
    public ResourceState State { get; private set; }
    /// <summary>Grows by one with each approved change; a proposal names the version that it was made on.</summary>
    public int Version { get; private set; }
    public ResourceContent Content { get; private set; } = new();
    /// <summary>The content as the last import brought it.</summary>
    public ResourceContent? Imported { get; private set; }
    public DateTimeOffset? ImportedAt { get; private set; }
    public string Name { get; private set; } = "";
    public string Kana { get; private set; } = "";
    /// <summary>Folded name, kana, common name and number, by which staff search.</summary>
    public string NameKey { get; private set; } = "";
    public Audience Audience { get; private set; }
    public Guid? OrganizationId { get; private set; }
    public string[] CategoryCodes { get; private set; } = [];
    /// <summary>The block of the place, the areas visited, and all areas above them.</summary>
    public Guid[] AreaIds { get; private set; } = [];
    public DateOnly? VerifiedOn { get; private set; }
    public VerificationWay? VerifiedHow { get; private set; }
    public string? VerifiedBy { get; private set; }
    /// <summary>次回確認期限.</summary>
    public DateOnly DueOn { get; private set; }
    /// <summary>From this day the record is not public any more.</summary>
    public DateOnly HideOn { get; private set; }
    public DateTimeOffset CreatedAt { get; private init; }
    public DateTimeOffset ChangedAt { get; private set; }

    /// <summary>The public may see it: approved, meant for the public, and its operator consented.</summary>
    public bool IsPublic => State == ResourceState.Published && Audience == Audience.Public && Content.ConsentedOn is not null;

    /// <summary>Takes an approved content.</summary>
    public void Apply(ResourceContent content, ResourceSetting setting, DateTimeOffset now)
    {
        Rule.Require(content.Name.Trim() != "", "名称を入力してください。");
        Rule.Require(content.Categories.Count > 0, "分類を一つ以上選んでください。");
        Rule.Require(content.Categories.All(setting.HasCategory), "分類に、この市町村の分類表にないものがあります。選び直してください。");
        Rule.Require(content.Lat is null or (>= 20 and <= 46), "緯度は20から46の間の数で入力してください。");
        Rule.Require(content.Lng is null or (>= 122 and <= 154), "経度は122から154の間の数で入力してください。");

        (Content, Name, Kana, OrganizationId, CategoryCodes) = (content, content.Name, content.Kana, content.OrganizationId, [.. content.Categories]);
        (Audience, NameKey) = (content.Audience, string.Join('\n', new[] { content.Name, content.Kana, content.CommonName, Number }.Select(Folding.Fold)));
        Version++;
        ChangedAt = now;
        PlaceIn(setting, now);
    }

    /// <summary>Works out areas and dates again, after the town's areas, categories or rules changed.</summary>
    public void PlaceIn(ResourceSetting setting, DateTimeOffset now)
    {
        var areas = Content.VisitAreas.Concat(Content.BlockId is { } block ? [block] : Array.Empty<Guid>());
        AreaIds = [.. setting.Areas.WithAncestors(areas).Order()];
        var since = VerifiedOn ?? CreatedAt.Day();
        DueOn = VerifiedOn is null ? since : since.AddDays(setting.CheckDays(CategoryCodes));
        HideOn = setting.HideUnverified ? since.AddDays(setting.HideDays(CategoryCodes)) : DateOnly.MaxValue;
    }

    public void Publish(DateTimeOffset now)
    {
        Rule.Require(State != ResourceState.Published, "この記録はすでに掲載されています。");
        (State, ChangedAt) = (ResourceState.Published, now);
    }

    public void End(DateTimeOffset now)
    {
        Rule.Require(State != ResourceState.Ended, "この記録の掲載はすでに終わっています。");
        (State, ChangedAt) = (ResourceState.Ended, now);
    }

    /// <summary>Remembers what a file said, so that the next import sees who changed a field: the file or the town.</summary>
    public void RememberImported(ResourceContent content, DateTimeOffset now) => (Imported, ImportedAt) = (content, now);

    /// <summary>Somebody checked that the content is right. The day may lie in the past, never in the future.</summary>
    public Verification Verify(DateOnly day, VerificationWay how, Actor actor, ResourceSetting setting, DateTimeOffset now, string note = "")
    {
        Rule.Require(day <= setting.Today, "確認した日は今日までの日にしてください。");
        if (VerifiedOn is null || day >= VerifiedOn)
        {
            (VerifiedOn, VerifiedHow, VerifiedBy) = (day, how, actor.Name);
            PlaceIn(setting, now);
        }

        return new Verification { ResourceId = Id, OnDay = day, How = how, AccountId = actor.AccountId, ByName = actor.Name, Version = Version, Note = note, CreatedAt = now };
    }

    public Freshness FreshnessOn(DateOnly day, int dueSoonDays) => FreshnessOn(day, DueOn, HideOn, dueSoonDays);

    public static Freshness FreshnessOn(DateOnly day, DateOnly dueOn, DateOnly hideOn, int dueSoonDays) =>
        day >= hideOn ? Freshness.Expired
        : day >= dueOn ? Freshness.Unverified
        : day >= dueOn.AddDays(-dueSoonDays) ? Freshness.DueSoon
        : Freshness.Fresh;
}

/// <summary>What a resource must know of its town: the areas, the categories, the rule, and today.</summary>
public sealed class ResourceSetting(AreaTree areas, IEnumerable<Category> categories, TownRule rule, DateOnly today)
{
    private readonly Dictionary<string, Category> categories = categories.ToDictionary(category => category.Code);

    public AreaTree Areas => areas;
    public DateOnly Today => today;
    public bool HideUnverified => rule.HideUnverified;

    public static async Task<ResourceSetting> LoadAsync(AppDb db, DateOnly today) =>
        new(await AreaTree.LoadAsync(db, today), await db.Categories.AsNoTracking().ToListAsync(), await db.RuleAsync(), today);

    public bool HasCategory(string code) => categories.ContainsKey(code);

    /// <summary>Of several categories the strictest counts.</summary>
    public int CheckDays(IEnumerable<string> codes) => codes.Min(code => categories[code].CheckDays);
    public int HideDays(IEnumerable<string> codes) => codes.Min(code => categories[code].HideDays);
}

/// <summary>最終確認: who checked the record, when and how. Not the same as the last change.</summary>
public class Verification : TownRecord
{
    public required Guid ResourceId { get; init; }
    public required DateOnly OnDay { get; init; }
    public required VerificationWay How { get; init; }
    public Guid? AccountId { get; init; }
    public required string ByName { get; init; }
    /// <summary>The version of the content that was found right.</summary>
    public required int Version { get; init; }
    public string Note { get; init; } = "";
    public required DateTimeOffset CreatedAt { get; init; }
}

public class ResourceMapping : IEntityTypeConfiguration<Resource>
{
    public void Configure(EntityTypeBuilder<Resource> builder)
    {
        builder.Property<uint>("xmin").IsRowVersion();   // two people cannot both change the same version
        builder.Property(resource => resource.Content).IsJson();
        builder.Property(resource => resource.Imported).IsJson();
    }
}
