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
using Sasaeai.Features.Resources;
using Sasaeai.Web;

namespace Sasaeai.Features.Voices;

/// <summary>「困りごとを伝える」 and 「手伝いたい」.</summary>
[AllowAnonymous, PublishedOnly, EnableRateLimiting(RateLimits.PublicForm)]
public class NewModel(PublicDirectory directory, AppDb db, TimeProvider time) : PageModel
{
    public TownDirectory Town { get; private set; } = null!;

    [BindProperty]
    public Input Form { get; set; } = new();

    public IEnumerable<SelectListItem> Zones => Town.Zones.Select(zone => new SelectListItem(zone.Name, zone.Code));
    public IEnumerable<SelectListItem> Categories => CategoryChoices.Of(Town, null);

    public async Task OnGetAsync(string? kind, string? area, string? category, string? from, CancellationToken cancellation)
    {
        Town = (await directory.OpenAsync(cancellation)).Directory;
        Form = new Input
        {
            Kind = kind == "offer" ? VoiceKind.Offer : VoiceKind.Trouble,
            Area = Town.Zones.FirstOrDefault(zone => zone.Code == area)?.Code,
            Category = Town.Category(category)?.Code,
            FromSearch = from == "search",
        };
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        Town = (await directory.OpenAsync(cancellation)).Directory;
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        Trap.RequireEmpty(Request);
        var area = Town.Zones.FirstOrDefault(zone => zone.Code == Form.Area);
        Rule.Require(string.IsNullOrEmpty(Form.Area) || area is not null, "圏域を選び直してください。");
        Rule.Require(string.IsNullOrEmpty(Form.Category) || Town.Category(Form.Category) is not null, "分類を選び直してください。");
        var text = PlainText.Of(Form.Text);
        Rule.Require(text != "", "内容を入力してください。");
        var voice = new Voice
        {
            Receipt = ReceiptNumber.New(),
            Source = Form.FromSearch ? VoiceSource.UnmetSearch : VoiceSource.PublicForm,
            Kind = Form.Kind,
            Text = text,
            AreaId = area?.Id,
            CategoryCode = Town.Category(Form.Category)?.Code,
            Contact = PlainText.Of(Form.Contact),
            CreatedAt = time.GetUtcNow(),
        };
        db.Add(voice);
        await db.SaveChangesAsync(cancellation);
        return LocalRedirect($"~/receipts/{voice.Id}");
    }

    public class Input
    {
        [Display(Name = "どちらですか"), EnumDataType(typeof(VoiceKind))]
        public VoiceKind Kind { get; set; }

        [Display(Name = "内容"), Required(ErrorMessage = "内容を入力してください。"), DataType(DataType.MultilineText), StringLength(2000)]
        public string Text { get; set; } = "";

        [Display(Name = "お住まいの地域"), StringLength(40)]
        public string? Area { get; set; }

        [Display(Name = "どんなことですか"), StringLength(40)]
        public string? Category { get; set; }

        [Display(Name = "お名前と連絡先"), StringLength(200)]
        public string? Contact { get; set; }

        public bool FromSearch { get; set; }
    }
}
