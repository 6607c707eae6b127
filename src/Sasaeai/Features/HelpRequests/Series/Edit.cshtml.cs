using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Groups;
using Sasaeai.Features.Resources.Schedules;
using Sasaeai.Features.Shared;
using Sasaeai.Features.Visits;
using Sasaeai.Japanese;
using Sasaeai.Web;

namespace Sasaeai.Features.HelpRequests.Series;

/// <summary>Changes when a help comes again. What a helper has accepted stays.</summary>
public class EditModel(AppDb db, CurrentPerson person, SeriesVisits visits, TimeProvider time) : PageModel
{
    [BindProperty]
    public IntakeForm Form { get; set; } = new();

    [BindProperty, Display(Name = "休みの始まり")]
    public DateInput? PauseFrom { get; set; }

    [BindProperty, Display(Name = "休みの終わり")]
    public DateInput? PauseTo { get; set; }

    [BindProperty, Display(Name = "休む理由"), StringLength(100)]
    public string? PauseReason { get; set; }

    /// <summary>First days of pauses that are taken out.</summary>
    [BindProperty]
    public DateOnly[] Lifted { get; set; } = [];

    public HelpGroup Group { get; private set; } = null!;
    public HelpRequest Asked { get; private set; } = null!;
    public HelpSeries Times { get; private set; } = null!;
    public IReadOnlyList<SelectListItem> Rubbish { get; private set; } = [];

    public async Task OnGetAsync(Guid id, Guid requestId)
    {
        await LoadAsync(id, requestId);
        Form = new IntakeForm
        {
            Category = Asked.CategoryCode, Timing = RequestTiming.Series, Start = $"{Times.Earliest:H:mm}", Latest = Times.Latest == Times.Earliest ? null : $"{Times.Latest:H:mm}", Minutes = Times.Minutes, Helpers = Times.Helpers, EveryWeeks = Times.EveryWeeks,
            Days = [.. Enumerable.Range(0, 7).Select(place => 1 << place).Where(day => ((int)Times.Schedule.Weekdays & day) != 0)], RubbishId = Times.RubbishId, HolidaysOff = Times.HolidaysOff || Times.Schedule.Rules.Any(rule => rule.OnHolidays == OnHolidays.Closed), Day = Wareki.Date(Times.StartsOn), Until = Times.EndsOn is { } ends ? Wareki.Date(ends) : null,
        };
    }

    public async Task<IActionResult> OnPostAsync(Guid id, Guid requestId)
    {
        await LoadAsync(id, requestId);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        Form.Timing = RequestTiming.Series;
        var times = Form.Times(time.Today(), Times.Schedule with { Closures = [.. Times.Schedule.Closures.Where(closure => !Lifted.Contains(closure.From))] });
        Rule.Require(times.RubbishId is null || Rubbish.Any(days => days.Value == $"{times.RubbishId}"), "ゴミの日を選び直してください。");
        if (PauseFrom is not null || PauseTo is not null)
        {
            Rule.Require(Wareki.TryReadDate($"{PauseFrom}", out var from) & Wareki.TryReadDate($"{PauseTo}", out var to), "休みの始まりと終わりを、日付で入れてください。");
            times = times with { Schedule = times.Schedule with { Closures = [.. times.Schedule.Closures, new Closure(from, to, PauseReason?.Trim())] } };
        }

        var stay = await visits.ChangeAsync(Times, Asked, times, Form.Minutes, Form.Helpers);
        TempData["Notice"] = "定期の予定を直しました。" + SeriesVisits.InJapanese(stay);
        return RedirectToPage("/HelpRequests/Show", new { id, requestId });
    }

    private async Task LoadAsync(Guid id, Guid requestId)
    {
        Group = await db.ArrangeAsync(person, id);
        Asked = await db.OfGroupAsync<HelpRequest>(id, requestId);
        Times = await db.HelpSeries.SingleOrDefaultAsync(series => series.RequestId == requestId) ?? throw new NotFoundException();
        Rubbish = await db.RubbishDays.AsNoTracking().Where(days => days.GroupId == id).OrderBy(days => days.Name).Select(days => new SelectListItem(days.Name, days.Id.ToString())).ToListAsync();
    }
}
