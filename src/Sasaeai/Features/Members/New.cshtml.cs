using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Groups;
using Sasaeai.Web;

namespace Sasaeai.Features.Members;

public class NewModel(AppDb db, CurrentPerson person, MemberPlaces places, TimeProvider time) : PageModel
{
    [BindProperty]
    public MemberForm Form { get; set; } = new();

    [BindProperty, Display(Name = "別の人として登録する")]
    public bool IsAnother { get; set; }

    public HelpGroup Group { get; private set; } = null!;
    public IReadOnlyList<SelectListItem> Areas { get; private set; } = [];
    public AbilityList Abilities { get; private set; } = null!;
    public IReadOnlyList<Twin> Twins { get; private set; } = [];

    public Task OnGetAsync(Guid id) => LoadAsync(id);

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        await LoadAsync(id);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        Twins = await Twin.OfAsync(db, id, Form.Name, Form.Kana ?? "", Form.Phone ?? "", Form.Address ?? "");
        Rule.Require(Twins.Count == 0 || IsAnother, "同じ人かもしれない会員がいます。下を確かめてください。");
        await Member.HoldNumbersAsync(db, id);
        var member = new Member(id, await Member.NextNumberAsync(db, id), time.Today(), time.GetUtcNow());
        Form.ApplyTo(member, Abilities, time.Today(), time.GetUtcNow());
        await MemberForm.CheckAvoidsAsync(db, member);
        await places.PlaceAsync(member);
        db.Members.Add(member);
        await db.SaveChangesAsync();
        TempData["Notice"] = $"会員{member.Number}として登録しました。";
        return LocalRedirect($"~/groups/{id}/members/{member.Id}");
    }

    private async Task LoadAsync(Guid id)
    {
        Group = await db.RunAsync(person, id);
        Areas = (await GroupChoices.LoadAsync(db)).Areas;
        Abilities = await AbilityList.LoadAsync(db, time.Today());
    }
}
