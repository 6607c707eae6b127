using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Groups;
using Sasaeai.Web;

namespace Sasaeai.Features.Ledger.Corrections;

public class NewModel(AppDb db, CurrentPerson person, LedgerBooks books, TimeProvider time) : PageModel
{
    public HelpGroup Group { get; private set; } = null!;
    public LedgerEntry Entry { get; private set; } = null!;

    [BindProperty]
    public Guid Key { get; set; } = Guid.CreateVersion7();

    [BindProperty, Display(Name = "取り消す理由"), Required(ErrorMessage = "取り消す理由を書いてください。"), StringLength(200)]
    public string Reason { get; set; } = "";

    public Task OnGetAsync(Guid id, Guid entryId) => LoadAsync(id, entryId);

    public async Task<IActionResult> OnPostAsync(Guid id, Guid entryId)
    {
        await LoadAsync(id, entryId);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        Rule.Require(Entry.SettlementId is null, "活動の精算は、まとめて取り消します。活動の記録から取り消してください。");
        await books.PostAsync(new NewPosting(id, Key, time.Today(), [Move.Undo(entryId, Reason.Trim())]));
        TempData["Notice"] = "反対の行を足して、取り消しました。";
        return LocalRedirect($"~/groups/{id}/ledger");
    }

    private async Task LoadAsync(Guid id, Guid entryId)
    {
        Group = await db.RunAsync(person, id);
        Entry = await db.LedgerEntries.AsNoTracking().SingleOrDefaultAsync(entry => entry.GroupId == id && entry.Id == entryId) ?? throw new NotFoundException();
    }
}
