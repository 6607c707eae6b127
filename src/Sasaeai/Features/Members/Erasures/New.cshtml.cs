using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Groups;
using Sasaeai.Features.HelpRequests;

namespace Sasaeai.Features.Members.Erasures;

/// <summary>Records whose years have passed by the group's rule, erased in one press.</summary>
public class NewModel(AppDb db, CurrentPerson person, AuditTrail trail, MemberErasures erasures) : PageModel
{
    public HelpGroup Group { get; private set; } = null!;
    public IReadOnlyList<Member> Members { get; private set; } = [];
    public int Total { get; private set; }
    public int Calls { get; private set; }
    public int YearsKept { get; private set; }

    public async Task OnGetAsync(Guid id)
    {
        await LoadAsync(id);
        trail.Looked("member", id, $"残す年数を過ぎた会員の一覧（{Members.Count}人）");
    }

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        await LoadAsync(id);
        var (members, calls) = await erasures.EraseOverdueAsync(id);
        TempData["Notice"] = members + calls == 0 ? "消す記録は、もうありません。" : $"会員{members:N0}人と、会員でない人の相談{calls:N0}件の、氏名や話の内容を消しました。数は残っています。";
        return RedirectToPage(new { id });
    }

    private async Task LoadAsync(Guid id)
    {
        Group = await db.RunAsync(person, id);
        YearsKept = (await HelpRule.OfAsync(db, id)).Content.YearsKept;
        (Members, Total, Calls) = await erasures.OverdueAsync(id);
    }
}
