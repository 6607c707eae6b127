using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Groups;

namespace Sasaeai.Features.Tickets;

/// <summary>Paper tickets to cut out, at most 200 at once.</summary>
public class SheetModel(AppDb db, CurrentPerson person) : PageModel
{
    public HelpGroup Group { get; private set; } = null!;
    public TicketType Type { get; private set; } = null!;
    public IReadOnlyList<Ticket> Tickets { get; private set; } = [];

    public async Task OnGetAsync(Guid id, Guid typeId, int from, int until)
    {
        Group = await db.RunAsync(person, id);
        Type = await db.TicketTypes.AsNoTracking().SingleOrDefaultAsync(type => type.GroupId == id && type.Id == typeId) ?? throw new NotFoundException();
        Tickets = await db.Tickets.AsNoTracking().Where(ticket => ticket.GroupId == id && ticket.Unit == Type.Unit && ticket.Serial >= from && ticket.Serial <= until && (ticket.State == TicketState.Stock || ticket.State == TicketState.Sold))
            .OrderBy(ticket => ticket.Serial).Take(200).ToListAsync();
    }
}
