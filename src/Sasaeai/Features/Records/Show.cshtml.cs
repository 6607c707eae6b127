using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.ActivityRecords;
using Sasaeai.Features.Resources;

namespace Sasaeai.Features.Records;

public class ShowModel(AppDb db, ResourceDesk desk, CurrentPerson person, AuditTrail trail) : PageModel
{
    private const int Latest = 10;

    public Resource Resource { get; private set; } = null!;
    public TownLists Lists { get; private set; } = null!;
    public IReadOnlyList<RevisionRow> Revisions { get; private set; } = [];
    public IReadOnlyList<ReportRow> Reports { get; private set; } = [];
    public IReadOnlyList<Verification> Verifications { get; private set; } = [];
    public IReadOnlyList<AttachmentRow> Attachments { get; private set; } = [];
    public Freshness Freshness => Resource.FreshnessOn(Lists.Today, Lists.Rule.DueSoonDays);
    public ActivityTimeline Timeline { get; private set; } = null!;
    public bool MayRecord => person.CanRecord();
    public bool CanPropose => person.CanPropose(Resource);
    public bool CanApprove => person.CanApprove(Resource, Lists.Rule);
    public Editor Editor => person.Editor();
    public bool IsShownInPublic => Resource.IsPublic && Freshness != Freshness.Expired;

    public async Task OnGetAsync(Guid id)
    {
        Resource = await desk.FindAsync(id);
        Lists = await desk.ListsAsync();
        trail.Looked("resource", id);
        Revisions = await db.Revisions.Where(revision => revision.ResourceId == id && revision.State == RevisionState.Pending).OrderBy(revision => revision.CreatedAt).Take(Latest)
            .Select(revision => new RevisionRow(revision.Id, revision.Kind, revision.Source, revision.ByName, revision.CreatedAt)).ToListAsync();
        Reports = !person.IsStaff ? [] : await db.MistakeReports.Where(report => report.ResourceId == id && report.State == ReportState.Open).OrderBy(report => report.CreatedAt).Take(Latest)
            .Select(report => new ReportRow(report.Id, report.Receipt, report.Text, report.CreatedAt)).ToListAsync();
        Verifications = await db.Verifications.AsNoTracking().Where(verification => verification.ResourceId == id).OrderByDescending(verification => verification.OnDay).ThenByDescending(verification => verification.CreatedAt).Take(Latest).ToListAsync();
        Attachments = await db.Attachments.Where(attachment => attachment.ResourceId == id && attachment.RemovedAt == null).OrderBy(attachment => attachment.CreatedAt)
            .Select(attachment => new AttachmentRow(attachment.FileName, attachment.Caption, attachment.ConsentedOn)).ToListAsync();
        Timeline = await ActivityTimeline.LoadAsync(db, person, new ActivityQuery { Resource = id });
    }

    public sealed record RevisionRow(Guid Id, RevisionKind Kind, RevisionSource Source, string ByName, DateTimeOffset CreatedAt);
    public sealed record ReportRow(Guid Id, string Receipt, string Text, DateTimeOffset CreatedAt);
    public sealed record AttachmentRow(string FileName, string Caption, DateOnly? ConsentedOn);
}
