using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Handovers;
using Sasaeai.Features.Initiatives;
using Sasaeai.Features.MutualHelpReports;
using Sasaeai.Features.Voices;

namespace Sasaeai.Features.Issues;

/// <summary>The chain of one issue on one A4 page, whatever was written: voice, issue, handovers, answers, return.</summary>
public class ChainModel(AppDb db, IssueDesk desk, TimeProvider time) : PageModel
{
    private const int MostVoices = 3, MostHandovers = 3, MostInitiatives = 2;

    /// <summary>The paper goes from hand to hand: where one or two voices came from could tell who spoke.</summary>
    public ReportMask Mask { get; private set; } = new(0);

    public TownNames Names => desk.Names;
    public DateOnly Today => time.Today();
    public Brief Brief { get; } = new();
    public Issue Issue { get; private set; } = null!;
    public int VoiceCount { get; private set; }
    public DateOnly? FirstVoice { get; private set; }
    public IReadOnlyList<SourceCount> Sources { get; private set; } = [];
    public IReadOnlyList<string> Voices { get; private set; } = [];
    public IReadOnlyList<string> Evidence { get; private set; } = [];
    public IReadOnlyList<ResourceRow> Resources { get; private set; } = [];
    public IReadOnlyList<HandoverRow> Handovers { get; private set; } = [];
    public IReadOnlyList<InitiativeRow> Initiatives { get; private set; } = [];

    public async Task OnGetAsync(Guid id)
    {
        Issue = await desk.SeeAsync(id);
        Mask = new ReportMask((await db.RuleAsync()).SmallCount);
        Guid[] all = [id, .. await db.Issues.Where(issue => issue.MergedIntoId == id).Select(issue => issue.Id).ToListAsync()];
        var voices = db.Voices.AsNoTracking().Where(voice => voice.IssueId != null && all.Contains(voice.IssueId.Value));
        Sources = await voices.GroupBy(voice => voice.Source).OrderByDescending(group => group.Count()).Select(group => new SourceCount(group.Key, group.Count(), group.Min(voice => voice.CreatedAt))).ToListAsync();
        VoiceCount = Sources.Sum(source => source.Count);
        FirstVoice = VoiceCount == 0 ? null : Sources.Min(source => source.First).Day();
        Voices = Brief.Of(await voices.OrderByDescending(voice => voice.CreatedAt).Take(MostVoices + 1).Select(voice => voice.Summary).ToListAsync(), MostVoices);
        Evidence = await db.IssueEvidence.Where(evidence => all.Contains(evidence.IssueId)).OrderByDescending(evidence => evidence.OnDay).Take(10).Select(evidence => evidence.Text).ToListAsync();
        Resources = await db.IssueResources.Where(mark => all.Contains(mark.IssueId)).Join(db.Resources, mark => mark.ResourceId, resource => resource.Id, (mark, resource) => new ResourceRow(resource.Name, mark.Fit)).Take(20).ToListAsync();
        Handovers = Brief.Of(await (
            from handover in db.Handovers.AsNoTracking()
            where handover.IssueId == id
            join decided in db.Meetings on handover.DecidedMeetingId equals (Guid?)decided.Id into decisions
            from decided in decisions.DefaultIfEmpty()
            join returned in db.Meetings on handover.ReturnedMeetingId equals (Guid?)returned.Id into returns
            from returned in returns.DefaultIfEmpty()
            orderby handover.CreatedAt descending
            select new HandoverRow(handover, decided == null ? null : decided.Name, returned == null ? null : returned.Name)).Take(MostHandovers + 1).ToListAsync(), MostHandovers).Reverse().ToList();
        Initiatives = Brief.Of(await db.InitiativeIssues.Where(link => all.Contains(link.IssueId)).Join(db.Initiatives, link => link.InitiativeId, initiative => initiative.Id, (_, initiative) => initiative)
            .OrderByDescending(initiative => initiative.ChangedAt).Select(initiative => new InitiativeRow(initiative.Title, initiative.Step, initiative.Result)).Take(MostInitiatives + 1).ToListAsync(), MostInitiatives);
    }

    public sealed record SourceCount(VoiceSource Source, int Count, DateTimeOffset First);

    public sealed record ResourceRow(string Name, ResourceFit Fit);

    public sealed record HandoverRow(Handover Handover, string? DecidedAt, string? ReturnedAt);

    public sealed record InitiativeRow(string Title, Step Step, string Result);
}
