using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Sasaeai.Web;

namespace Sasaeai.Features.SignIns.Codes;

/// <summary>The second factor: a code of the authenticator, or a recovery code.</summary>
[AllowAnonymous, BeforeReady, EnableRateLimiting(RateLimits.SignIn)]
public class NewModel(SignInTries tries, HalfSignIn half) : PageModel
{
    [BindProperty]
    public CodeInput Form { get; set; } = new();

    [BindProperty(Name = "back", SupportsGet = true)]
    public string? Back { get; set; }

    [BindProperty(Name = "kept")]
    public string? Kept { get; set; }

    public async Task<IActionResult> OnGetAsync() =>
        await half.AccountAsync(Request) is null ? RedirectToPage("/SignIns/New", new { back = Back }) : Page();

    public async Task<IActionResult> OnPostAsync()
    {
        if (await half.AccountAsync(Request) is not { } account)
        {
            TempData["Notice"] = "時間がたったため、もう一度パスワードから入力してください。";
            return RedirectToPage("/SignIns/New", new { back = Back });
        }

        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        Rule.Require(await tries.WithCodeAsync(account, Form.Code), "確認コードが違います。認証アプリに今出ている数字を入力してください。続けて間違えると、しばらく受け付けません。");
        half.Forget(HttpContext);
        await HttpContext.StartSessionAsync(account);
        return this.Onward(Back, Kept);
    }
}
