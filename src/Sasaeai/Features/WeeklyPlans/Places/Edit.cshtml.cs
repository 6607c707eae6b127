using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Groups;
using Sasaeai.Features.Members;
using Sasaeai.Features.Visits;
using Sasaeai.Features.WeeklyPlans.Planning;
using Sasaeai.Japanese;
using Sasaeai.Web;

namespace Sasaeai.Features.WeeklyPlans.Places;

/// <summary>The coordinator's own choice of a helper, a day and a time for one visit of the week.</summary>
public class EditModel(AppDb db, CurrentPerson person, WeekDesk desk, AuditTrail trail) : PageModel
{
    private const int Shown = 12;

    [BindProperty]
    public Input Form { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public short Place { get; set; }

    public HelpGroup Group { get; private set; } = null!;
    public WeekVisit Of { get; private set; } = null!;
    public DateOnly Monday => desk.Facts.Monday;
    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public IEnumerable<Row> Best => Rows.Where(row => row.Candidate.Against is null).Take(Shown);
    public IEnumerable<SelectListItem> Helpers => Rows.Where(row => row.Candidate.Against is null).Select(row => new SelectListItem($"{row.Helper.Name}（{row.Helper.Number}）", $"{row.Helper.Id}"));
    public IReadOnlyList<SelectListItem> Days { get; private set; } = [];

    public async Task OnGetAsync(Guid id, DateOnly monday, Guid visitId)
    {
        await LoadAsync(id, monday, visitId);
        trail.Looked("visit", visitId, "週の予定で担い手を選ぶ");
        var present = desk.Proposal.Content.Places.FirstOrDefault(placed => placed.VisitId == visitId);
        var first = Best.FirstOrDefault()?.Candidate.Start is { } start ? desk.Facts.When(start) : (Day: Of.Visit.Day ?? Of.Visit.FromDay, Time: Of.Visit.Earliest);
        (Form.Day, Form.Starts) = ($"{present?.Day ?? first.Day:yyyy-MM-dd}", $"{present?.Starts ?? first.Time:H:mm}");
    }

    public async Task<IActionResult> OnPostAsync(Guid id, DateOnly monday, Guid visitId)
    {
        await LoadAsync(id, monday, visitId);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        Rule.Require(Days.Any(day => day.Value == Form.Day), "日を選び直してください。");
        await desk.PutAsync(Of, new PlacedHelper(visitId, Place, Form.MemberId!.Value, DateOnly.ParseExact(Form.Day, "yyyy-MM-dd"), ClockText.Read(Form.Starts, "始まりの時刻")));
        TempData["Notice"] = "案に入れて、止めました。立て直しても動きません。";
        return LocalRedirect($"~/groups/{id}/weekly-plans/{monday:yyyy-MM-dd}");
    }

    private async Task LoadAsync(Guid id, DateOnly monday, Guid visitId)
    {
        Group = await db.ArrangeAsync(person, id);
        await desk.LoadAsync(id, monday);
        Of = desk.OpenVisit(visitId);
        if (Place < 0 || Place >= Of.Visit.Helpers || Of.Agreed.Any(assignment => assignment.Place == Place))
        {
            throw new NotFoundException();
        }

        var members = desk.Facts.Helpers.ToDictionary(helper => $"{helper.Id}");
        Rows = [.. desk.Rank(Of, Place).Select(candidate => new Row(members[candidate.Helper.Id], candidate))];
        Days = [.. Enumerable.Range(0, 7).Select(monday.AddDays).Where(day => day >= Of.Visit.FromDay && day <= Of.Visit.UntilDay && (Of.Visit.Day ?? day) == day).Select(day => new SelectListItem(Wareki.WithWeekday(day), $"{day:yyyy-MM-dd}"))];
    }

    public sealed record Row(Member Helper, Candidate Candidate);

    public class Input
    {
        [Display(Name = "担い手"), Required(ErrorMessage = "担い手を選んでください。")]
        public Guid? MemberId { get; set; }

        [Display(Name = "日"), Required(ErrorMessage = "日を選んでください。")]
        public string Day { get; set; } = "";

        [Display(Name = "始まりの時刻"), Required(ErrorMessage = "始まりの時刻を入力してください。"), StringLength(20)]
        public string? Starts { get; set; }
    }
}
