using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Areas;
using Sasaeai.Features.Forms;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Verifications;
using Sasaeai.Japanese;
using Sasaeai.Web;

namespace Sasaeai.Features.ConfirmationRequests;

/// <summary>
/// Asks operators to look at their records. The answer to a POST is the letters themselves, not a redirect: the
/// tokens are in that one answer and stored nowhere, so nobody can print them a second time.
/// </summary>
public class NewModel(AppDb db, CurrentPerson person, CurrentTown town, AuditTrail trail, TimeProvider time, IMail mail, Settings settings) : PageModel
{
    public const int Most = 100;
    public static readonly TimeSpan Valid = TimeSpan.FromDays(60);

    [BindProperty(SupportsGet = true)]
    public Guid? Area { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Category { get; set; }

    [BindProperty(SupportsGet = true)]
    public bool Overdue { get; set; }

    [BindProperty]
    public Input Form { get; set; } = new();

    public IReadOnlyList<SelectListItem> Areas { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Categories { get; private set; } = [];
    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public IReadOnlyList<Letter> Letters { get; private set; } = [];
    public bool MailIsOffered => mail.IsOffered;
    public TownRule Contact { get; private set; } = new();
    public DateOnly Today => time.Today();

    public async Task OnGetAsync() => await LoadAsync();

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        Rule.Require(Form.Resources.Length <= Most, $"一度に頼めるのは{Most}件までです。分けて送ってください。");
        Rule.Require(Form.How == SentHow.Letter || mail.IsOffered, "メールの設定がないため、手紙を選んでください。");
        var resources = await db.Resources.Where(resource => Form.Resources.Contains(resource.Id)).OrderBy(resource => resource.Kana).ThenBy(resource => resource.Name).ToListAsync();
        if (resources.Count != Form.Resources.Distinct().Count())
        {
            throw new NotFoundException();
        }

        resources.ForEach(resource => person.Require(person.CanVerify(resource)));
        Rule.Require(resources.All(resource => resource.State == ResourceState.Published), "掲載中でない記録が含まれています。選び直してください。");
        foreach (var earlier in await db.ConfirmationRequests.Where(request => Form.Resources.Contains(request.ResourceId) && request.AnsweredAt == null && request.ExpiresAt > time.GetUtcNow()).ToListAsync())
        {
            earlier.Replace(time.GetUtcNow());
        }

        return Form.How == SentHow.Letter ? await WriteLettersAsync(resources) : await SendMailAsync(resources);
    }

    private async Task<IActionResult> WriteLettersAsync(List<Resource> resources)
    {
        var fees = await ResourceBrief.FeeNamesAsync(db);
        Letters = [.. resources.Select(resource => new Letter(resource.Name, resource.Content.OperatorName, ResourceBrief.Of(resource.Content, fees), Ask(resource, SentHow.Letter)))];
        await db.SaveChangesAsync();
        resources.ForEach(resource => trail.Looked("resource", resource.Id, "確認依頼の手紙に連絡先を印字"));
        return new OncePageResult("/confirmation-requests?again=true");
    }

    private async Task<IActionResult> SendMailAsync(List<Resource> resources)
    {
        var failed = new List<string>();
        foreach (var resource in resources)
        {
            var link = Ask(resource, SentHow.Mail);
            if (!await mail.SendAsync(resource.Content.Email.Value, $"{town.Municipality.Name} 掲載内容の確認のお願い", BodyOf(link), HttpContext.RequestAborted))
            {
                failed.Add(resource.Name);
                db.ConfirmationRequests.Remove(db.ConfirmationRequests.Local.Single(request => request.ResourceId == resource.Id));
            }
        }

        Rule.Require(failed.Count < resources.Count, "どのあて先にもメールを送れませんでした。メールアドレスを確かめるか、手紙を選んでください。");
        await db.SaveChangesAsync();
        TempData["Notice"] = $"{resources.Count - failed.Count}件のメールを送りました。{(failed.Count == 0 ? "" : $"送れなかったもの：{string.Join("、", failed)}。手紙か電話で確認してください。")}";
        return RedirectToPage("Index");
    }

    /// <returns>The link, which nothing but the letter or mail will ever hold.</returns>
    private string Ask(Resource resource, SentHow how)
    {
        var (token, now) = (ConfirmationRequest.NewToken(), time.GetUtcNow());
        db.ConfirmationRequests.Add(new ConfirmationRequest { ResourceId = resource.Id, TokenDigest = ConfirmationRequest.Digest(token), SentHow = how, SentAt = now, SentBy = person.Name, ExpiresAt = now + Valid });
        return $"{settings.PublicUrl ?? $"{Request.Scheme}://{Request.Host}"}{Request.PathBase}/confirmations/{token}";
    }

    private string BodyOf(string link) => $"""
        {town.Municipality.Name}からのお願いです。

        地域の助け合いのページに載せている内容が、今も合っているかどうか、次のリンクからお知らせください。アカウントはいりません。

        {link}

        このリンクは {Wareki.Long(Today.AddDays(Valid.Days))} まで使えます。
        """;

    private async Task LoadAsync()
    {
        person.Require(person.IsStaff);
        Areas = [.. (await AreaTree.LoadAsync(db, Today)).AreasOf(person).Select(area => new SelectListItem(area.Name, area.Id.ToString(), area.Id == Area))];
        Categories = await db.Categories.AsNoTracking().OrderBy(category => category.Sort).Select(category => new SelectListItem(category.Name, category.Code, category.Code == Category)).ToListAsync();
        Contact = await db.RuleAsync();
        var due = db.Resources.AsNoTracking().WorkedBy(person).In(Area).DueBy(Overdue ? Today : Today.AddDays(Contact.DueSoonDays));
        if (!string.IsNullOrEmpty(Category))
        {
            due = due.Where(resource => resource.CategoryCodes.Contains(Category));
        }

        Rows = await due.OrderBy(resource => resource.DueOn).ThenBy(resource => resource.Id).Take(Most)
            .Select(resource => new Row(resource.Id, resource.Name, resource.DueOn, resource.HideOn, resource.Content,
                db.ConfirmationRequests.Any(request => request.ResourceId == resource.Id && request.AnsweredAt == null && request.ExpiresAt > time.GetUtcNow()))).ToListAsync();
    }

    public class Input
    {
        [Display(Name = "確認を頼む資源"), MinLength(1)]
        public Guid[] Resources { get; set; } = [];

        [Display(Name = "送り方")]
        public SentHow How { get; set; } = SentHow.Letter;
    }

    public sealed record Row(Guid Id, string Name, DateOnly DueOn, DateOnly HideOn, ResourceContent Content, bool Waiting);

    public sealed record Letter(string Name, string OperatorName, ResourceBrief Brief, string Link);
}
