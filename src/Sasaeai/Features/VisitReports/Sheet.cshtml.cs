using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Groups;
using Sasaeai.Features.Visits;
using Sasaeai.Web;

namespace Sasaeai.Features.VisitReports;

/// <summary>Papers are typed in quickly: one line for each visit that has no report yet.</summary>
public class SheetModel(AppDb db, CurrentPerson person, AuditTrail trail, ReportDesk desk, TimeProvider time) : PageModel
{
    private const int Most = 50;

    [BindProperty]
    public Line[] Lines { get; set; } = [];

    public HelpGroup Group { get; private set; } = null!;
    public IReadOnlyList<Board.Row> Rows { get; private set; } = [];

    public async Task OnGetAsync(Guid id)
    {
        await LoadAsync(id);
        Lines = [.. Rows.Select(Blank)];
    }

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        await LoadAsync(id);
        var typed = Lines.ToLookup(line => line.VisitId);
        var gone = Lines.Any(line => line.Come && Rows.All(row => row.Visit.Id != line.VisitId));
        Lines = [.. Rows.Select(row => typed[row.Visit.Id].FirstOrDefault() ?? Blank(row))];       // the rows may be others by now
        Rule.Require(!gone, "この間にほかの人が報告を入れた活動があります。その行は消えました。残りを確かめて、もう一度押してください。");
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        var taken = 0;
        foreach (var line in Lines.Where(line => line.Come).OrderBy(line => line.VisitId))      // visits are held in one order
        {
            var form = ReportForm.Of(Rows.First(row => row.Visit.Id == line.VisitId).Visit);
            (form.Starts, form.Ends, form.Serials, form.Note, form.Signed) = (line.Starts, line.Ends, line.Serials, line.Note, SignOff.Paper);
            await desk.TakeAsync(id, line.VisitId, form.Read(time.Today()), ReportChannel.Paper);
            taken++;
        }

        Rule.Require(taken > 0, "入れる行の「紙あり」に印を付けてください。");
        TempData["Notice"] = $"{taken}件の報告を記録しました。続けて、内容を確かめてください。";
        return RedirectToPage("/Visits/Index", new { id });
    }

    private static Line Blank(Board.Row row) => new() { VisitId = row.Visit.Id, Starts = $"{row.Visit.Start:H:mm}", Ends = $"{row.Visit.Start.AddMinutes(row.Visit.Minutes):H:mm}" };

    private async Task LoadAsync(Guid id)
    {
        Group = await db.ArrangeAsync(person, id);
        Rows = [.. (await Board.LoadAsync(db, id, time.Today())).Rows.Where(row => (row.Visit.State == VisitState.Assigned || row.Visit.State == VisitState.Open && row.Helpers.Count > 0) && row.Visit.DueDay <= time.Today()).Take(Most)];
        trail.Looked("visit", id, $"紙の報告を入れる表（{Rows.Count}件）");
    }

    public class Line
    {
        public Guid VisitId { get; set; }

        [Display(Name = "紙あり")]
        public bool Come { get; set; }

        [Display(Name = "始め"), StringLength(20)]
        public string? Starts { get; set; }

        [Display(Name = "終わり"), StringLength(20)]
        public string? Ends { get; set; }

        [Display(Name = "券の番号"), StringLength(400)]
        public string? Serials { get; set; }

        [Display(Name = "気づいたこと"), StringLength(1000)]
        public string? Note { get; set; }
    }
}
