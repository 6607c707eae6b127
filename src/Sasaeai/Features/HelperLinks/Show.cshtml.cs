using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Sasaeai.Data;
using Sasaeai.Features.Confirmations;
using Sasaeai.Features.VisitReports;
using Sasaeai.Web;

namespace Sasaeai.Features.HelperLinks;

/// <summary>A helper's visits, and the report in one press: no account, no password.</summary>
[AllowAnonymous, PrivateLink, EnableRateLimiting(RateLimits.PublicForm)]
public class ShowModel(AppDb db, AuditTrail trail, ReportDesk desk, TimeProvider time) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string Token { get; set; } = "";

    public HelperPage? Helper { get; private set; }
    public DateOnly Today => time.Today();

    public async Task<IActionResult> OnGetAsync()
    {
        Helper = await HelperPage.OpenAsync(db, trail, Token, time.GetUtcNow());
        return Helper is null ? new PageResult { StatusCode = StatusCodes.Status404NotFound } : Page();
    }

    /// <summary>It went as planned.</summary>
    public async Task<IActionResult> OnPostAsync(Guid visit)
    {
        Helper = await HelperPage.OpenAsync(db, trail, Token, time.GetUtcNow());
        var row = Helper?.Rows.FirstOrDefault(row => row.Visit.Id == visit);
        if (row is null)
        {
            return new PageResult { StatusCode = StatusCodes.Status404NotFound };
        }

        await desk.TakeAsync(Helper!.Link.GroupId, visit, ReportForm.Of(row.Visit).Read(time.Today()), ReportChannel.Page);
        TempData["Notice"] = "報告を受け取りました。ありがとうございました。";
        return RedirectToPage(new { Token });
    }
}
