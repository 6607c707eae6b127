using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.ActivityRecords;
using Sasaeai.Features.Areas;
using Sasaeai.Features.Initiatives;
using Sasaeai.Features.Postings;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Verifications;

namespace Sasaeai.Features.HandOverPacks;

/// <summary>引継ぎ: what somebody who takes over a coordinator's work must know, on paper.</summary>
public class ShowModel(AppDb db, CurrentPerson reader, AuditTrail trail, TimeProvider time) : PageModel
{
    private const int Most = 300, DueDays = 30;

    public Account Person { get; private set; } = null!;
    public DateOnly Today => time.Today();
    public IReadOnlyList<(Posting Posting, string Area)> Postings { get; private set; } = [];
    public IReadOnlyList<Promise> Promises { get; private set; } = [];
    public int Hidden { get; private set; }
    public IReadOnlyList<Contact> Contacts { get; private set; } = [];
    public IReadOnlyList<Resource> Due { get; private set; } = [];
    public IReadOnlyList<Initiative> Initiatives { get; private set; } = [];
    public int Drafts { get; private set; }

    public async Task OnGetAsync(Guid id)
    {
        Person = await db.GetAsync<Account>(id);
        reader.Require(reader.CanHandOver(id));
        trail.Looked("account", id, "引継ぎを表示");
        var tree = await AreaTree.LoadAsync(db, Today);
        Postings = [.. (await db.Postings.AsNoTracking().Where(posting => posting.AccountId == id && (posting.EndsOn == null || posting.EndsOn >= Today)).OrderBy(posting => posting.StartsOn).ToListAsync()).Select(posting => (posting, tree.Find(posting.AreaId)?.Name ?? ""))];
        await LoadPromisesAsync(id);
        await LoadContactsAsync(id);
        var scope = await db.Memberships.AsNoTracking().Where(membership => membership.AccountId == id && membership.AreaId != null).ToListAsync();
        var areas = tree.WithDescendants(Postings.Select(one => one.Posting.AreaId).Concat(scope.Where(membership => membership.HoldsOn(Today)).Select(membership => membership.AreaId!.Value))).ToArray();
        Due = await db.Resources.AsNoTracking().Where(resource => resource.AreaIds.Any(area => areas.Contains(area))).DueBy(Today.AddDays(DueDays)).OrderBy(resource => resource.DueOn).ThenBy(resource => resource.Id).Take(Most).ToListAsync();
        Initiatives = await db.Initiatives.AsNoTracking().Where(initiative => areas.Contains(initiative.AreaId) && (initiative.EndsOn == null || initiative.EndsOn >= Today)).OrderBy(initiative => initiative.StartsOn).ThenBy(initiative => initiative.Id).Take(Most).ToListAsync();
        Drafts = await db.ActivityRecords.CountAsync(record => record.AccountId == id && record.CompletedAt == null);
    }

    private async Task LoadPromisesAsync(Guid id)
    {
        var open = await (
            from record in db.ActivityRecords.AsNoTracking().Where(record => record.AccountId == id && record.CompletedAt != null && record.NextStep != "" && record.NextDoneAt == null)
            join organization in db.Organizations on record.OrganizationId equals (Guid?)organization.Id into partners
            from partner in partners.DefaultIfEmpty()
            orderby record.NextDue == null, record.NextDue, record.OnDay
            select new { Record = record, Organization = partner!.Name }).Take(Most).ToListAsync();
        Promises = [.. open.Where(one => reader.CanRead(one.Record)).Select(one => new Promise(one.Record.Id, one.Record.OnDay, one.Record.NextStep, one.Record.NextDue, one.Organization ?? "", one.Record.PersonName))];
        Hidden = open.Count - Promises.Count;
    }

    private async Task LoadContactsAsync(Guid id)
    {
        var since = Today.AddYears(-1);
        var met = await db.ActivityRecords.Where(record => record.AccountId == id && record.OnDay >= since && record.OrganizationId != null).GroupBy(record => record.OrganizationId!.Value)
            .Select(group => new { Id = group.Key, Times = group.Count(), Last = group.Max(record => record.OnDay) }).OrderByDescending(one => one.Times).Take(Most).ToListAsync();
        var ids = met.Select(one => one.Id).ToArray();
        var organizations = await db.Organizations.AsNoTracking().Where(organization => ids.Contains(organization.Id)).ToDictionaryAsync(organization => organization.Id);
        Contacts = [.. met.Where(one => organizations.ContainsKey(one.Id)).Select(one => new Contact(one.Id, organizations[one.Id].Name, organizations[one.Id].Content.Phone.Value, organizations[one.Id].Content.Representative.Value, one.Times, one.Last))];
    }

    public sealed record Promise(Guid Id, DateOnly OnDay, string NextStep, DateOnly? NextDue, string Organization, string PersonName);

    public sealed record Contact(Guid Id, string Name, string Phone, string Representative, int Times, DateOnly Last);
}
