using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Groups;
using Sasaeai.Features.Ledger;
using Sasaeai.Features.Resources;

namespace Sasaeai.Features.Tickets;

public class IndexModel(AppDb db, CurrentPerson person) : PageModel
{
    public HelpGroup Group { get; private set; } = null!;
    public IReadOnlyList<TicketCounts> Rows { get; private set; } = [];

    /// <summary>Unused tickets of all groups of the issuer, in yen, when they come near what the law lets be (資金決済法).</summary>
    public long? NearYen { get; private set; }
    public long LimitYen { get; private set; }

    public async Task OnGetAsync(Guid id)
    {
        Group = await db.RunAsync(person, id);
        Rows = await TicketCounts.LoadAsync(db, id);
        var (rule, issuer) = (await db.RuleAsync(), Group.OrganizationId);
        LimitYen = rule.PrepaidLimitYen;
        var unused = await (
            from account in db.LedgerAccounts
            where account.Role == AccountRole.Holding || account.Role == AccountRole.Held
            join type in db.TicketTypes on new { account.GroupId, account.Unit } equals new { type.GroupId, type.Unit }
            where type.MonthsValid == null || type.MonthsValid > TicketType.ExemptMonths
            join other in db.HelpGroups on account.GroupId equals other.Id
            where other.OrganizationId == issuer
            select account.Balance * type.FaceYen).SumAsync();
        NearYen = unused >= rule.PrepaidWarningYen ? unused : null;
    }
}
