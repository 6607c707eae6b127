using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Groups;
using Sasaeai.Features.Members.Erasures;

namespace Sasaeai.Features.Members.Imports.Undoings;

/// <summary>Takes an import back: who came with it leaves the register and is erased, but for those who were changed or already have a part in something.</summary>
public class NewModel(AppDb db, CurrentPerson person, AuditTrail trail, MemberErasures erasures, TimeProvider time) : PageModel
{
    public HelpGroup Group { get; private set; } = null!;
    public IReadOnlyList<Member> Members { get; private set; } = [];
    public IReadOnlyDictionary<Guid, string> Kept { get; private set; } = new Dictionary<Guid, string>();
    public int Removed => Members.Count - Kept.Count;

    public Task OnGetAsync(Guid id, Guid uploadId) => LoadAsync(id, uploadId);

    public async Task<IActionResult> OnPostAsync(Guid id, Guid uploadId)
    {
        await LoadAsync(id, uploadId);
        Rule.Require(Removed > 0, "取り消せる会員はいません。");
        var gone = Members.Where(member => !Kept.ContainsKey(member.Id)).ToList();
        gone.ForEach(member => member.Leave(time.Today(), time.GetUtcNow()));
        await erasures.EraseAsync(gone);
        trail.Note("undo", "member_import", uploadId, $"{Removed}人");
        TempData["Notice"] = $"取り込みを取り消しました（{Removed:N0}人）。";
        return LocalRedirect($"~/groups/{id}/members/imports/new");
    }

    private async Task LoadAsync(Guid id, Guid uploadId)
    {
        Group = await db.RunAsync(person, id);
        Members = await db.Members.Where(member => member.GroupId == id && member.ImportId == uploadId && member.ErasedAt == null).OrderBy(member => member.Number).ToListAsync();
        if (Members.Count == 0)
        {
            throw new NotFoundException();
        }

        trail.Looked("member", id, $"取り込みの取り消し（{Members.Count}人）");
        var ids = Members.Select(member => member.Id).ToList();
        var busy = (await db.Assignments.Where(one => ids.Contains(one.MemberId)).Select(one => one.MemberId)
            .Concat(db.Offers.Where(one => ids.Contains(one.MemberId)).Select(one => one.MemberId))
            .Concat(db.HelpRequests.Where(one => one.UserId != null && ids.Contains(one.UserId.Value)).Select(one => one.UserId!.Value))
            .Concat(db.LedgerAccounts.Where(one => one.MemberId != null && ids.Contains(one.MemberId.Value)).Select(one => one.MemberId!.Value)).Distinct().ToListAsync()).ToHashSet();
        Kept = Members.Select(member => (member.Id, Why: busy.Contains(member.Id) ? "依頼、活動、券の記録がある" : member.LeftOn is not null ? "退会している" : member.Version > 1 ? "取り込みのあとで直してある" : ""))
            .Where(one => one.Why != "").ToDictionary(one => one.Id, one => one.Why);
    }
}
