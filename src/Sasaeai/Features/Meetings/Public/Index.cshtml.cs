using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Shared;

namespace Sasaeai.Features.Meetings.Public;

/// <summary>Published summaries, for everybody.</summary>
[AllowAnonymous]
public class IndexModel(AppDb db) : PageModel
{
    public const int PageSize = 30;

    [BindProperty(SupportsGet = true, Name = PagerTagHelper.Parameter)]
    public int Number { get; set; } = 1;

    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public int Total { get; private set; }

    public async Task OnGetAsync()
    {
        var published = db.Meetings.AsNoTracking().Where(meeting => meeting.PublishedAt != null);
        Total = await published.CountAsync();
        Number = Math.Clamp(Number, 1, Math.Max(1, (Total + PageSize - 1) / PageSize));
        Rows = await (from meeting in published join area in db.Areas on meeting.AreaId equals area.Id
            orderby meeting.HeldOn descending, meeting.Id
            select new Row(meeting.Id, meeting.HeldOn, meeting.Name, area.Name)).Skip((Number - 1) * PageSize).Take(PageSize).ToListAsync();
    }

    public sealed record Row(Guid Id, DateOnly HeldOn, string Name, string Area);
}
