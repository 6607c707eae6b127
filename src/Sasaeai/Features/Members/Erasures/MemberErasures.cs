using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.HelpRequests;
using Sasaeai.Features.UnmetNeeds;
using Sasaeai.Web;

namespace Sasaeai.Features.Members.Erasures;

/// <summary>Takes away what tells who somebody was: in the register, and in the words of requests, reports and the contact log. What is counted stays.</summary>
public sealed class MemberErasures(AppDb db, AuditTrail trail, TimeProvider time)
{
    /// <summary>Members that one press erases; the next press takes the rest.</summary>
    public const int AtOnce = 200;

    /// <summary>Erases members who left.</summary>
    public async Task EraseAsync(IReadOnlyList<Member> members)
    {
        foreach (var member in members)
        {
            member.Erase(time.GetUtcNow());
        }

        var gone = members.Select(member => member.Id).ToArray();
        foreach (var need in await db.UnmetNeeds.Where(need => need.Answer == null && need.WentTo == UnmetRoute.Group && db.HelpRequests.Any(request => request.Id == need.RequestId && gone.Contains(request.UserId!.Value))).ToListAsync())
        {
            need.Recall(trail.Actor.Name, time.Today());     // another group has not answered yet and must not learn of the person any more
        }

        await db.SaveChangesAsync();
        foreach (var member in members)
        {
            await db.Database.ExecuteSqlAsync($"select app.forget_member({member.GroupId}, {member.Id})");
            trail.Note("erase", "member", member.Id);
        }
    }

    public async Task<int> CountOverdueAsync(Guid groupId)
    {
        var before = await BeforeAsync(groupId);
        return await Overdue(groupId, before).CountAsync() + await CallsAsync(groupId, before);
    }

    /// <summary>Those whose years have passed, and how many calls of people who are no members.</summary>
    public async Task<(IReadOnlyList<Member> Members, int Total, int Calls)> OverdueAsync(Guid groupId)
    {
        var before = await BeforeAsync(groupId);
        var members = Overdue(groupId, before);
        return (await members.OrderBy(member => member.LeftOn).ThenBy(member => member.Number).Take(AtOnce).ToListAsync(), await members.CountAsync(), await CallsAsync(groupId, before));
    }

    /// <returns>Members and calls that were erased.</returns>
    public async Task<(int Members, int Calls)> EraseOverdueAsync(Guid groupId)
    {
        var (members, _, _) = await OverdueAsync(groupId);
        await EraseAsync(members);
        var before = await BeforeAsync(groupId);
        var calls = await db.Database.SqlQuery<int>($"""select app.forget_callers({groupId}, {before}) as "Value" """).SingleAsync();
        if (calls > 0)
        {
            trail.Note("erase", "help_request", groupId, $"会員でない人の相談{calls}件");
        }

        return (members.Count, calls);
    }

    private IQueryable<Member> Overdue(Guid groupId, DateOnly before) => db.Members.Where(member => member.GroupId == groupId && member.LeftOn < before && member.ErasedAt == null);

    private async Task<DateOnly> BeforeAsync(Guid groupId) => time.Today().AddYears(-(await HelpRule.OfAsync(db, groupId)).Content.YearsKept);

    private async Task<int> CallsAsync(Guid groupId, DateOnly before) => await db.Database.SqlQuery<int>($"""
        select count(*)::int as "Value" from app.help_request where municipality_id = {db.TownId} and group_id = {groupId} and user_id is null and kind = 'consultation' and received_on < {before} and content::text <> {"{}"}
        """).SingleAsync();
}
