using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sasaeai.Features.SignIns;

namespace Sasaeai.Features.OwnAccount.RecoveryCode;

/// <summary>The codes just made, once.</summary>
[ForFigureReaders]
public class IndexModel : PageModel
{
    public IReadOnlyList<string> Codes { get; private set; } = [];

    public IActionResult OnGet()
    {
        Codes = TempData[RecoveryCodes.Notice] as string[] ?? [];
        Response.Headers.CacheControl = "no-cache, no-store";
        return Codes.Count == 0 ? LocalRedirect("~/account") : Page();
    }
}
