using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;

namespace Sasaeai.Features.ActivityRecords;

/// <summary>活動のあゆみ: what coordinators did with one partner, newest first (_ActivityTimeline.cshtml).</summary>
public sealed record ActivityTimeline(ActivityQuery Query, IReadOnlyList<ActivityTimeline.Row> Rows, bool IsLonger)
{
    private const int Latest = 10;

    /// <param name="What">Null when this person may not read it.</param>
    public sealed record Row(Guid Id, DateOnly OnDay, string ByName, string? What);

    /// <summary>Nothing for those who see no activities at all.</summary>
    public static async Task<ActivityTimeline> LoadAsync(AppDb db, CurrentPerson person, ActivityQuery query)
    {
        if (!person.CanRecord())
        {
            return new(query, [], false);
        }

        var found = await query.Of(db).OrderByDescending(record => record.OnDay).ThenByDescending(record => record.Id).Take(Latest + 1)
            .Select(record => new { record.Id, record.OnDay, record.ByName, record.AccountId, record.Audience, record.AreaId, record.What }).ToListAsync();
        return new(query, [.. found.Take(Latest).Select(row => new Row(row.Id, row.OnDay, row.ByName, person.CanRead(row.AccountId, row.Audience, row.AreaId) ? row.What : null))], found.Count > Latest);
    }
}
