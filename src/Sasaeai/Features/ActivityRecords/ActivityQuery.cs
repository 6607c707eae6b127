using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;

namespace Sasaeai.Features.ActivityRecords;

/// <summary>Which completed records: the same for the list, its files, the reports, and the link under each figure.</summary>
public sealed record ActivityQuery
{
    /// <summary>Words in what was written; looked for only in what the person may read.</summary>
    public string? Q { get; init; }
    public DateOnly? From { get; init; }
    public DateOnly? To { get; init; }
    public Guid? Area { get; init; }
    public int? Layer { get; init; }
    public string? Kind { get; init; }
    public string? Function { get; init; }
    public string? Way { get; init; }
    public Guid? Person { get; init; }
    public Guid? Organization { get; init; }
    public Guid? Resource { get; init; }
    public Guid? Meeting { get; init; }

    /// <summary>Without days, a list of everybody's work shows this month; the work with one partner, and what is looked for by words, shows all.</summary>
    public ActivityQuery OrMonthOf(DateOnly today) => From is not null || To is not null || PlainWords.Of(Q).Count > 0 || Organization is not null || Resource is not null || Meeting is not null ? this : this with { From = new(today.Year, today.Month, 1), To = new DateOnly(today.Year, today.Month, 1).AddMonths(1).AddDays(-1) };

    public IQueryable<ActivityRecord> Of(AppDb db)
    {
        var found = db.ActivityRecords.AsNoTracking().Where(record => record.CompletedAt != null);
        found = From is { } from ? found.Where(record => record.OnDay >= from) : found;
        found = To is { } to ? found.Where(record => record.OnDay <= to) : found;
        found = Area is { } area ? found.Where(record => record.AreaId == area) : found;
        found = Layer is { } layer ? found.Where(record => record.Layer == layer) : found;
        found = string.IsNullOrEmpty(Kind) ? found : found.Where(record => record.Kinds.Contains(Kind));
        found = string.IsNullOrEmpty(Function) ? found : found.Where(record => record.Functions.Contains(Function));
        found = string.IsNullOrEmpty(Way) ? found : found.Where(record => record.Way == Way);
        found = Person is { } person ? found.Where(record => record.AccountId == person) : found;
        found = Organization is { } organization ? found.Where(record => record.OrganizationId == organization) : found;
        found = Resource is { } resource ? found.Where(record => record.ResourceId == resource) : found;
        return Meeting is { } meeting ? found.Where(record => record.MeetingId == meeting) : found;
    }

    /// <summary>The same with the words, which are looked for in what this person may read, and in the names of the partners.</summary>
    public IQueryable<ActivityRecord> Of(AppDb db, CurrentPerson person)
    {
        var (found, words) = (Of(db), PlainWords.Of(Q));
        return words.Aggregate(words.Count == 0 ? found : found.ReadBy(person), (rows, word) => rows.Where(record =>
            PlainWords.Plain(record.What).Contains(word) || PlainWords.Plain(record.Noticed).Contains(word) || PlainWords.Plain(record.NextStep).Contains(word) || PlainWords.Plain(record.PersonName).Contains(word)
            || db.Organizations.Any(organization => organization.Id == record.OrganizationId && PlainWords.Plain(organization.Name).Contains(word))
            || db.Resources.Any(resource => resource.Id == record.ResourceId && PlainWords.Plain(resource.Name).Contains(word))));
    }

    /// <summary>The list of these records, as a path in the town.</summary>
    public string Path => "/activities" + ToQueryString();

    public string ToQueryString()
    {
        var query = new QueryBuilder();
        void Add(string name, object? value)
        {
            if (value is not null and not "")
            {
                query.Add(name, Convert.ToString(value, CultureInfo.InvariantCulture)!);
            }
        }

        Add("q", Q);
        Add("from", From?.ToString("yyyy-MM-dd"));
        Add("to", To?.ToString("yyyy-MM-dd"));
        Add("area", Area);
        Add("layer", Layer);
        Add("kind", Kind);
        Add("function", Function);
        Add("way", Way);
        Add("person", Person);
        Add("organization", Organization);
        Add("resource", Resource);
        Add("meeting", Meeting);
        return query.ToString();
    }
}
