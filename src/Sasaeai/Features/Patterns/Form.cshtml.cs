using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sasaeai.Features.Shared;

namespace Sasaeai.Features.Patterns;

/// <summary>Every kind of question on one form.</summary>
[Microsoft.AspNetCore.Authorization.AllowAnonymous, Sasaeai.Web.PublishedOnly]
public class FormModel : PageModel
{
    [BindProperty]
    public Input Form { get; set; } = new();

    public IActionResult OnPost()
    {
        if (!ModelState.IsValid)
        {
            return new PageResult { StatusCode = StatusCodes.Status422UnprocessableEntity };
        }

        TempData["Notice"] = $"「{Form.Name}」を受け取りました。";
        return RedirectToPage();
    }

    public enum Wish
    {
        [Display(Name = "行ってみたい")] Visit,
        [Display(Name = "家に来てほしい")] HelpAtHome,
        [Display(Name = "まず話を聞きたい")] Talk,
    }

    public class Input
    {
        [Display(Name = "活動の名前"), StringLength(80)]
        public string Name { get; set; } = "";

        [Display(Name = "電話番号"), Phone]
        public string? Phone { get; set; }

        [Display(Name = "メールアドレス"), EmailAddress]
        public string? Email { get; set; }

        [Display(Name = "定員"), Range(1, 500)]
        public int? Capacity { get; set; }

        [Display(Name = "圏域"), Required(ErrorMessage = "圏域を選んでください。")]
        public string Area { get; set; } = "";

        [Display(Name = "どうしたいですか")]
        public Wish? Wish { get; set; }

        [Display(Name = "開催する曜日"), MinLength(1)]
        public string[] Weekdays { get; set; } = [];

        [Display(Name = "はじめた日")]
        public DateInput Since { get; set; } = null!;

        [Display(Name = "くわしい内容"), DataType(DataType.MultilineText), StringLength(400)]
        public string? Notes { get; set; }

        [Display(Name = "写真")]
        public IFormFile? Photo { get; set; }

        [Display(Name = "連絡先を公開してよい")]
        public bool ContactIsPublic { get; set; }
    }
}
