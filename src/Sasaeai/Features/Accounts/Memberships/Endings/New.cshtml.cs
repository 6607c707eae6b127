using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sasaeai.Data;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Shared;
using Sasaeai.Japanese;
using Sasaeai.Web;

namespace Sasaeai.Features.Accounts.Memberships.Endings;

public class NewModel(AppDb db, CurrentPerson person, TimeProvider time) : PageModel
{
    [BindProperty]
    public Input Form { get; set; } = new();

    public Account Account { get; private set; } = null!;
    public Membership Membership { get; private set; } = null!;

    public async Task OnGetAsync(Guid id, Guid membershipId)
    {
        await LoadAsync(id, membershipId);
        Form.LastDay = new DateInput(time.Today());
    }

    public async Task<IActionResult> OnPostAsync(Guid id, Guid membershipId)
    {
        await LoadAsync(id, membershipId);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        Rule.Require(!person.IsOwnLastAdministration(Membership), "自分の最後の管理者の役割は終わりにできません。ほかの管理者に頼んでください。");
        Rule.Require(Wareki.TryReadDate(Form.LastDay.ToString(), out var day), "最後の日を「令和8年3月31日」のような形で入力してください。");
        await db.RequireAdministratorAfterAsync(day, membership => membership.Id == membershipId);
        Membership.EndOn(day);
        await db.SaveChangesAsync();
        TempData["Notice"] = $"{Account.Name} さんの役割は{Wareki.Date(day)}までになりました。";
        return RedirectToPage("/Accounts/Show", new { id });
    }

    private async Task LoadAsync(Guid id, Guid membershipId)
    {
        Account = await db.GetAsync<Account>(id);
        Membership = await db.GetAsync<Membership>(membershipId);
        if (Membership.AccountId != id)
        {
            throw new NotFoundException();
        }

        person.Require(person.CanChangeAccounts());
    }

    public class Input
    {
        [Display(Name = "最後の日")]
        public DateInput LastDay { get; set; } = null!;
    }
}
