using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Groups;
using Sasaeai.Features.HelpRequests;
using Sasaeai.Features.Members;

namespace Sasaeai.Features.Visits;

/// <summary>The paper of one visit (A6, two on an A4 sheet): what the helper takes along, and what the user signs.</summary>
public class SlipModel(AppDb db, CurrentPerson person, AuditTrail trail) : PageModel
{
    public HelpGroup Group { get; private set; } = null!;
    public Visit Visit { get; private set; } = null!;
    public Member Asker { get; private set; } = null!;
    public HelpRequest Asked { get; private set; } = null!;
    public string Words { get; private set; } = "";
    public OfferLog Log { get; private set; } = null!;

    /// <summary>For a helper without a telephone that shows the own page. Only while somebody makes the visit, and each look is noted.</summary>
    public bool CareShown { get; private set; }

    public async Task<IActionResult> OnPostCareAsync(Guid id, Guid visitId)
    {
        await OnGetAsync(id, visitId);
        Rule.Require(Log.Helpers.Count > 0 && Visit.IsOpen, "担い手が決まってから、活動が終わるまでのあいだだけ印刷できます。");
        trail.Looked("member", Asker.Id, "活動の紙に気をつけることを印字");
        CareShown = true;
        return Page();
    }

    public async Task OnGetAsync(Guid id, Guid visitId)
    {
        Group = await db.ArrangeAsync(person, id);
        Visit = await db.OfGroupAsync<Visit>(id, visitId);
        Asker = await db.GetAsync<Member>(Visit.UserId);
        Asked = await db.GetAsync<HelpRequest>(Visit.RequestId);
        Words = (await HelpKind.OfGroupAsync(db, id)).FirstOrDefault(kind => kind.Code == Visit.CategoryCode)?.Words ?? Visit.CategoryCode;
        Log = await OfferLog.LoadAsync(db, Visit);
        trail.Looked("member", Asker.Id, "活動の紙に住所を印字");
    }
}
