using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Groups;
using Sasaeai.Features.Shared;
using Sasaeai.Japanese;
using Sasaeai.Web;

namespace Sasaeai.Features.Ledger.Payments;

/// <summary>Money that came to the group or left it, apart from tickets and payouts.</summary>
public class NewModel(AppDb db, CurrentPerson person, LedgerBooks books, TimeProvider time) : PageModel
{
    public HelpGroup Group { get; private set; } = null!;
    public IReadOnlyList<SelectListItem> Kinds { get; } =
        [new("年会費を受け取った", "fee"), new("請求の入金があった", "bill"), new("寄付・補助金などを受け取った", "gift"), new("運営のために払った", "cost"), new("前の帳簿から繰り越した", "opening")];

    [BindProperty]
    public Input Form { get; set; } = new();

    public async Task OnGetAsync(Guid id)
    {
        await LoadAsync(id);
        Form.Day = new DateInput(time.Today());
    }

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        await LoadAsync(id);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        Rule.Require(Wareki.TryReadDate($"{Form.Day}", out var day), "日付を読めません。例：令和8年6月15日");
        var member = await db.Members.AsNoTracking().SingleOrDefaultAsync(one => one.GroupId == id && one.Number == Form.MemberNumber);
        Rule.Require(member is not null || Form.Kind is not ("fee" or "bill"), "会員番号を確かめてください。");
        await books.PostAsync(new NewPosting(id, Form.Key, day, [MoveOf(member?.Id) with { Note = $"{(member is null ? "" : $"会員{member.Number} ")}{Form.Note}".Trim() }]));
        TempData["Notice"] = $"{Form.Yen:N0}円を記録しました。";
        return LocalRedirect($"~/groups/{id}/ledger");
    }

    private Move MoveOf(Guid? member)
    {
        var (world, own) = (new Side(AccountRole.World), new Side(AccountRole.Own));
        return Form.Kind switch
        {
            "fee" => Move.Of(EntryKind.Fee, LedgerUnit.Yen, Form.Yen, world, own),
            "bill" => Move.Of(EntryKind.Payment, LedgerUnit.Yen, Form.Yen, world, new Side(AccountRole.Bill, member, Members.Member.BillLimitYen)),
            "cost" => Move.Of(EntryKind.Cost, LedgerUnit.Yen, Form.Yen, own, world),
            "opening" => Move.Of(EntryKind.Opening, LedgerUnit.Yen, Form.Yen, world, own),
            _ => Move.Of(EntryKind.Donation, LedgerUnit.Yen, Form.Yen, world, own),
        };
    }

    private async Task LoadAsync(Guid id) => Group = await db.RunAsync(person, id);

    public class Input
    {
        public Guid Key { get; set; } = Guid.CreateVersion7();

        [Display(Name = "何のお金ですか"), Required(ErrorMessage = "一つ選んでください。")]
        public string Kind { get; set; } = "fee";

        [Display(Name = "会員番号")]
        public int? MemberNumber { get; set; }

        [Display(Name = "金額（円）"), Range(1, 10_000_000)]
        public int Yen { get; set; }

        [Display(Name = "日付")]
        public DateInput Day { get; set; } = null!;

        [Display(Name = "メモ"), StringLength(200)]
        public string? Note { get; set; }
    }
}
