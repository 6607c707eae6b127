using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Sasaeai.Data;
using Sasaeai.Web;

namespace Sasaeai.Features.Receipts;

/// <summary>What became of it, by the number. Asked by POST and answered at once: the number stands in no address.</summary>
[AllowAnonymous, PublishedOnly, EnableRateLimiting(RateLimits.PublicForm)]
public class IndexModel(AppDb db) : PageModel
{
    [BindProperty, Display(Name = "受付番号"), Required(ErrorMessage = "受付番号を入力してください。"), StringLength(40)]
    public string Number { get; set; } = "";

    public Receipt? Receipt { get; private set; }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        Receipt = ReceiptNumber.Read(Number) is { } number ? await Receipt.FindAsync(db, number) : null;
        Rule.Require(Receipt is not null, "この受付番号は見つかりません。12けたの数字を、もう一度確かめてください。");
        return Page();
    }
}
