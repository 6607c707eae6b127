using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Web;

namespace Sasaeai.Features.Groups.Keepers;

/// <summary>世話人 of the group, and who answers the telephone on which day.</summary>
public class IndexModel(AppDb db, CurrentPerson person, TimeProvider time) : PageModel
{
    public static readonly IReadOnlyList<SelectListItem> Days = [.. new[] { DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday, DayOfWeek.Saturday, DayOfWeek.Sunday }
        .Select(day => new SelectListItem("日月火水木金土"[(int)day] + "曜", $"{day}"))];

    public HelpGroup Group { get; private set; } = null!;
    public IReadOnlyList<Keeper> Keepers { get; private set; } = [];

    [BindProperty]
    public Input Form { get; set; } = new();

    public Task OnGetAsync(Guid id) => LoadAsync(id);

    public async Task<IActionResult> OnPostAddAsync(Guid id)
    {
        await LoadAsync(id);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        db.Keepers.Add(new Keeper { GroupId = id, Name = Form.Name.Trim(), Phone = Form.Phone ?? "", DutyDays = [.. Days.Select(day => day.Value).Intersect(Form.DutyDays ?? [])], StartsOn = time.Today() });
        await db.SaveChangesAsync();
        TempData["Notice"] = $"{Form.Name.Trim()}さんを加えました。";
        return RedirectToPage(new { id });
    }

    public async Task<IActionResult> OnPostEndAsync(Guid id, Guid keeperId)
    {
        await LoadAsync(id);
        var keeper = await db.Keepers.SingleOrDefaultAsync(one => one.GroupId == id && one.Id == keeperId) ?? throw new NotFoundException();
        keeper.End(time.Today());
        await db.SaveChangesAsync();
        TempData["Notice"] = $"{keeper.Name}さんの世話人の役を終えました。";
        return RedirectToPage(new { id });
    }

    private async Task LoadAsync(Guid id)
    {
        Group = await db.RunAsync(person, id);
        Keepers = await db.Keepers.AsNoTracking().Where(keeper => keeper.GroupId == id && keeper.EndsOn == null).OrderBy(keeper => keeper.StartsOn).ThenBy(keeper => keeper.Id).Take(200).ToListAsync();
    }

    public class Input
    {
        [Display(Name = "名前"), StringLength(100)]
        public string Name { get; set; } = "";

        [Display(Name = "電話番号"), StringLength(40)]
        public string? Phone { get; set; }

        [Display(Name = "当番の曜日")]
        public string[]? DutyDays { get; set; } = [];
    }
}
