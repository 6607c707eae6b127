using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Resources;
using Sasaeai.Web;

namespace Sasaeai.Features.Records;

/// <summary>Where changes of records are proposed and decided: the signed-in person's, and an operator's.</summary>
public sealed class ResourceDesk(AppDb db, CurrentTown town, CurrentPerson person, AuditTrail trail, HolidayCalendar calendar, TimeProvider time)
{
    public async Task<TownLists> ListsAsync() => await TownLists.LoadAsync(db, town.Municipality, time.Today(), await calendar.GetAsync());

    /// <summary>The record, when this person may see it.</summary>
    public async Task<Resource> FindAsync(Guid id)
    {
        var resource = await db.GetAsync<Resource>(id);
        person.Require(person.CanSee(resource));
        return resource;
    }

    /// <summary>R0123: the number after the greatest one of this form.</summary>
    public async Task<string> NextNumberAsync()
    {
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended('resource.number', {db.TownId}))");
        var greatest = await db.Resources.Where(resource => EF.Functions.Like(resource.Number, "R____") && string.Compare(resource.Number, "R0000") >= 0 && string.Compare(resource.Number, "R9999") <= 0)
            .MaxAsync(resource => (string?)resource.Number);
        return greatest is not null && int.TryParse(greatest.AsSpan(1), out var last) && last < 9999 ? $"R{last + 1:0000}"
            : greatest is null ? "R0001" : $"R{Guid.CreateVersion7():N}";
    }

    /// <summary>Proposes, and decides at once where this person may decide.</summary>
    /// <param name="verifiedHow">電話 or 訪問, when the person has just checked; counts only for those who may verify.</param>
    /// <param name="replaced">The proposal that this one is made instead of; it is declined, and the reports behind it lead here.</param>
    /// <returns>True when the proposal was approved.</returns>
    public async Task<bool> ProposeAsync(Resource resource, RevisionKind kind, ResourceContent content, int baseVersion, TownLists lists, string note, VerificationWay? verifiedHow = null, MistakeReport? report = null, Revision? replaced = null)
    {
        var revision = new Revision
        {
            ResourceId = resource.Id,
            Kind = kind,
            BaseVersion = baseVersion,
            Content = content,
            Source = person.IsStaff ? RevisionSource.Staff : RevisionSource.Group,
            AccountId = trail.Actor.AccountId,
            ByName = trail.Actor.Name,
            Note = note.Trim(),
            VerifiedHow = verifiedHow is VerificationWay.Phone or VerificationWay.Visit && person.CanVerify(resource) ? verifiedHow : null,
            CreatedAt = time.GetUtcNow(),
        };
        db.Revisions.Add(revision);
        report?.LeadTo(revision);
        if (replaced is not null)
        {
            replaced.Decline(trail.Actor, time.GetUtcNow(), "内容を直した新しい修正案に置き換えました。");
            (await ReportsAsync(replaced)).ForEach(behind => behind.LeadTo(revision));
        }

        await db.SaveChangesAsync();
        if (!person.CanApprove(resource, lists.Rule))
        {
            return false;
        }

        await ApproveAsync(revision, resource, lists, note);
        return true;
    }

    /// <summary>Approves, records the check that the proposer made, and answers the mistake reports that led here.</summary>
    public async Task ApproveAsync(Revision revision, Resource resource, TownLists lists, string note)
    {
        person.Require(person.CanApprove(resource, lists.Rule));
        var now = time.GetUtcNow();
        if (revision.Approve(resource, trail.Actor, lists.Setting, now, note.Trim()) is { } verification)
        {
            db.Verifications.Add(verification);
        }

        foreach (var report in await ReportsAsync(revision))
        {
            report.Close(trail.Actor, now, note.Trim() == "" ? "お知らせいただいた内容を確かめ、記録を直しました。" : note.Trim());
        }

        await db.SaveChangesAsync();
    }

    /// <summary>Open 「情報が違います」 that this proposal answers.</summary>
    public Task<List<MistakeReport>> ReportsAsync(Revision revision) =>
        db.MistakeReports.Where(report => report.RevisionId == revision.Id && report.State == ReportState.Open).ToListAsync();

    /// <summary>The content as it was at an earlier version, worked out backwards from the audit; null when that no longer reaches back.</summary>
    public async Task<ResourceContent?> ContentAtAsync(Resource resource, int version)
    {
        var id = resource.Id.ToString();
        var values = ResourceFields.Values(resource.Content);
        var (at, entries) = (resource.Version, await db.AuditEntries.AsNoTracking().Where(entry => entry.Noun == "resource" && entry.RecordId == id && entry.Verb != "look")
            .OrderByDescending(entry => entry.No).Select(entry => entry.Changes).ToListAsync());
        foreach (var changes in entries.Select(RecordHistory.Parse))
        {
            if (at == version)
            {
                break;
            }

            if (changes["version"] is not { } versions)
            {
                continue;
            }

            if (versions[1]?.GetValue<int>() != at || versions[0]?.GetValue<int>() is not { } before)
            {
                return null;
            }

            foreach (var field in ResourceFields.All.Where(field => changes.ContainsKey(field.Key)))
            {
                values[field.Key] = changes[field.Key]![0]?.DeepClone();
            }

            at = before;
        }

        return at == version ? ResourceFields.FromValues(values) : null;
    }
}
