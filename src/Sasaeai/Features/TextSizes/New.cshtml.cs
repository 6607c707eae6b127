using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sasaeai.Features.Shared;

namespace Sasaeai.Features.TextSizes;

/// <summary>Keeps the chosen size for a year. Without an antiforgery token, so that pages with the switch can be cached for everyone.</summary>
[IgnoreAntiforgeryToken, AllowAnonymous, SignIns.BeforeReady]
public class NewModel : PageModel
{
    public IActionResult OnPost(string? size, string? back)
    {
        if (size is not null && TextSize.Choices.ContainsKey(size))
        {
            Response.Cookies.Append(TextSize.Cookie, size, new()
            {
                MaxAge = TimeSpan.FromDays(365),
                HttpOnly = true,
                SameSite = SameSiteMode.Lax,
                IsEssential = true,
            });
        }

        return LocalRedirect(Url.IsLocalUrl(back) ? back : "~/");
    }
}
