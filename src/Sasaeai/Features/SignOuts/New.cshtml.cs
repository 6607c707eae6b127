using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sasaeai.Features.SignIns;

namespace Sasaeai.Features.SignOuts;

[BeforeReady, ForFigureReaders]
public class NewModel : PageModel
{
    public async Task<IActionResult> OnPostAsync()
    {
        await HttpContext.EndSessionAsync();
        await HttpContext.SignOutAsync();
        Response.Headers["Clear-Site-Data"] = "\"cache\"";     // not the storage: it may hold activities that still wait to be sent
        TempData["Notice"] = "サインアウトしました。";
        return LocalRedirect("~" + SignIns.SignIn.Path);
    }
}
