using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Handovers;
using Sasaeai.Features.MutualHelpReports;
using Sasaeai.Features.Voices;

namespace Sasaeai.Features.Issues;

/// <summary>One issue: what was said (never who said it), what is there already, where it went and what is done.</summary>
public class ShowModel(AppDb db, CurrentPerson person, IssueDesk desk, TimeProvider time) : PageModel
{
    private const int Most = 200;

    public CurrentPerson Person => person;
    public TownNames Names => desk.Names;
    public DateOnly Today => time.Today();
    public Issue Issue { get; private set; } = null!;
    public bool MayChange { get; private set; }
    /// <summary>委員 are neighbours: how and on which day one of few voices came could tell them who spoke.</summary>
    public ReportMask Mask { get; private set; } = new(0);
    public string? HeirTitle { get; private set; }
    public IReadOnlyList<IssueBrief> Inside { get; private set; } = [];
    public IReadOnlyList<VoiceRow> Voices { get; private set; } = [];
    public int VoiceCount { get; private set; }
    public IReadOnlyList<EvidenceRow> Evidence { get; private set; } = [];
    public IReadOnlyList<ResourceRow> Resources { get; private set; } = [];
    public IReadOnlyList<Handover> Handovers { get; private set; } = [];
    public IReadOnlyList<IssueBrief> Initiatives { get; private set; } = [];
    public IReadOnlyList<IssueMove> Moves { get; private set; } = [];

    public Task OnGetAsync(Guid id) => LoadAsync(id);

    /// <summary>A voice that was put in by mistake stands alone again.</summary>
    public async Task<IActionResult> OnPostReleaseAsync(Guid id, Guid voice)
    {
        await LoadAsync(id);
        await desk.ChangeAsync(id);
        var released = await db.GetAsync<Voice>(voice);
        Rule.Require(released.IssueId == id, "この声は、この課題に入っていません。");
        released.Release();
        Issue.Touch(time.GetUtcNow());
        await db.SaveChangesAsync();
        TempData["Notice"] = "声を課題から外しました。";
        return RedirectToPage("Show", new { id });
    }

    /// <summary>A mark of a resource, or evidence, that was put there by mistake; the audit trail keeps it.</summary>
    public async Task<IActionResult> OnPostRemoveAsync(Guid id, Guid? resource, Guid? evidence)
    {
        await LoadAsync(id);
        await desk.ChangeAsync(id);
        Issue.RequireOpen();
        object wrong = resource is { } marked ? await db.IssueResources.SingleOrDefaultAsync(mark => mark.IssueId == id && mark.ResourceId == marked) ?? throw new NotFoundException()
            : await db.IssueEvidence.SingleOrDefaultAsync(row => row.IssueId == id && row.Id == evidence) ?? throw new NotFoundException();
        db.Remove(wrong);
        Issue.Touch(time.GetUtcNow());
        await db.SaveChangesAsync();
        TempData["Notice"] = resource is null ? "根拠を外しました。" : "今あるものの印を外しました。";
        return RedirectToPage("Show", new { id });
    }

    private async Task LoadAsync(Guid id)
    {
        Issue = await desk.SeeAsync(id);
        MayChange = desk.MayChange(Issue);
        Mask = new ReportMask(person.IsStaff ? 0 : (await db.RuleAsync()).SmallCount);
        HeirTitle = Issue.MergedIntoId is { } heir ? (await db.GetAsync<Issue>(heir)).Title : null;
        Inside = await db.Issues.Where(issue => issue.MergedIntoId == id).OrderBy(issue => issue.CreatedAt).Select(issue => new IssueBrief(issue.Id, issue.Title)).Take(Most).ToListAsync();
        Guid[] all = [id, .. Inside.Select(issue => issue.Id)];
        var voices = db.Voices.AsNoTracking().Where(voice => voice.IssueId != null && all.Contains(voice.IssueId.Value));
        VoiceCount = await voices.CountAsync();
        Voices = await voices.OrderByDescending(voice => voice.CreatedAt).Take(Most).Select(voice => new VoiceRow(voice.Id, voice.Summary, voice.Source, voice.CreatedAt, voice.AreaId, voice.IssueId!.Value)).ToListAsync();
        Evidence = await (
            from evidence in db.IssueEvidence.AsNoTracking()
            where all.Contains(evidence.IssueId)
            join meeting in db.Meetings on evidence.MeetingId equals (Guid?)meeting.Id into meetings
            from meeting in meetings.DefaultIfEmpty()
            orderby evidence.OnDay descending
            select new EvidenceRow(evidence.Id, evidence.IssueId, evidence.OnDay, evidence.Text, evidence.MeetingId, meeting == null ? null : meeting.Name, evidence.ActivityRecordId, evidence.CreatedBy)).Take(Most).ToListAsync();
        Resources = await (
            from mark in db.IssueResources.AsNoTracking()
            where all.Contains(mark.IssueId)
            join resource in db.Resources on mark.ResourceId equals resource.Id
            orderby mark.Fit, resource.Name
            select new ResourceRow(resource.Id, mark.IssueId, resource.Name, mark.Fit, mark.Note, mark.MarkedBy)).Take(Most).ToListAsync();
        Handovers = await db.Handovers.AsNoTracking().Where(handover => handover.IssueId == id).OrderBy(handover => handover.CreatedAt).Take(Most).ToListAsync();
        Initiatives = await db.InitiativeIssues.Where(link => all.Contains(link.IssueId)).Select(link => link.InitiativeId).Distinct().Join(db.Initiatives, id => id, initiative => initiative.Id, (_, initiative) => new IssueBrief(initiative.Id, initiative.Title)).Take(Most).ToListAsync();
        Moves = await db.IssueMoves.AsNoTracking().Where(move => move.IssueId == id).OrderByDescending(move => move.At).Take(30).ToListAsync();
    }

    public bool MayHear(VoiceRow voice) => person.IsOfficer || person.IsStaff && (voice.AreaId is not { } area || person.AreaIds.Contains(area));

    public sealed record IssueBrief(Guid Id, string Title);

    public sealed record VoiceRow(Guid Id, string Summary, VoiceSource Source, DateTimeOffset CreatedAt, Guid? AreaId, Guid IssueId);

    public sealed record EvidenceRow(Guid Id, Guid IssueId, DateOnly OnDay, string Text, Guid? MeetingId, string? MeetingName, Guid? ActivityId, string By);

    public sealed record ResourceRow(Guid Id, Guid IssueId, string Name, ResourceFit Fit, string Note, string By);
}
