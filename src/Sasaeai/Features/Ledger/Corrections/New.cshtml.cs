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
    public IReadOnlyList<CorrectedLines.Line> Lines { get; private set; } = [];
    public IReadOnlyDictionary<short, string> Types { get; private set; } = new Dictionary<short, string>();

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
        Rule.Require(Entry.Kind is not (EntryKind.Hold or EntryKind.Release), "取り置きは、活動の担い手を変えるか、活動を取りやめると、もどります。");
        await books.PostAsync(new NewPosting(id, Key, time.Today(), new CorrectedLines(Lines).Undo(Reason.Trim())));
        TempData["Notice"] = $"反対の行を{Lines.Count}行足して、取り消しました。";
        return LocalRedirect($"~/groups/{id}/ledger");
    }

    private async Task LoadAsync(Guid id, Guid entryId)
    {
        Group = await db.RunAsync(person, id);
        Lines = (await CorrectedLines.OfAsync(db, id, entryId)).Lines;
        Entry = Lines.Single(line => line.Entry.Id == entryId).Entry;
        Types = await db.TicketTypes.AsNoTracking().Where(type => type.GroupId == id).ToDictionaryAsync(type => type.Unit, type => type.Name);
    }
}
