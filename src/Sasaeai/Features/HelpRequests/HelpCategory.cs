using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Members;

namespace Sasaeai.Features.HelpRequests;

/// <summary>A kind of help: the words, what a helper must be able to do, and the common kind under which figures count it.</summary>
/// <param name="Ability">A code of <see cref="Abilities"/>; empty when anybody can.</param>
/// <param name="IsOffered">False when the group ended it; old requests keep it.</param>
public sealed record HelpKind(string Code, string Words, string Ability, string CountedAs, bool IsOffered = true)
{
    public const string Other = "other", Driving = "driving";

    /// <summary>The kinds that every group has; those of document 003 and of question 9 of document 004.</summary>
    public static readonly IReadOnlyList<HelpKind> Common =
    [
        Of("rubbish", "ゴミ出し", "rubbish"), Of("cleaning", "掃除・洗濯", "cleaning"), Of("cooking", "調理", "cooking"), Of("shopping", "買い物の代行", "shopping"), Of("outing", "買い物・通院などの同行", "outing"),
        Of(Driving, "送迎（移送）", "driving"), Of("garden", "庭木の剪定・草取り", ""), Of("repair", "電球交換・家具などの修理", ""), Of("moving", "片付け・力仕事", ""), Of("watch", "見守り・話し相手", "watch"),
        Of("meals", "配食の手伝い", "meals"), Of(Other, "その他", ""),
    ];

    /// <summary>People are driven: the check of 道路運送法 comes first, also for a category that the group added.</summary>
    public bool IsRide => CountedAs == Driving;

    private static HelpKind Of(string code, string words, string ability) => new(code, words, ability, code);

    /// <summary>The common kinds and those that the group added, 「その他」 last.</summary>
    public static async Task<IReadOnlyList<HelpKind>> OfGroupAsync(AppDb db, Guid groupId)
    {
        var own = await db.HelpCategories.AsNoTracking().Where(category => category.GroupId == groupId).OrderBy(category => category.CreatedAt)
            .Select(category => new HelpKind(category.Code, category.Name, category.Ability, category.CountedAs, category.EndedOn == null)).ToListAsync();
        return [.. Common.Take(Common.Count - 1), .. own, Common[^1]];
    }
}

/// <summary>A kind of help that one group added because 「その他」 said it again and again.</summary>
public class HelpCategory : TownRecord
{
    public required Guid GroupId { get; init; }
    public required string Code { get; init; }
    public required string Name { get; set; }
    public string Ability { get; set; } = "";
    public required string CountedAs { get; set; }
    public DateOnly? EndedOn { get; private set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required string ByName { get; init; }

    /// <summary>Another name, ability or kind under which the next requests count; those that were taken keep theirs.</summary>
    public void Change(string name, string ability, string countedAs, bool isOffered, DateOnly day) =>
        (Name, Ability, CountedAs, EndedOn) = (name, ability, countedAs, isOffered ? null : EndedOn ?? day);

    /// <summary>What 「その他」 said as often as the group's rule asks for, the most frequent first.</summary>
    public static async Task<IReadOnlyList<Same>> RecurringAsync(AppDb db, Guid groupId)
    {
        var least = (await HelpRule.OfAsync(db, groupId)).Content.SameOthers;
        return await db.HelpRequests.Where(request => request.GroupId == groupId && request.CategoryCode == HelpKind.Other && request.DetailKey != "").GroupBy(request => request.DetailKey).Where(same => same.Count() >= least).OrderByDescending(same => same.Count())
            .Take(30).Select(same => new Same(same.Key, same.Max(request => request.Detail)!, same.Count())).ToListAsync();
    }

    public sealed record Same(string Key, string Detail, int Count);
}
