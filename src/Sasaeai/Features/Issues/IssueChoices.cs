using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Shared;
using Sasaeai.Features.TownSettings;

namespace Sasaeai.Features.Issues;

/// <summary>What the forms of the chain choose from, and how they read days.</summary>
public static class IssueChoices
{
    public static readonly SelectListItem[] Urgencies = [.. Enum.GetValues<Urgency>().Select(urgency => new SelectListItem(urgency.InWords(), $"{urgency}"))];

    public static readonly SelectListItem[] Frequencies = [.. Enum.GetValues<Frequency>().Select(frequency => new SelectListItem(frequency.InWords(), $"{frequency}"))];

    public static readonly SelectListItem[] Fits = [.. Enum.GetValues<ResourceFit>().Select(fit => new SelectListItem(fit.InWords(), $"{fit}"))];

    /// <summary>The meetings held last, newest first.</summary>
    public static async Task<List<SelectListItem>> MeetingsAsync(AppDb db, DateOnly today) =>
        [.. (await db.Meetings.AsNoTracking().Where(meeting => meeting.CancelledAt == null && meeting.HeldOn <= today).OrderByDescending(meeting => meeting.HeldOn).ThenBy(meeting => meeting.Id).Take(100).ToListAsync())
            .Select(meeting => new SelectListItem($"{Japanese.Wareki.Short(meeting.HeldOn)} {meeting.Title}", meeting.Id.ToString()))];

    /// <exception cref="RuleBrokenException">The meeting is not on the list.</exception>
    public static Guid? Meeting(Guid? id, IEnumerable<SelectListItem> meetings)
    {
        Rule.Require(id is null || meetings.Any(meeting => meeting.Value == id.ToString()), "会議を一覧から選び直してください。");
        return id;
    }

    /// <exception cref="RuleBrokenException">Nothing was typed, or no day.</exception>
    public static DateOnly Day(DateInput? typed, string label)
    {
        Rule.Require(typed is not null, $"{label}を入力してください。");
        return Choices.Day(typed, label)!.Value;
    }
}
