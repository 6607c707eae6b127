using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.ActivityRecords;
using Sasaeai.Features.Councils;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Verifications;
using Sasaeai.Features.Visits;
using Sasaeai.Features.Voices;

namespace Sasaeai.Features.Today;

/// <summary>What waits for this person today; each count leads to its list.</summary>
public class IndexModel(AppDb db, CurrentPerson person, TimeProvider time) : PageModel
{
    /// <summary>Days ahead in which an end of 休止 counts as soon.</summary>
    public const int SoonDays = 14;
    private const int Shown = 5;

    public CurrentPerson Person => person;
    public DateOnly Day => time.Today();
    /// <summary>Those whose day it is to record activities; officers do it now and then.</summary>
    public bool MayRecord => person.CanRecord() && (person.Is(Role.Coordinator) || person.Is(Role.Counsellor));
    public IReadOnlyList<Waiting> Waits { get; private set; } = [];
    public IReadOnlyList<Due> Calls { get; private set; } = [];
    public IReadOnlyList<Change> Changes { get; private set; } = [];
    public IReadOnlyList<Own> Records { get; private set; } = [];
    public IReadOnlyList<Help> Groups { get; private set; } = [];
    public CouncilDay? Council { get; private set; }
    public IReadOnlyList<OwnCouncil> Councils { get; private set; } = [];

    public async Task OnGetAsync()
    {
        Groups = await HelpAsync();
        Council = person.CanSeeCouncils() ? await CouncilDay.LoadAsync(db, person, Day) : null;
        if (person.IsStaff)
        {
            await LoadWorkAsync();
        }
        else if (person.OrganizationIds.Count > 0)
        {
            var groups = person.OrganizationIds.Select(id => (Guid?)id).ToArray();
            Records = await db.Resources.AsNoTracking().Where(resource => groups.Contains(resource.OrganizationId)).OrderBy(resource => resource.Kana).ThenBy(resource => resource.Name).Take(100)
                .Select(resource => new Own(resource.Id, resource.Name, resource.State, resource.DueOn, resource.HideOn,
                    db.Revisions.Any(revision => revision.ResourceId == resource.Id && revision.State == RevisionState.Pending))).ToListAsync();
        }

        if (!person.IsStaff && person.CouncilIds.Count > 0)
        {
            Councils = await db.Councils.AsNoTracking().SeenBy(person).OrderBy(council => council.Layer).ThenBy(council => council.Name).Take(20).Select(council => new OwnCouncil(council.Id, council.Name)).ToListAsync();
        }
    }

    /// <summary>What waits in the 助け合い団体 whose visits the person arranges.</summary>
    private async Task<List<Help>> HelpAsync()
    {
        var (own, counselled) = (person.Is(Role.GroupKeeper) ? person.OrganizationIds : new HashSet<Guid>(), person.CounselledGroupIds);
        return own.Count == 0 && counselled.Count == 0 ? [] : await db.HelpGroups.AsNoTracking().Where(group => own.Contains(group.OrganizationId) || counselled.Contains(group.Id)).OrderBy(group => group.Name).Select(group => new Help(group.Id, group.Name,
            db.Visits.Count(visit => visit.GroupId == group.Id && visit.State == VisitState.Open && visit.DueDay >= Day && visit.DueDay <= Day.AddDays(Board.DaysAhead)),
            db.Visits.Count(visit => visit.GroupId == group.Id && visit.State == VisitState.Reported),
            db.Visits.Count(visit => visit.GroupId == group.Id && visit.State == VisitState.Assigned && visit.DueDay < Day),
            db.Visits.Count(visit => visit.GroupId == group.Id && visit.State == VisitState.Open && visit.DueDay < Day),
            db.UnmetNeeds.Count(need => need.ToGroupId == group.Id && need.Answer == null))).ToListAsync();
    }

    private async Task LoadWorkAsync()
    {
        var rule = await db.RuleAsync();
        var now = time.GetUtcNow();
        var mine = db.Resources.AsNoTracking().WorkedBy(person);
        var due = mine.DueBy(Day.AddDays(rule.DueSoonDays));
        Calls = await due.InOrderOfCalls(db, Day).Take(Shown).Select(resource => new Due(resource.Id, resource.Name, resource.DueOn, resource.HideOn)).ToListAsync();
        Waits =
        [
            new("確認する資源", "/verifications", await due.CountAsync()),
            new(person.IsOfficer || !rule.ApprovalRequired ? "承認を待つ修正案" : "職員の承認を待つ修正案", "/revisions",
                await db.Revisions.CountAsync(revision => revision.State == RevisionState.Pending && mine.Any(resource => resource.Id == revision.ResourceId))),
            new("「情報が違います」の連絡", "/mistake-reports",
                await db.MistakeReports.CountAsync(report => report.State == ReportState.Open && mine.Any(resource => resource.Id == report.ResourceId))),
            new("答えのない確認依頼", "/confirmation-requests",
                await db.ConfirmationRequests.Where(request => request.AnsweredAt == null && request.ExpiresAt > now && mine.Any(resource => resource.Id == request.ResourceId)).Select(request => request.ResourceId).Distinct().CountAsync()),
            new("書きかけの活動記録", "/activities/drafts", await db.ActivityRecords.CountAsync(record => record.AccountId == person.Account!.Id && record.CompletedAt == null)),
            new("まだ読んでいない住民の声", "/voices?unread=true", await db.Voices.HeardBy(person).CountAsync(voice => voice.ReadAt == null)),
        ];
        Changes = await ChangesAsync(mine);
    }

    /// <summary>休止 that ends soon, and availability that says nothing any more. Both are inside the content, so the database is asked in JSON.</summary>
    private async Task<List<Change>> ChangesAsync(IQueryable<Resource> mine)
    {
        var (today, soon) = (Day.ToString("yyyy-MM-dd"), Day.AddDays(SoonDays).ToString("yyyy-MM-dd"));
        var ids = await db.Database.SqlQuery<Guid>($"""
            select id as "Value" from app.resource
            where municipality_id = {db.TownId} and state = 'published'
              and (content ->> 'availabilityUntil' < {today}
                or exists (select from jsonb_array_elements(content -> 'schedule' -> 'closures') as closure where closure ->> 'to' between {today} and {soon}))
            limit 500
            """).ToListAsync();
        var changed = await mine.Where(resource => ids.Contains(resource.Id)).OrderBy(resource => resource.Name).Take(20).Select(resource => new { resource.Id, resource.Name, resource.Content }).ToListAsync();
        return [.. changed.Select(resource => new Change(resource.Id, resource.Name,
            resource.Content.Schedule.Closures.FirstOrDefault(closure => closure.To >= Day && closure.To <= Day.AddDays(SoonDays)) is { } closure
                ? $"{closure.InJapanese()}。再開の予定を確かめてください。" : "空き状況の期限がすぎました。今の状況を確かめてください。"))];
    }

    /// <param name="Missed">The day is over and nobody was found.</param>
    /// <param name="Sent">People whom other groups send, without an answer yet.</param>
    public sealed record Help(Guid Id, string Name, int Open, int Reported, int Late, int Missed, int Sent);

    public sealed record OwnCouncil(Guid Id, string Name);

    public sealed record Due(Guid Id, string Name, DateOnly DueOn, DateOnly HideOn);

    public sealed record Change(Guid Id, string Name, string What);

    public sealed record Own(Guid Id, string Name, ResourceState State, DateOnly DueOn, DateOnly HideOn, bool HasProposal);
}

/// <summary>Work that waits, and where its list is.</summary>
public sealed record Waiting(string Name, string Path, int Count);
