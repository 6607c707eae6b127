using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Confirmations;
using Sasaeai.Features.Forms;
using Sasaeai.Japanese;
using Sasaeai.Web;

namespace Sasaeai.Features.Meetings.CheckIns;

/// <summary>
/// QR check-in without an account, on the day of the meeting. A name that is a member's ticks that member, and a coordinator's
/// that coordinator, whose presence is an official figure; the answer is the same for everybody, so that the page tells nobody
/// who is a member or who has come.
/// </summary>
[AllowAnonymous, PrivateLink, EnableRateLimiting(RateLimits.CheckIn)]
public class NewModel(AppDb db, CheckInLinks links, TimeProvider time) : PageModel
{
    private const int Most = 1000;

    [BindProperty(SupportsGet = true)]
    public string Token { get; set; } = "";

    [BindProperty]
    public Input Form { get; set; } = new();

    /// <summary>Null while the link cannot be used.</summary>
    public Meeting? Meeting { get; private set; }

    public async Task<IActionResult> OnGetAsync() => await LoadAsync() ? Page() : new PageResult { StatusCode = StatusCodes.Status404NotFound };

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await LoadAsync())
        {
            return new PageResult { StatusCode = StatusCodes.Status404NotFound };
        }

        Trap.RequireEmpty(Request);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        var (name, affiliation, now) = (PlainText.Of(Form.Name), PlainText.Of(Form.Affiliation), time.GetUtcNow());
        await db.Database.ExecuteSqlAsync($"select from app.meeting where municipality_id = {db.TownId} and id = {Meeting!.Id} for update");     // one at a time, so that nobody is written twice
        var day = Meeting.HeldOn;
        var members = (await db.CouncilMembers.AsNoTracking().Where(member => member.CouncilId == Meeting.CouncilId && member.StartsOn <= day && (member.EndsOn == null || member.EndsOn >= day)).Take(300).ToListAsync())
            .Where(member => Same(member.Name, name)).ToList();
        var coordinators = (await db.CoordinatorsOn(day).ToListAsync()).Where(account => Same(account.Name, name)).ToList();
        var came = members is [var member] ? Attendance.Of(Meeting.Id, member, present: true, AttendanceWay.Qr, now)
            : members.Count == 0 && coordinators is [var coordinator] ? Attendance.Of(Meeting.Id, coordinator, present: true, AttendanceWay.Qr, now)
            : Attendance.Of(Meeting.Id, AttendeeKind.Participant, name, affiliation, AttendanceWay.Qr, now);
        if (await db.Attendances.SingleOrDefaultAsync(one => one.MeetingId == Meeting.Id && one.PersonKey == came.PersonKey) is { } known)
        {
            (known.Present, known.How) = (true, AttendanceWay.Qr);
        }
        else
        {
            Rule.Require(await db.Attendances.CountAsync(one => one.MeetingId == Meeting.Id) < Most, "受付がいっぱいです。会場の受付の人にお声がけください。");
            db.Attendances.Add(came);
        }

        await db.SaveChangesAsync();
        TempData["Notice"] = "受付をしました。ありがとうございます。";
        return RedirectToPage("New", new { Token });
    }

    private async Task<bool> LoadAsync()
    {
        var found = links.Read(Token) is { } id ? await db.FindAsync<Meeting>(id) : null;
        Meeting = found is { IsOpen: true } && found.HeldOn == time.Today() ? found : null;
        return Meeting is not null;
    }

    private static bool Same(string one, string other) => Folding.Fold(one).Replace(" ", "", StringComparison.Ordinal) == Folding.Fold(other).Replace(" ", "", StringComparison.Ordinal);

    public class Input
    {
        [Display(Name = "お名前"), Required(ErrorMessage = "お名前を入力してください。"), StringLength(80)]
        public string Name { get; set; } = "";

        [Display(Name = "所属"), StringLength(120)]
        public string? Affiliation { get; set; }
    }
}
