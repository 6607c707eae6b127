using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.KeptForms;
using Sasaeai.Features.SignIns.Codes;
using Sasaeai.Web;

namespace Sasaeai.Features.SignIns;

[AllowAnonymous, BeforeReady, EnableRateLimiting(RateLimits.SignIn)]
public class NewModel(SignInTries tries, HalfSignIn half, KeptFormStore keptForms) : PageModel
{
    [BindProperty]
    public Input Form { get; set; } = new();

    [BindProperty(Name = "back", SupportsGet = true)]
    public string? Back { get; set; }

    /// <summary>What was typed into another form when the session was lost, sealed.</summary>
    [BindProperty(Name = "kept")]
    public string? Kept { get; set; }

    /// <summary>Set when the password was right and what was typed elsewhere must be carried on to the code.</summary>
    public CodeForm? Code { get; private set; }

    public void OnGet()
    {
        if (keptForms.OfThisRequest is { } sealedForm)
        {
            (Kept, Back) = (sealedForm, null);
            Response.StatusCode = StatusCodes.Status401Unauthorized;
        }
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        var account = await tries.WithPasswordAsync(Form.Email, Form.Password);
        Rule.Require(account is not null, tries.Refusal);
        if (!account!.TwoFactorEnabled)
        {
            await HttpContext.StartSessionAsync(account);
            return this.Onward(Back, Kept);
        }

        half.Remember(HttpContext, account);
        if (Kept is null)
        {
            return RedirectToPage("Codes/New", new { back = Back });
        }

        Code = new CodeForm { Back = Back, Kept = Kept };
        return Page();
    }

    public class Input
    {
        [Display(Name = "メールアドレス"), EmailAddress, StringLength(254)]
        public string Email { get; set; } = "";

        [Display(Name = "パスワード"), DataType(DataType.Password), StringLength(Passwords.LongestLength)]
        public string Password { get; set; } = "";
    }
}
