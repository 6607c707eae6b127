using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Groups;
using Sasaeai.Features.Shared;
using Sasaeai.Features.Tariffs;
using Sasaeai.Japanese;
using Sasaeai.Web;

namespace Sasaeai.Features.Ledger.Points;

/// <summary>点数 that a member has from before these books, or is given to begin with. Never against money.</summary>
public class NewModel(AppDb db, CurrentPerson person, LedgerBooks books, TimeProvider time) : PageModel
{
    public HelpGroup Group { get; private set; } = null!;

    [BindProperty]
    public Input Form { get; set; } = new();

    public async Task OnGetAsync(Guid id)
    {
        Group = await db.RunAsync(person, id);
        Form.Day = new DateInput(time.Today());
    }

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        Group = await db.RunAsync(person, id);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        Rule.Require(Wareki.TryReadDate($"{Form.Day}", out var day), "日付を読めません。例：令和8年6月15日");
        Rule.Require((await Tariff.OnAsync(db, id, day))?.Rules.Payment == PaymentMode.TimePoints, "この会の料金のきまりは、点数ではありません。");
        var member = await db.Members.AsNoTracking().SingleOrDefaultAsync(one => one.GroupId == id && one.Number == Form.MemberNumber && one.LeftOn == null);
        Rule.Require(member is not null, "その番号の会員はいません。会員番号を確かめてください。");
        await books.PostAsync(new NewPosting(id, Form.Key, day, [Move.Of(EntryKind.Opening, LedgerUnit.Minute, Form.Minutes, new Side(AccountRole.Mint), new Side(AccountRole.Holding, member!.Id), note: Form.Note?.Trim())]));
        TempData["Notice"] = $"{member.Name}さんの点数に、{MinuteText.Of(Form.Minutes)}を記録しました。";
        return RedirectToPage(new { id });
    }

    public class Input
    {
        public Guid Key { get; set; } = Guid.CreateVersion7();

        [Display(Name = "会員番号"), Range(1, 1_000_000)]
        public int MemberNumber { get; set; }

        [Display(Name = "点数（分）"), Range(1, 1_000_000)]
        public int Minutes { get; set; }

        [Display(Name = "日付")]
        public DateInput Day { get; set; } = null!;

        [Display(Name = "メモ"), StringLength(200)]
        public string? Note { get; set; }
    }
}
