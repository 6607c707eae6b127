using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Groups;
using Sasaeai.Features.Ledger;
using Sasaeai.Features.Shared;
using Sasaeai.Japanese;
using Sasaeai.Web;

namespace Sasaeai.Features.Tickets.Sales;

/// <summary>Books of tickets to a 利用会員, and unused ones back.</summary>
public class NewModel(AppDb db, CurrentPerson person, LedgerBooks books, TimeProvider time) : PageModel
{
    private List<TicketType> types = [];

    public HelpGroup Group { get; private set; } = null!;
    public IReadOnlyList<SelectListItem> Whats { get; } = [new("売る", "sale"), new("返してもらい、お金を返す", "refund")];
    public IEnumerable<SelectListItem> Types => types.Select(type => new SelectListItem($"{type.Name}（1冊{type.BookTickets}枚 {type.BookYen:N0}円）", $"{type.Unit}"));

    [BindProperty]
    public Input Form { get; set; } = new();

    public async Task OnGetAsync(Guid id)
    {
        await LoadAsync(id);
        (Form.Day, Form.Unit) = (new DateInput(time.Today()), types.FirstOrDefault()?.Unit);
    }

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        await LoadAsync(id);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        Rule.Require(Wareki.TryReadDate($"{Form.Day}", out var day), "日付を読めません。例：令和8年6月15日");
        var type = types.FirstOrDefault(one => one.Unit == Form.Unit);
        Rule.Require(type is not null, "券の種類を選んでください。");
        var member = await db.Members.AsNoTracking().SingleOrDefaultAsync(one => one.GroupId == id && one.Number == Form.MemberNumber);
        Rule.Require(member is { LeftOn: null } || member is not null && Form.What == "refund", "その番号の会員はいません。会員番号を確かめてください。");
        Rule.Require(Form.What == "refund" || member!.IsUser, "券を買えるのは利用会員です。会員番号を確かめてください。");
        var serials = await TicketNumbers.OfAsync(db, type!, TicketNumbers.Read(Form.Numbers));
        var numbers = serials.Count == 0 ? null : serials;
        await books.PostAsync(new NewPosting(id, Form.Key, day, Form.What == "refund" ? type!.Refund(member!.Id, Form.Quantity, numbers) : type!.Sell(member!.Id, Form.Quantity, day, numbers)));
        TempData["Notice"] = Form.What == "refund" ? $"{member.Name}さんから{Form.Quantity}枚を返してもらい、{Form.Quantity * type.FaceYen:N0}円を返しました。" : $"{member.Name}さんに{Form.Quantity}冊を売りました（{Form.Quantity * type.BookYen:N0}円）。";
        return LocalRedirect($"~/groups/{id}/members/{member.Id}");
    }

    private async Task LoadAsync(Guid id)
    {
        Group = await db.RunAsync(person, id);
        types = await db.TicketTypes.AsNoTracking().Where(type => type.GroupId == id && type.EndsOn == null).OrderBy(type => type.Unit).ToListAsync();
    }

    public class Input
    {
        public Guid Key { get; set; } = Guid.CreateVersion7();

        [Display(Name = "どちらですか"), Required(ErrorMessage = "どちらかを選んでください。")]
        public string What { get; set; } = "sale";

        [Display(Name = "券の種類"), Required(ErrorMessage = "券の種類を選んでください。")]
        public short? Unit { get; set; }

        [Display(Name = "会員番号"), Range(1, 1_000_000)]
        public int MemberNumber { get; set; }

        [Display(Name = "数"), Range(1, 1000)]
        public int Quantity { get; set; } = 1;

        [Display(Name = "券の番号"), StringLength(2000)]
        public string? Numbers { get; set; }

        [Display(Name = "日付")]
        public DateInput Day { get; set; } = null!;
    }
}
