using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Groups;
using Sasaeai.Features.Ledger;

namespace Sasaeai.Features.Tickets;

/// <summary>Issues tickets, looks one up, takes spoilt ones out.</summary>
public class ShowModel(AppDb db, CurrentPerson person, LedgerBooks books, TimeProvider time) : PageModel
{
    public HelpGroup Group { get; private set; } = null!;
    public TicketType Type { get; private set; } = null!;
    public int LastSerial { get; private set; }
    public Ticket? Found { get; private set; }

    [BindProperty]
    public Guid Key { get; set; } = Guid.CreateVersion7();

    [BindProperty, Display(Name = "発行する枚数")]
    public int Tickets { get; set; } = 100;

    [BindProperty, Display(Name = "廃棄する番号"), StringLength(2000)]
    public string? Numbers { get; set; }

    [BindProperty, Display(Name = "廃棄する理由"), StringLength(200)]
    public string? Reason { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Serial { get; set; }

    public async Task OnGetAsync(Guid id, Guid typeId)
    {
        await LoadAsync(id, typeId);
        if (!string.IsNullOrWhiteSpace(Serial))
        {
            var serials = await TicketNumbers.OfAsync(db, Type, TicketNumbers.Read(Serial));
            Rule.Require(serials.Count == 1, "調べる番号を一つ入れてください。");
            Found = await db.Tickets.AsNoTracking().SingleOrDefaultAsync(ticket => ticket.GroupId == id && ticket.Unit == Type.Unit && ticket.Serial == serials[0]);
            Rule.Require(Found is not null, $"券の番号{serials[0]}は、この団体では発行していません。");
        }
    }

    public async Task<IActionResult> OnPostIssueAsync(Guid id, Guid typeId)
    {
        await LoadAsync(id, typeId);
        await books.PostAsync(new NewPosting(id, Key, time.Today(), Type.Issue(Tickets)));
        TempData["Notice"] = $"{Tickets:N0}枚を発行しました。";
        return RedirectToPage(new { id, typeId });
    }

    public async Task<IActionResult> OnPostVoidAsync(Guid id, Guid typeId)
    {
        await LoadAsync(id, typeId);
        Rule.Require(Type.Paper, "紙のない券は、番号では廃棄できません。");
        var serials = await TicketNumbers.OfAsync(db, Type, TicketNumbers.Read(Numbers));
        Rule.Require(serials.Count > 0, "廃棄する番号を入れてください。");
        var holders = await db.Tickets.AsNoTracking().Where(ticket => ticket.GroupId == id && ticket.Unit == Type.Unit && serials.Contains(ticket.Serial)).Select(ticket => new { ticket.Serial, ticket.State, ticket.HolderId }).ToListAsync();
        Rule.Require(holders.Count == serials.Count, "発行していない番号が入っています。番号を確かめてください。");
        Rule.Require(holders.All(ticket => ticket.State is TicketState.Stock or TicketState.Sold), "使われた券や、すでに廃棄した券が入っています。番号を確かめてください。");
        var moves = holders.GroupBy(ticket => ticket.State == TicketState.Sold ? ticket.HolderId : null).SelectMany(same => Type.Void(same.Key, same.Count(), Reason ?? "", [.. same.Select(ticket => ticket.Serial)])).ToList();
        await books.PostAsync(new NewPosting(id, Key, time.Today(), moves));
        TempData["Notice"] = $"{serials.Count:N0}枚を廃棄しました。";
        return RedirectToPage(new { id, typeId });
    }

    public static string Words(TicketState state) => state switch
    {
        TicketState.Stock => "まだ売っていません", TicketState.Sold => "利用会員が持っています", TicketState.Used => "使われました",
        TicketState.Redeemed => "精算がすんでいます", TicketState.Void => "廃棄しました", _ => "期限が切れました",
    };

    private async Task LoadAsync(Guid id, Guid typeId)
    {
        Group = await db.RunAsync(person, id);
        Type = await db.TicketTypes.AsNoTracking().SingleOrDefaultAsync(type => type.GroupId == id && type.Id == typeId) ?? throw new NotFoundException();
        LastSerial = (int)-await db.LedgerAccounts.Where(account => account.GroupId == id && account.Unit == Type.Unit && account.Role == AccountRole.Issued).SumAsync(account => account.Balance);
    }
}
