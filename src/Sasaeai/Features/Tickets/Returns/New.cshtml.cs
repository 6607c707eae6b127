using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Groups;
using Sasaeai.Features.Ledger;
using Sasaeai.Web;

namespace Sasaeai.Features.Tickets.Returns;

/// <summary>Paper that helpers bring back, number by number: all of them are taken or none.</summary>
public class NewModel(AppDb db, CurrentPerson person, LedgerBooks books) : PageModel
{
    private List<TicketType> types = [];

    public HelpGroup Group { get; private set; } = null!;
    public int Missing { get; private set; }
    public IEnumerable<SelectListItem> Types => types.Select(type => new SelectListItem(type.Name, $"{type.Unit}"));

    [BindProperty, Display(Name = "券の種類"), Required(ErrorMessage = "券の種類を選んでください。")]
    public short? Unit { get; set; }

    [BindProperty, Display(Name = "券の番号"), DataType(DataType.MultilineText), Required(ErrorMessage = "券の番号を入れてください。"), StringLength(20000)]
    public string Numbers { get; set; } = "";

    public async Task OnGetAsync(Guid id)
    {
        await LoadAsync(id);
        Unit = types.FirstOrDefault()?.Unit;
    }

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        await LoadAsync(id);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        var numbers = TicketNumbers.Read(Numbers);
        foreach (var number in numbers)
        {
            var unit = number.Unit ?? Unit!.Value;
            Rule.Require(types.Any(type => type.Unit == unit), $"「{number}」は、この団体の券ではありません。");
            await books.ReturnTicketAsync(id, unit, number.Serial, number.Code);
        }

        TempData["Notice"] = $"{numbers.Count:N0}枚を受け取りました。";
        return RedirectToPage(new { id });
    }

    private async Task LoadAsync(Guid id)
    {
        Group = await db.RunAsync(person, id);
        types = await db.TicketTypes.AsNoTracking().Where(type => type.GroupId == id && type.Paper).OrderBy(type => type.Unit).ToListAsync();
        Missing = await db.Tickets.CountAsync(ticket => ticket.GroupId == id && (ticket.State == TicketState.Used || ticket.State == TicketState.Redeemed) && ticket.ReturnedAt == null);
    }
}
