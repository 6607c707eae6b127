using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.ActivityRecords;
using Sasaeai.Features.Areas;
using Sasaeai.Features.Councils;
using Sasaeai.Features.Initiatives;
using Sasaeai.Features.Meetings;
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
    public IReadOnlyList<PromisedTask> Tasks { get; private set; } = [];
    public IReadOnlyList<PersonMet> PeopleMet { get; private set; } = [];
    public IReadOnlyList<CouncilContact> Councils { get; private set; } = [];
    public IReadOnlyList<Meeting> Meetings { get; private set; } = [];
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
        await LoadCouncilsAsync([.. areas]);
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

    /// <summary>What goes on in the councils of the areas: 宿題, first those of the person's own name, who leads, and the meetings that are planned.</summary>
    private async Task LoadCouncilsAsync(Guid[] areas)
    {
        var meetings = db.Meetings.AsNoTracking().SeenBy(reader).Where(meeting => areas.Contains(meeting.AreaId));
        var tasks = await (from task in db.MeetingTasks join meeting in meetings on task.MeetingId equals meeting.Id where task.State == OutcomeState.Open
            orderby task.DueOn ?? DateOnly.MaxValue, meeting.HeldOn, task.Id select new PromisedTask(task.Id, task.Text, task.Owner, task.DueOn, meeting.Id, meeting.Name, meeting.HeldOn)).Take(Most).ToListAsync();
        Tasks = [.. tasks.OrderByDescending(task => IsOwn(task.Owner))];
        Meetings = await meetings.Where(meeting => meeting.HeldOn >= Today && meeting.CancelledAt == null).OrderBy(meeting => meeting.HeldOn).ThenBy(meeting => meeting.StartsAt).Take(Most).ToListAsync();
        Councils = await (from council in db.Councils.AsNoTracking() join member in db.CouncilMembers on council.Id equals member.CouncilId
            where areas.Contains(council.AreaId) && (council.ClosedOn == null || council.ClosedOn >= Today) && (member.Post == CouncilPost.Leader || member.Post == CouncilPost.Deputy) && member.StartsOn <= Today && (member.EndsOn == null || member.EndsOn >= Today)
            orderby council.Layer, council.Name, member.Post, member.Name select new CouncilContact(council.Id, council.Name, council.Secretariat, member.Name, member.Affiliation, member.Post, member.Phone)).Take(Most).ToListAsync();
    }

    /// <summary>担当 is written in words: 「相沢」 and 「相沢 恵」 are the same person here.</summary>
    public bool IsOwn(string owner) => PlainWords.Of(Person.Name) is [var family, ..] && PlainWords.Plain(owner).Contains(family, StringComparison.Ordinal);

    private async Task LoadContactsAsync(Guid id)
    {
        var since = Today.AddYears(-1);
        var named = await db.ActivityRecords.AsNoTracking().Where(record => record.AccountId == id && record.OnDay >= since && record.CompletedAt != null && record.PersonName != "").OrderByDescending(record => record.OnDay).Take(Most).ToListAsync();
        PeopleMet = [.. named.Where(reader.CanRead).GroupBy(record => record.PersonName).Select(person => new PersonMet(person.Key, person.First().Id, person.First().OnDay, person.Count()))];
        var met = await db.ActivityRecords.Where(record => record.AccountId == id && record.OnDay >= since && record.OrganizationId != null).GroupBy(record => record.OrganizationId!.Value)
            .Select(group => new { Id = group.Key, Times = group.Count(), Last = group.Max(record => record.OnDay) }).OrderByDescending(one => one.Times).Take(Most).ToListAsync();
        var ids = met.Select(one => one.Id).ToArray();
        var organizations = await db.Organizations.AsNoTracking().Where(organization => ids.Contains(organization.Id)).ToDictionaryAsync(organization => organization.Id);
        Contacts = [.. met.Where(one => organizations.ContainsKey(one.Id)).Select(one => new Contact(one.Id, organizations[one.Id].Name, organizations[one.Id].Content.Phone.Value, organizations[one.Id].Content.Representative.Value, one.Times, one.Last))];
    }

    public sealed record Promise(Guid Id, DateOnly OnDay, string NextStep, DateOnly? NextDue, string Organization, string PersonName);

    public sealed record PromisedTask(Guid Id, string Text, string Owner, DateOnly? DueOn, Guid MeetingId, string Meeting, DateOnly HeldOn);

    /// <param name="Id">The latest record.</param>
    public sealed record PersonMet(string Name, Guid Id, DateOnly Last, int Times);

    public sealed record CouncilContact(Guid Id, string Council, string Secretariat, string Name, string Affiliation, CouncilPost Post, string Phone);

    public sealed record Contact(Guid Id, string Name, string Phone, string Representative, int Times, DateOnly Last);
}
