using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Forms;
using Sasaeai.Features.Issues;
using Sasaeai.Features.Resources;
using Sasaeai.Web;

namespace Sasaeai.Features.ActivityRecords.Evidence;

/// <summary>An activity becomes evidence of an issue. Its words are taken over to be read once more: more people see the issue than the record.</summary>
public class NewModel(AppDb db, CurrentPerson person, IssueDesk desk) : PageModel
{
    private const int Most = 200;

    [BindProperty]
    public Input Form { get; set; } = new();

    public ActivityRecord Record { get; private set; } = null!;
    public IReadOnlyList<SelectListItem> Issues { get; private set; } = [];

    public async Task OnGetAsync(Guid id)
    {
        await LoadAsync(id);
        Form.Text = Record.Noticed == "" ? Record.What : Record.Noticed;
    }

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        await LoadAsync(id);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        var issue = await desk.ChangeAsync(Form.Issue!.Value);
        issue.RequireOpen();
        var by = desk.Mover;
        db.Add(new IssueEvidence { IssueId = issue.Id, OnDay = Record.OnDay, Text = PlainText.Of(Form.Text), ActivityRecordId = id, CreatedAt = by.At, CreatedBy = by.Actor.Name });
        issue.Touch(by.At);
        await db.SaveChangesAsync();
        TempData["Notice"] = "根拠を加えました。";
        return LocalRedirect($"~/issues/{issue.Id}");
    }

    private async Task LoadAsync(Guid id)
    {
        Record = await db.GetAsync<ActivityRecord>(id);
        person.Require(person.CanRead(Record) && !Record.IsDraft);
        var names = await desk.LoadNamesAsync();
        var (all, areas, bodies) = (person.IsOfficer, person.AreaIds.ToArray(), names.Bodies.Where(person.ActsFor).Select(body => body.Id).ToArray());
        Issues = await db.Issues.AsNoTracking().Where(issue => issue.ClosedAt == null && issue.MergedIntoId == null && (all || areas.Contains(issue.AreaId!.Value) || bodies.Contains(issue.OwnerId)))
            .OrderBy(issue => issue.AreaId != Record.AreaId).ThenByDescending(issue => issue.ChangedAt).Take(Most).Select(issue => new SelectListItem(issue.Title, issue.Id.ToString())).ToListAsync();
    }

    public class Input
    {
        [Display(Name = "どの課題の根拠ですか"), Required(ErrorMessage = "課題を選んでください。")]
        public Guid? Issue { get; set; }

        [Display(Name = "根拠"), Required(ErrorMessage = "根拠を入力してください。"), DataType(DataType.MultilineText), StringLength(2000)]
        public string Text { get; set; } = "";
    }
}
