using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.HelpRequests;
using Sasaeai.Features.UnmetNeeds;

namespace Sasaeai.Features.Members;

/// <summary>Takes a person who left out of everything the group wrote: the register, what was said on the telephone, notes of calls and reports, photographed signatures. What figures and books count stays.</summary>
public sealed class Erasure(AppDb db, AuditTrail trail, TimeProvider time)
{
    private const string Gone = "（消しました）";

    public async Task EraseAsync(Member member)
    {
        var (id, now) = (member.Id, time.GetUtcNow());
        member.Erase(now);
        foreach (var request in await db.HelpRequests.Where(request => request.UserId == id).ToListAsync())
        {
            request.Forget(Gone);
        }

        foreach (var need in await db.UnmetNeeds.Where(need => need.Answer == null && need.WentTo == UnmetRoute.Group && db.HelpRequests.Any(request => request.Id == need.RequestId && request.UserId == id)).ToListAsync())
        {
            need.Recall(trail.Actor.Name, now.Day());
        }

        foreach (var link in await db.HelperLinks.Where(link => link.MemberId == id && link.EndedAt == null).ToListAsync())
        {
            link.End(now);
        }

        await db.SaveChangesAsync();
        await EraseNotesAsync(id);
        trail.Note("erase", "member", id, "氏名、依頼の内容、連絡と報告の文章、署名の写真");
    }

    /// <summary>Consultations of people who are no members, received before a day, of which the words are still kept.</summary>
    public IQueryable<HelpRequest> TalksBefore(DateOnly day, Guid groupId)
    {
        var said = db.Database.SqlQuery<Guid>($"""select id as "Value" from app.help_request where group_id = {groupId} and user_id is null and received_on < {day} and content ->> 'talk' <> ''""");
        return db.HelpRequests.Where(request => request.GroupId == groupId && said.Contains(request.Id));
    }

    public async Task ForgetTalksAsync(DateOnly before, Guid groupId)
    {
        foreach (var request in await TalksBefore(before, groupId).Take(5_000).ToListAsync())
        {
            request.Forget(Gone);
        }

        await db.SaveChangesAsync();
    }

    /// <summary>Texts beside what is counted. In SQL, for these records are otherwise never changed.</summary>
    private async Task EraseNotesAsync(Guid id)
    {
        var town = db.TownId;
        await db.Database.ExecuteSqlAsync($"update app.visit set close_reason = '' where municipality_id = {town} and user_id = {id} and close_reason <> ''");
        await db.Database.ExecuteSqlAsync($"update app.offer o set note = '' where o.municipality_id = {town} and o.note <> '' and (o.member_id = {id} or exists (select from app.visit v where v.municipality_id = o.municipality_id and v.id = o.visit_id and v.user_id = {id}))");
        await db.Database.ExecuteSqlAsync($"update app.assignment set override_reason = case when override_reason = '' then '' else {Gone} end, end_reason = case when end_reason = '' then '' else {Gone} end where municipality_id = {town} and member_id = {id}");
        await db.Database.ExecuteSqlAsync($"delete from app.slip_photo s using app.visit_report r, app.visit v where s.municipality_id = {town} and r.municipality_id = s.municipality_id and r.id = s.report_id and v.municipality_id = r.municipality_id and v.id = r.visit_id and v.user_id = {id}");
        await db.Database.ExecuteSqlAsync($$"""
            update app.visit_report r set content = content || jsonb_build_object('note', '', 'incidentText', case when content ->> 'incidentText' = '' then '' else {{Gone}} end), withdraw_reason = case when withdraw_reason = '' then '' else {{Gone}} end
            from app.visit v where r.municipality_id = {{town}} and v.municipality_id = r.municipality_id and v.id = r.visit_id and v.user_id = {{id}}
            """);
    }
}
