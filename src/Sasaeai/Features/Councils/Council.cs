using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sasaeai.Data;

namespace Sasaeai.Features.Councils;

/// <summary>協議体, or what becomes one.</summary>
public enum CouncilKind
{
    [Display(Name = "協議体")] Council,
    [Display(Name = "準備会")] Preparation,
    [Display(Name = "勉強会")] StudyGroup,
    [Display(Name = "研究会")] ResearchGroup,
}

/// <summary>A step on the way to the founding.</summary>
public enum FoundingStage
{
    [Display(Name = "住民への働きかけ")] Approach,
    [Display(Name = "勉強会")] Study,
    [Display(Name = "準備会")] Preparation,
    [Display(Name = "協議体の設置")] Founding,
}

/// <summary>協議体 of a layer and area: its name, who keeps it running, and since when it is there.</summary>
public class Council : TownRecord
{
    public required string Name { get; set; }
    /// <summary>愛称, chosen by the members as a rule.</summary>
    public string Nickname { get; set; } = "";
    public required CouncilKind Kind { get; set; }
    /// <summary>既存の話し合いを協議体とみなす.</summary>
    public bool Regarded { get; set; }
    /// <summary>第1層 or 第2層.</summary>
    public required int Layer { get; set; }
    public required Guid AreaId { get; set; }
    /// <summary>事務局.</summary>
    public string Secretariat { get; set; } = "";
    public string Purpose { get; set; } = "";
    public DateOnly? FoundedOn { get; set; }
    public DateOnly? ClosedOn { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }

    public string FullName => Nickname == "" ? Name : $"{Name}（愛称：{Nickname}）";

    public void RequireWhole() => Rule.Require(ClosedOn is null || FoundedOn is null || ClosedOn >= FoundedOn, "終わった日は、設置した日以後にしてください。");

    /// <summary>Reaching 設置 makes a 準備会 or 勉強会 the council.</summary>
    public CouncilStage Reach(FoundingStage stage, DateOnly day, string note, Actor actor, DateTimeOffset now)
    {
        Rule.Require(day <= now.Day(), "まだ来ていない日は記録できません。");
        if (stage == FoundingStage.Founding)
        {
            Rule.Require(FoundedOn is null || FoundedOn == day, "設置した日は、すでに記録されています。日付を直すときは「直す」から入力してください。");
            (Kind, FoundedOn) = (CouncilKind.Council, day);
            RequireWhole();
        }

        return new CouncilStage { CouncilId = Id, Stage = stage, ReachedOn = day, Note = note, ByName = actor.Name, CreatedAt = now };
    }
}

/// <summary>When a council reached a stage, and who recorded it. Only added to.</summary>
public class CouncilStage : TownRecord
{
    public required Guid CouncilId { get; init; }
    public required FoundingStage Stage { get; init; }
    public required DateOnly ReachedOn { get; init; }
    public string Note { get; init; } = "";
    public required string ByName { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}

public static class CouncilWords
{
    public static string LayerInWords(int layer) => $"第{layer}層";

    public static string InWords(this CouncilKind kind) => Name(kind);
    public static string InWords(this FoundingStage stage) => Name(stage);
    public static string InWords(this Chosen chosen) => Name(chosen);
    public static string InWords(this CouncilPost post) => Name(post);

    private static string Name<T>(T value) where T : struct, Enum => typeof(T).GetField(value.ToString())!.GetCustomAttribute<DisplayAttribute>()!.Name!;
}

public class CouncilMapping : IEntityTypeConfiguration<Council>
{
    public void Configure(EntityTypeBuilder<Council> builder)
    {
        builder.Property<uint>("xmin").IsRowVersion();
        builder.Ignore(council => council.FullName);
    }
}
