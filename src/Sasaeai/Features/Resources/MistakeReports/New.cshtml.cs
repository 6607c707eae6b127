using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.RateLimiting;
using Sasaeai.Data;
using Sasaeai.Features.Directory;
using Sasaeai.Features.Forms;
using Sasaeai.Features.Receipts;
using Sasaeai.Web;

namespace Sasaeai.Features.Resources.MistakeReports;

/// <summary>「情報が違います」: anybody, without an account.</summary>
[AllowAnonymous, PublishedOnly, EnableRateLimiting(RateLimits.PublicForm)]
public class NewModel(PublicDirectory directory, PublishedResources resources, AppDb db, TimeProvider time) : PageModel
{
    public static readonly IEnumerable<SelectListItem> Choices = new[] { "もうやっていない", "曜日・時間", "場所", "電話番号", "費用", "そのほか" }.Select(choice => new SelectListItem(choice, choice));

    public PublishedResource Resource { get; private set; } = null!;

    [BindProperty]
    public Input Form { get; set; } = new();

    public Task OnGetAsync(Guid id, CancellationToken cancellation) => LoadAsync(id, cancellation);

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken cancellation)
    {
        await LoadAsync(id, cancellation);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        Trap.RequireEmpty(Request);
        var what = string.Join('、', Choices.Select(choice => choice.Value).Where(Form.What.Contains));
        var text = PlainText.Of(Form.Text);
        Rule.Require(what != "" || text != "", "違っているところを選ぶか、書いてください。");
        var report = new MistakeReport { ResourceId = id, Receipt = ReceiptNumber.New(), Text = PlainText.Of($"{(what == "" ? "" : $"【{what}】")}{text}"), CreatedAt = time.GetUtcNow() };
        report.AskBackAt(PlainText.Of(Form.Contact));
        db.Add(report);
        await db.SaveChangesAsync(cancellation);
        return LocalRedirect($"~/receipts/{report.Id}");
    }

    private async Task LoadAsync(Guid id, CancellationToken cancellation)
    {
        var town = await directory.OpenAsync(cancellation);
        Resource = await resources.FindAsync(town, id, cancellation) ?? throw new NotFoundException();
    }

    public class Input
    {
        [Display(Name = "違っているところ")]
        public string[]? Chosen { get; set; }

        public string[] What => Chosen ?? [];

        [Display(Name = "正しい内容、気づいたこと"), DataType(DataType.MultilineText), StringLength(2000)]
        public string? Text { get; set; }

        [Display(Name = "お名前と連絡先"), StringLength(200)]
        public string? Contact { get; set; }
    }
}
