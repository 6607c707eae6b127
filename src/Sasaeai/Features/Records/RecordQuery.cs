using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Resources;
using Sasaeai.Japanese;

namespace Sasaeai.Features.Records;

public enum RecordSort { Name, Number, Verified, Due, Changed }

/// <summary>What staff look for in the list of records; the same for the page and its files.</summary>
public sealed class RecordQuery
{
    [Display(Name = "名前・カナ・管理番号"), StringLength(100)]
    public string? Q { get; set; }

    [Display(Name = "状態")]
    public ResourceState? State { get; set; }

    [Display(Name = "公開範囲")]
    public Audience? Audience { get; set; }

    [Display(Name = "圏域")]
    public Guid? Area { get; set; }

    [Display(Name = "分類")]
    public string? Category { get; set; }

    [Display(Name = "確認の状態")]
    public Freshness? Freshness { get; set; }

    [Display(Name = "団体")]
    public Guid? Organization { get; set; }

    public RecordSort Sort { get; set; }

    public bool Descending { get; set; }

    /// <summary>The records that fit and that this person may see, in order.</summary>
    public IQueryable<Resource> Of(AppDb db, CurrentPerson person, TownLists lists)
    {
        var found = db.Resources.AsNoTracking().VisibleTo(person);
        var words = Folding.Words(Q);
        if (words.Count == 0 && Q?.Trim() is { Length: > 0 } signs)
        {
            found = found.Where(resource => resource.Number.Contains(signs) || resource.Name.Contains(signs));
        }

        foreach (var word in words)
        {
            found = found.Where(resource => resource.NameKey.Contains(word));
        }

        if (State is { } state)
        {
            found = found.Where(resource => resource.State == state);
        }

        if (Audience is { } audience)
        {
            found = found.Where(resource => resource.Audience == audience);
        }

        if (Area is { } area)
        {
            found = found.Where(resource => resource.AreaIds.Contains(area));
        }

        if (!string.IsNullOrEmpty(Category))
        {
            var codes = lists.CategoryWithParts(Category);
            found = found.Where(resource => resource.CategoryCodes.Any(code => codes.Contains(code)));
        }

        if (Organization is { } organization)
        {
            found = found.Where(resource => resource.OrganizationId == organization);
        }

        return InOrder(WithFreshness(found, lists.Today, lists.Today.AddDays(lists.Rule.DueSoonDays)));
    }

    /// <summary>As <see cref="Resource.FreshnessOn"/>, for the database.</summary>
    private IQueryable<Resource> WithFreshness(IQueryable<Resource> found, DateOnly today, DateOnly soon) => Freshness switch
    {
        null => found,
        Resources.Freshness.Expired => found.Where(resource => resource.HideOn <= today),
        Resources.Freshness.Unverified => found.Where(resource => resource.HideOn > today && resource.DueOn <= today),
        Resources.Freshness.DueSoon => found.Where(resource => resource.HideOn > today && resource.DueOn > today && resource.DueOn <= soon),
        _ => found.Where(resource => resource.HideOn > today && resource.DueOn > soon),
    };

    private IQueryable<Resource> InOrder(IQueryable<Resource> found) => ((Sort, Descending) switch
    {
        (RecordSort.Number, false) => found.OrderBy(resource => resource.Number),
        (RecordSort.Number, true) => found.OrderByDescending(resource => resource.Number),
        (RecordSort.Verified, false) => found.OrderBy(resource => resource.VerifiedOn),
        (RecordSort.Verified, true) => found.OrderByDescending(resource => resource.VerifiedOn),
        (RecordSort.Due, false) => found.OrderBy(resource => resource.DueOn),
        (RecordSort.Due, true) => found.OrderByDescending(resource => resource.DueOn),
        (RecordSort.Changed, false) => found.OrderBy(resource => resource.ChangedAt),
        (RecordSort.Changed, true) => found.OrderByDescending(resource => resource.ChangedAt),
        (_, true) => found.OrderByDescending(resource => resource.Kana).ThenByDescending(resource => resource.Name),
        _ => found.OrderBy(resource => resource.Kana).ThenBy(resource => resource.Name),
    }).ThenBy(resource => resource.Id);
}

public static class VisibleRecords
{
    /// <summary>As <see cref="ResourcePolicy.CanSee"/>, for lists: staff see all, 世話人 the records of their groups.</summary>
    /// <exception cref="ForbiddenException">The person has nothing to do with the directory.</exception>
    public static IQueryable<Resource> VisibleTo(this IQueryable<Resource> resources, CurrentPerson person)
    {
        person.Require(person.IsStaff || person.OrganizationIds.Count > 0);
        var own = person.OrganizationIds.ToArray();
        return person.IsStaff ? resources : resources.Where(resource => resource.OrganizationId != null && own.Contains(resource.OrganizationId.Value));
    }
}
