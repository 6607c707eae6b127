using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Groups;
using Sasaeai.Features.Ledger;
using Sasaeai.Web;

namespace Sasaeai.Features.Tickets;

public class NewModel(AppDb db, CurrentPerson person, TimeProvider time) : PageModel
{
    public HelpGroup Group { get; private set; } = null!;

    [BindProperty]
    public Input Form { get; set; } = new();

    public async Task OnGetAsync(Guid id) => Group = await db.RunAsync(person, id);

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        Group = await db.RunAsync(person, id);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        var last = await db.TicketTypes.Where(type => type.GroupId == id).MaxAsync(type => (short?)type.Unit) ?? LedgerUnit.FirstTicket - 1;
        Rule.Require(last < 100, "券の種類は100までです。");
        db.TicketTypes.Add(new TicketType
        {
            GroupId = id, Unit = (short)(last + 1), Name = Form.Name.Trim(), Minutes = Form.Minutes, FaceYen = Form.FaceYen, Paper = Form.Paper, BookTickets = Form.BookTickets, BookDonation = Form.BookDonation,
            MonthsValid = Form.MonthsValid, CreatedAt = time.GetUtcNow(),
        });
        await db.SaveChangesAsync();
        TempData["Notice"] = $"「{Form.Name.Trim()}」を作りました。次は、発行する枚数を入れます。";
        return RedirectToPage("Index", new { id });
    }

    public class Input
    {
        [Display(Name = "券の名前"), StringLength(40)]
        public string Name { get; set; } = "ありがとう券";

        [Display(Name = "1枚の時間（分）"), Range(1, 480)]
        public int Minutes { get; set; } = 15;

        [Display(Name = "1枚の額（円）"), Range(0, 100000)]
        public int FaceYen { get; set; }

        [Display(Name = "番号のついた紙の券にする")]
        public bool Paper { get; set; } = true;

        [Display(Name = "1冊の枚数"), Range(1, 100)]
        public int BookTickets { get; set; } = 10;

        [Display(Name = "1冊に含む寄付（円）"), Range(0, 100000)]
        public int BookDonation { get; set; }

        [Display(Name = "使える月数"), Range(1, 120)]
        public int? MonthsValid { get; set; }
    }
}
