using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sasaeai.Data;
using Sasaeai.Features.Resources;
using Sasaeai.Web;

namespace Sasaeai.Features.Accounts;

public class EditModel(AppDb db, CurrentPerson person) : PageModel
{
    [BindProperty]
    public Input Form { get; set; } = new();

    public Account Account { get; private set; } = null!;

    public async Task OnGetAsync(Guid id)
    {
        await LoadAsync(id);
        Form = new Input { Name = Account.Name, Affiliation = Account.Affiliation };
    }

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        await LoadAsync(id);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        Account.Rename(Form.Name, Form.Affiliation ?? "");
        await db.SaveChangesAsync();
        TempData["Notice"] = "氏名と所属を直しました。";
        return RedirectToPage("Show", new { id });
    }

    private async Task LoadAsync(Guid id)
    {
        Account = await db.GetAsync<Account>(id);
        person.Require(person.CanChangeAccounts());
    }

    public class Input
    {
        [Display(Name = "氏名"), StringLength(60)]
        public string Name { get; set; } = "";

        [Display(Name = "所属"), StringLength(100)]
        public string? Affiliation { get; set; }
    }
}
