using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Forms;
using Sasaeai.Features.Groups;
using Sasaeai.Features.Ledger;
using Sasaeai.Features.Members;
using Sasaeai.Features.Tariffs;
using Sasaeai.Features.Visits;
using Sasaeai.Web;

namespace Sasaeai.Features.VisitReports;

/// <summary>One report: what it will cost, and the decision about it.</summary>
public class ShowModel(AppDb db, CurrentPerson person, AuditTrail trail, ReportDesk desk, VisitSettlements settlements) : PageModel
{
    [BindProperty, Display(Name = "理由"), StringLength(300)]
    public string? Reason { get; set; }

    public HelpGroup Group { get; private set; } = null!;
    public VisitReport Report { get; private set; } = null!;
    public Visit Visit { get; private set; } = null!;
    public Member Asker { get; private set; } = null!;
    public IReadOnlyList<string> Helpers { get; private set; } = [];
    public IReadOnlyList<Guid> Photos { get; private set; } = [];
    public Tariff? Tariff { get; private set; }
    public Charge? Charge { get; private set; }
    /// <summary>Why the charge cannot be worked out; approving would be refused for the same reason.</summary>
    public string? Trouble { get; private set; }

    public Task OnGetAsync(Guid id, Guid reportId) => LoadAsync(id, reportId);

    public async Task<IActionResult> OnPostApproveAsync(Guid id, Guid reportId)
    {
        await LoadAsync(id, reportId);
        await desk.ApproveAsync(id, reportId);
        TempData["Notice"] = Report.Result == VisitResult.Done ? "報告を確かめ、帳簿に記録しました。" : "報告を確かめました。";
        return RedirectToPage("/Visits/Index", new { id });
    }

    public async Task<IActionResult> OnPostWithdrawAsync(Guid id, Guid reportId)
    {
        await LoadAsync(id, reportId);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        await desk.WithdrawAsync(id, reportId, PlainText.Of(Reason));
        TempData["Notice"] = "報告を取り消しました。帳簿に記録していたときは、反対の行で取り消してあります。正しい報告を入れてください。";
        return RedirectToPage("/Visits/Show", new { id, visitId = Visit.Id });
    }

    public async Task<IActionResult> OnGetPhotoAsync(Guid id, Guid reportId, Guid photo)
    {
        await db.ArrangeAsync(person, id);
        var found = await db.OfGroupAsync<SlipPhoto>(id, photo);
        if (found.ReportId != reportId)
        {
            return NotFound();
        }

        trail.Looked("slip_photo", photo, "署名した紙の写真");
        Response.Headers.CacheControl = "private, no-store";
        return File(found.Bytes, found.MediaType);
    }

    private async Task LoadAsync(Guid id, Guid reportId)
    {
        Group = await db.ArrangeAsync(person, id);
        Report = await db.OfGroupAsync<VisitReport>(id, reportId);
        Visit = await db.GetAsync<Visit>(Report.VisitId);
        Asker = await db.GetAsync<Member>(Visit.UserId);
        trail.Looked("visit_report", reportId, "活動の報告");
        Helpers = await db.Members.AsNoTracking().Where(member => Report.HelperIds.Contains(member.Id)).OrderBy(member => member.Number).Select(member => member.Name).ToListAsync();
        Photos = await db.SlipPhotos.Where(photo => photo.ReportId == reportId).OrderBy(photo => photo.CreatedAt).Select(photo => photo.Id).ToListAsync();
        if (Report is { Result: VisitResult.Done, Waits: true })
        {
            try
            {
                (Tariff, Charge) = await settlements.ChargeAsync(await desk.ForBooksAsync(Report, Visit));
            }
            catch (RuleBrokenException broken)
            {
                Trouble = broken.Message;
            }
        }
    }
}
