using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Groups;
using Sasaeai.Features.Members;
using Sasaeai.Features.Visits;
using Sasaeai.Web;

namespace Sasaeai.Features.VisitReports;

/// <summary>The coordinator enters what the helper says on the telephone or brings on paper.</summary>
[RequestSizeLimit(UploadLimits.PhotoBytes + UploadLimits.FieldBytes)]
[RequestFormLimits(MultipartBodyLengthLimit = UploadLimits.PhotoBytes + UploadLimits.FieldBytes)]
public class NewModel(AppDb db, CurrentPerson person, AuditTrail trail, ReportDesk desk, TimeProvider time) : PageModel
{
    [BindProperty]
    public ReportForm Form { get; set; } = new();

    [BindProperty, Display(Name = "署名した紙の写真")]
    public IFormFile? Photo { get; set; }

    public HelpGroup Group { get; private set; } = null!;
    public Visit Visit { get; private set; } = null!;
    public Member Asker { get; private set; } = null!;
    public OfferLog Log { get; private set; } = null!;

    public async Task OnGetAsync(Guid id, Guid visitId)
    {
        await LoadAsync(id, visitId);
        Form = ReportForm.Of(Visit);
    }

    public async Task<IActionResult> OnPostAsync(Guid id, Guid visitId)
    {
        await LoadAsync(id, visitId);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        var report = await desk.TakeAsync(id, visitId, Form.Read(time.Today()), Photo is null ? ReportChannel.Phone : ReportChannel.Paper);
        await desk.AddPhotoAsync(report, Photo);
        TempData["Notice"] = "報告を記録しました。内容を確かめてください。";
        return RedirectToPage("Show", new { id, reportId = report.Id });
    }

    private async Task LoadAsync(Guid id, Guid visitId)
    {
        Group = await db.ArrangeAsync(person, id);
        Visit = await db.OfGroupAsync<Visit>(id, visitId);
        Asker = await db.GetAsync<Member>(Visit.UserId);
        Log = await OfferLog.LoadAsync(db, Visit);
        trail.Looked("visit", visitId, "報告を入れるために表示");
    }
}
