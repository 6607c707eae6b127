using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Forms;
using Sasaeai.Features.Groups;
using Sasaeai.Features.Visits;
using Sasaeai.Web;

namespace Sasaeai.Features.RubbishDays;

/// <summary>The days of collection, as the leaflet of the town writes them; series may follow them.</summary>
public class IndexModel(AppDb db, CurrentPerson person, SeriesVisits series, TimeProvider time) : PageModel
{
    [BindProperty, Display(Name = "場所とゴミの種類"), Required, StringLength(60)]
    public string Name { get; set; } = "";

    [BindProperty, Display(Name = "曜日"), Required, StringLength(100)]
    public string Written { get; set; } = "";

    public HelpGroup Group { get; private set; } = null!;
    public IReadOnlyList<HelpRequests.RubbishDays> Rows { get; private set; } = [];

    public Task OnGetAsync(Guid id) => LoadAsync(id);

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        await LoadAsync(id);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        var name = PlainText.Of(Name);
        var days = Rows.FirstOrDefault(days => days.Name == name) ?? db.RubbishDays.Add(new HelpRequests.RubbishDays { GroupId = id }).Entity;
        days.Change(name, PlainText.Of(Written), time.GetUtcNow());
        await db.SaveChangesAsync();
        TempData["Notice"] = $"「{days.Name}」を保存しました。担い手がまだ決まっていない活動は、この日に合わせました。{SeriesVisits.InJapanese(await series.FollowAsync(days))}";
        return RedirectToPage(new { id });
    }

    private async Task LoadAsync(Guid id)
    {
        Group = await db.ArrangeAsync(person, id);
        Rows = await db.RubbishDays.Where(days => days.GroupId == id).OrderBy(days => days.Name).Take(100).ToListAsync();
    }
}
