using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Resources;

namespace Sasaeai.Features.ActivityRecords;

/// <summary>日誌: what was done on a day, in full, for the screen and for paper.</summary>
public class DiaryModel(AppDb db, ActivityDesk desk, CurrentPerson person, TimeProvider time) : PageModel
{
    private const int Most = 200;

    [BindProperty(SupportsGet = true)]
    public DateOnly? Day { get; set; }

    [BindProperty(SupportsGet = true)]
    public Guid? Person { get; set; }

    public DateOnly OnDay => Day ?? time.Today();
    public IReadOnlyList<SelectListItem> People { get; private set; } = [];
    public IReadOnlyList<ActivityRecord> Records { get; private set; } = [];
    public ActivityNames Names { get; private set; } = null!;
    public int Hidden { get; private set; }

    public async Task OnGetAsync()
    {
        person.Require(person.CanRecord());
        People = await IndexModel.RecordersAsync(db);
        var all = await new ActivityQuery { From = OnDay, To = OnDay, Person = Person }.Of(db).OrderBy(record => record.StartsAt).ThenBy(record => record.Id).Take(Most).ToListAsync();
        Records = [.. all.Where(person.CanRead)];
        Hidden = all.Count - Records.Count;
        Names = await desk.NamesAsync([.. Records.Select(record => record.Content)]);
    }

    public string PathOf(int days) => Url.Page("Diary", new { day = OnDay.AddDays(days).ToString("yyyy-MM-dd"), person = Person })!;
}
