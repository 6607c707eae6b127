using Microsoft.AspNetCore.Mvc.RazorPages;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Groups;

namespace Sasaeai.Features.Tickets;

public class IndexModel(AppDb db, CurrentPerson person) : PageModel
{
    public HelpGroup Group { get; private set; } = null!;
    public IReadOnlyList<TicketCounts> Rows { get; private set; } = [];

    public async Task OnGetAsync(Guid id)
    {
        Group = await db.RunAsync(person, id);
        Rows = await TicketCounts.LoadAsync(db, id);
    }
}
