using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Areas;
using Sasaeai.Features.Councils;

namespace Sasaeai.Features.Meetings;

/// <summary>What the pages of a meeting have in common: the choices of its form, its number, and opening it for writing.</summary>
public sealed class MeetingDesk(AppDb db, CurrentPerson person, TimeProvider time)
{
    /// <param name="held">The meeting that is changed: what it has stays a choice, also when the council has ended or the kind has gone out of use.</param>
    public async Task<MeetingChoices> ChoicesAsync(Meeting? held = null)
    {
        var heldCouncil = held?.CouncilId;

        var today = time.Today();
        var areas = (await AreaTree.LoadAsync(db, today)).Choices(person);
        var councils = (await db.Councils.AsNoTracking().Where(council => council.ClosedOn == null || council.ClosedOn >= today || council.Id == heldCouncil).OrderBy(council => council.Layer).ThenBy(council => council.Name).Take(500).ToListAsync())
            .Where(person.CanChange).Select(council => new SelectListItem(council.Name, council.Id.ToString())).ToList();
        return new((await MeetingKinds.LoadAsync(db, today)).Choices(held?.KindCode), areas, councils);
    }

    /// <summary>第n回 of the council in the fiscal year: the one typed, or the next after those that were not called off. Waits while somebody else takes a number of the same council.</summary>
    public async Task<int?> NumberAsync(MeetingPlan plan, int? typed, Guid? except = null)
    {
        if (plan.CouncilId is not { } council)
        {
            return typed;
        }

        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({council.ToString()}, {db.TownId}))");
        var year = Japanese.FiscalYear.Of(plan.HeldOn);
        var taken = await db.Meetings.Where(meeting => meeting.CouncilId == council && meeting.FiscalYear == year.Year && meeting.Number != null && meeting.CancelledAt == null && meeting.Id != except).Select(meeting => meeting.Number!.Value).ToListAsync();
        Rule.Require(typed is null || !taken.Contains(typed.Value), $"{year}の第{typed}回は、もう登録されています。");
        return typed ?? (taken.Count == 0 ? 1 : taken.Max() + 1);
    }

    /// <summary>
    /// The meeting, to be written to. Note takers write at the same time; a change of the state of the minutes waits for
    /// them and they for it (<paramref name="alone"/>), so that nothing is written to minutes after they are final.
    /// </summary>
    public async Task<Meeting> OpenAsync(Guid id, bool alone = false)
    {
        await (alone
            ? db.Database.ExecuteSqlAsync($"select from app.meeting where municipality_id = {db.TownId} and id = {id} for update")
            : db.Database.ExecuteSqlAsync($"select from app.meeting where municipality_id = {db.TownId} and id = {id} for share"));
        var meeting = await db.GetAsync<Meeting>(id);
        Resources.ResourcePolicy.Require(person, person.CanWrite(meeting));
        return meeting;
    }
}

public sealed record MeetingChoices(IReadOnlyList<SelectListItem> Kinds, IReadOnlyList<SelectListItem> Areas, IReadOnlyList<SelectListItem> Councils);
