using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Areas;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Shared;
using Sasaeai.Japanese;
using Sasaeai.Web;

namespace Sasaeai.Features.Accounts.Memberships;

public class NewModel(AppDb db, CurrentPerson person, TimeProvider time) : PageModel
{
    [BindProperty]
    public Input Form { get; set; } = new();

    public Account Account { get; private set; } = null!;
    public IReadOnlyList<SelectListItem> Areas { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Organizations { get; private set; } = [];

    public IReadOnlyList<SelectListItem> Councils { get; private set; } = [];

    public async Task OnGetAsync(Guid id)
    {
        await LoadAsync(id);
        Form.StartsOn = new DateInput(time.Today());
    }

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        await LoadAsync(id);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        Rule.Require(Form.AreaId is null || Areas.Any(area => area.Value == Form.AreaId.ToString()), "圏域を選び直してください。");
        Rule.Require(Form.OrganizationId is null || Organizations.Any(organization => organization.Value == Form.OrganizationId.ToString()), "団体を選び直してください。");
        Rule.Require(Form.CouncilId is null || Councils.Any(council => council.Value == Form.CouncilId.ToString()), "協議体を選び直してください。");
        Rule.Require(Form.Role != Role.CouncilMember || Form.CouncilId is not null || Councils.Count == 0, "委員をする協議体を選んでください。");
        var held = await db.Memberships.Where(membership => membership.AccountId == id).ToListAsync();
        db.Memberships.Add(Account.Take(Form.Role!.Value, Form.AreaId, Form.OrganizationId, Read(Form.StartsOn, "開始日"), Form.EndsOn is null ? null : Read(Form.EndsOn, "終了日"), held, Form.CouncilId));
        await db.SaveChangesAsync();
        TempData["Notice"] = $"{Account.Name} さんに役割を付けました。";
        return RedirectToPage("/Accounts/Show", new { id });
    }

    private async Task LoadAsync(Guid id)
    {
        Account = await db.GetAsync<Account>(id);
        person.Require(person.CanChangeAccounts());
        var today = time.Today();
        Areas = await db.Areas.Where(area => area.Kind != AreaKind.Block && (area.EndsOn == null || area.EndsOn >= today)).OrderBy(area => area.Kind).ThenBy(area => area.Code)
            .Select(area => new SelectListItem(area.Name, area.Id.ToString())).Take(1000).ToListAsync();
        Organizations = await db.Organizations.Where(organization => organization.ClosedOn == null).OrderBy(organization => organization.Kana).ThenBy(organization => organization.Name)
            .Select(organization => new SelectListItem(organization.Name, organization.Id.ToString())).Take(5000).ToListAsync();
        Councils = await db.Councils.Where(council => council.ClosedOn == null || council.ClosedOn >= today).OrderBy(council => council.Layer).ThenBy(council => council.Name)
            .Select(council => new SelectListItem(council.Name, council.Id.ToString())).Take(1000).ToListAsync();
    }

    private static DateOnly Read(DateInput typed, string label)
    {
        Rule.Require(Wareki.TryReadDate(typed.ToString(), out var day), $"{label}を「令和8年4月1日」のような形で入力してください。");
        return day;
    }

    public class Input
    {
        [Display(Name = "役割"), Required]
        public Role? Role { get; set; }

        [Display(Name = "圏域")]
        public Guid? AreaId { get; set; }

        [Display(Name = "団体")]
        public Guid? OrganizationId { get; set; }

        [Display(Name = "協議体")]
        public Guid? CouncilId { get; set; }

        [Display(Name = "開始日")]
        public DateInput StartsOn { get; set; } = null!;

        [Display(Name = "終了日")]
        public DateInput? EndsOn { get; set; }
    }
}
