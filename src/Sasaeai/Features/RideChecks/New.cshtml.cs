using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Groups;
using Sasaeai.Features.Members;
using Sasaeai.Features.Shared;
using Sasaeai.Features.Visits;
using Sasaeai.Japanese;
using Sasaeai.Web;

namespace Sasaeai.Features.RideChecks;

/// <summary>移送の前の確認: all points of the check list, what is received, and until when licence and insurance hold.</summary>
public class NewModel(AppDb db, CurrentPerson person, AuditTrail trail, TimeProvider time) : PageModel
{
    public static readonly IReadOnlyList<SelectListItem> Points = [.. RideCheck.All.Select(item => new SelectListItem(item.Words, item.Code))];
    public static readonly IReadOnlyList<SelectListItem> CostChoices = [.. RideCheck.Costs.Select(cost => new SelectListItem(cost, cost))];

    [BindProperty(SupportsGet = true, Name = "member")]
    public Guid MemberId { get; set; }

    [BindProperty]
    public Input Form { get; set; } = new();

    public HelpGroup Group { get; private set; } = null!;
    public Member Helper { get; private set; } = null!;

    public Task OnGetAsync(Guid id) => LoadAsync(id);

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        await LoadAsync(id);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        Rule.Require(RideCheck.All.All(item => Form.Items.Contains(item.Code)), "すべての項目を確かめてから記録してください。一つでも合わないときは、送迎を始められません。");
        Rule.Require(Form.Payment != RidePayment.Costs || Form.Costs.Length > 0 && Form.Costs.All(RideCheck.Costs.Contains), "実費の内訳を選んでください。");
        Rule.Require(Wareki.TryReadDate($"{Form.LicenceUntil}", out var licence) & Wareki.TryReadDate($"{Form.InsuredUntil}", out var insured), "免許証と車の保険の期限を、日付で入れてください。");
        Rule.Require(licence >= time.Today() && insured >= time.Today(), "免許証か車の保険の期限が切れています。");
        db.RideChecks.Add(new RideCheck { GroupId = id, MemberId = MemberId, Payment = Form.Payment, CostLines = Form.Payment == RidePayment.Costs ? Form.Costs : [], Items = Form.Items, LicenceUntil = licence, InsuredUntil = insured, CheckedOn = time.Today(), ByName = person.Name });
        await db.SaveChangesAsync();
        TempData["Notice"] = $"{Helper.Name}さんの、送迎の前の確認を記録しました。";
        return RedirectToPage("/Visits/Index", new { id });
    }

    private async Task LoadAsync(Guid id)
    {
        (Group, Helper) = (await db.RunAsync(person, id), await db.OfGroupAsync<Member>(id, MemberId));
        trail.Looked("member", MemberId, "送迎の前の確認");
    }

    public class Input
    {
        [Display(Name = "受け取るもの"), EnumDataType(typeof(RidePayment))]
        public RidePayment Payment { get; set; }

        [Display(Name = "実費の内訳")]
        public string[] Costs { get; set; } = [];

        [Display(Name = "確かめること")]
        public string[] Items { get; set; } = [];

        [Display(Name = "運転免許証の期限")]
        public DateInput? LicenceUntil { get; set; }

        [Display(Name = "車の任意保険の期限")]
        public DateInput? InsuredUntil { get; set; }
    }
}
