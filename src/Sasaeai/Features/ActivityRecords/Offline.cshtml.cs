using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Resources;
using Sasaeai.Web;

namespace Sasaeai.Features.ActivityRecords;

/// <summary>The page that a phone keeps for where there is no connection, and what its queue (activities.js) talks to.</summary>
[RequestSizeLimit(UploadLimits.PhotoBytes + UploadLimits.FieldBytes)]
[RequestFormLimits(MultipartBodyLengthLimit = UploadLimits.PhotoBytes + UploadLimits.FieldBytes)]
public class OfflineModel(ActivityDesk desk, CurrentPerson person, IAntiforgery antiforgery) : PageModel, IActivityFormPage
{
    [BindProperty]
    public ActivityForm Form { get; set; } = new();

    public ActivityLists Lists { get; private set; } = null!;
    public ActivityOffers Offers { get; private set; } = new([], [], []);
    public ActivityDesk.Saved? Undecided => null;

    public async Task OnGetAsync()
    {
        person.Require(person.CanRecord());
        (Lists, Offers, Form) = (await desk.ListsAsync(), await desk.OffersAsync(), await desk.BlankAsync());
    }

    /// <summary>Whose queue may be sent now, and with which token.</summary>
    public IActionResult OnGetToken()
    {
        person.Require(person.CanRecord());
        Response.Headers.CacheControl = "no-cache, no-store";
        return new JsonResult(new { account = person.Account!.Id, token = antiforgery.GetAndStoreTokens(HttpContext).RequestToken });
    }

    /// <summary>One entry of the queue; a phone needs the reasons as data.</summary>
    public async Task<IActionResult> OnPostAsync(bool complete)
    {
        if (!complete)
        {
            ActivityForm.ForgiveWhatIsMissing(ModelState);
        }

        if (!ModelState.IsValid)
        {
            return Refused(ModelState.Values.SelectMany(entry => entry.Errors).Select(error => error.ErrorMessage));
        }

        try
        {
            var saved = await desk.SaveAsync(Form, complete);
            if (saved is { Conflicts.Count: 0, Record.IsDraft: false })
            {
                TempData["Notice"] = "記録しました。";
            }

            return saved.Conflicts.Count == 0 ? new JsonResult(new { saved = saved.Record.Id, draft = saved.Record.IsDraft })
                : new JsonResult(new { conflicts = saved.Conflicts, seen = saved.Record.Version }) { StatusCode = StatusCodes.Status409Conflict };
        }
        catch (RuleBrokenException broken)
        {
            return Refused([broken.Message]);
        }
    }

    private static JsonResult Refused(IEnumerable<string> reasons) => new(new { reasons }) { StatusCode = StatusCodes.Status422UnprocessableEntity };
}
