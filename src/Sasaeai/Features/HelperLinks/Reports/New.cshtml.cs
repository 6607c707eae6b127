using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Sasaeai.Data;
using Sasaeai.Features.Confirmations;
using Sasaeai.Features.VisitReports;
using Sasaeai.Web;

namespace Sasaeai.Features.HelperLinks.Reports;

/// <summary>The helper tells what was different.</summary>
[AllowAnonymous, PrivateLink, EnableRateLimiting(RateLimits.PublicForm)]
[RequestSizeLimit(UploadLimits.PhotoBytes + UploadLimits.FieldBytes)]
[RequestFormLimits(MultipartBodyLengthLimit = UploadLimits.PhotoBytes + UploadLimits.FieldBytes)]
public class NewModel(AppDb db, AuditTrail trail, ReportDesk desk, TimeProvider time) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string Token { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public Guid Visit { get; set; }

    [BindProperty]
    public ReportForm Form { get; set; } = new();

    [BindProperty, Display(Name = "署名した紙の写真")]
    public IFormFile? Photo { get; set; }

    public HelperPage.Row? Row { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        if (await OpenAsync() is null)
        {
            return NotFound();
        }

        Form = ReportForm.Of(Row!.Visit);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (await OpenAsync() is not { } page)
        {
            return NotFound();
        }

        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        var report = await desk.TakeAsync(page.Link.GroupId, Visit, Form.Read(time.Today()), ReportChannel.Page);
        await desk.AddPhotoAsync(report, Photo);
        TempData["Notice"] = "報告を受け取りました。ありがとうございました。";
        return RedirectToPage("/HelperLinks/Show", new { Token });
    }

    private async Task<HelperPage?> OpenAsync()
    {
        var page = await HelperPage.OpenAsync(db, trail, Token, time.GetUtcNow());
        Row = page?.ToReport(time.Today()).FirstOrDefault(row => row.Visit.Id == Visit);
        return Row is null ? null : page;
    }
}
