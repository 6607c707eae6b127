using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Resources;

namespace Sasaeai.Features.ActivityRecords;

/// <summary>What the person has begun to write, to be completed at the end of the day.</summary>
public class DraftsModel(AppDb db, ActivityDesk desk, CurrentPerson person) : PageModel
{
    private const int Most = 200;

    public ActivityLists Lists { get; private set; } = null!;
    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public async Task OnGetAsync()
    {
        person.Require(person.CanRecord());
        Lists = await desk.ListsAsync();
        Rows = await db.ActivityRecords.AsNoTracking().Where(record => record.AccountId == person.Account!.Id && record.CompletedAt == null).OrderByDescending(record => record.ChangedAt).Take(Most)
            .Select(record => new Row(record.Id, record.OnDay, record.StartsAt, record.AreaId, record.What)).ToListAsync();
    }

    public sealed record Row(Guid Id, DateOnly OnDay, TimeOnly? StartsAt, Guid? AreaId, string What);
}
