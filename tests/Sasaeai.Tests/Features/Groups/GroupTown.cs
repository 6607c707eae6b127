using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Groups;
using Sasaeai.Features.Ledger;
using Sasaeai.Features.Members;
using Sasaeai.Features.Organizations;
using Sasaeai.Features.Tariffs;
using Sasaeai.Features.Tickets;

namespace Sasaeai.Tests.Features.Groups;

/// <summary>A group with members, a paper ticket of 15 minutes for 150 yen and its tariff, in a town of its own.</summary>
public sealed record GroupTown(Town Town, Guid GroupId, IReadOnlyList<Member> Helpers, IReadOnlyList<Member> Users, TicketType Type, Tariff Tariff)
{
    public const string Organization = "G-1";

    public static async Task<GroupTown> CreateAsync(TestApp app, int helpers = 3, int users = 3, Func<TariffRules, TariffRules>? rules = null)
    {
        var town = await app.CreateTownAsync();
        return await town.InAsync(async (db, services) =>
        {
            var (now, today) = (DateTimeOffset.UtcNow, services.GetService(typeof(TimeProvider)) is TimeProvider time ? time.Today() : default);
            var organization = new Organization(Organization, new OrganizationContent { Name = "助け合いの会" }, now);
            var group = new HelpGroup(organization.Id, "助け合いの会", GroupKind.Residents, GroupStage.Active, today, "試し", new GroupContent { PayoutLimitYen = 1000 }, now);
            var members = Enumerable.Range(1, helpers + users).Select(number =>
            {
                var member = new Member(group.Id, number, today, now);
                member.Be(number <= helpers, number > helpers, today);
                member.Change($"会員 {number}郎", $"かいいん {number}ろう", $"0999-10-{number:0000}", $"本町一丁目{number}", new MemberContent { Care = "耳が遠い", CanDo = ["rubbish"] }, now);
                return member;
            }).ToList();
            var type = new TicketType { GroupId = group.Id, Unit = LedgerUnit.FirstTicket, Name = "ありがとう券", Minutes = 15, FaceYen = 150, Paper = true, CreatedAt = now };
            var rule = new TariffRules { Payment = PaymentMode.Ticket, UnitMinutes = 15, Price = 150, TicketYen = 150, TicketMinutes = 15 };
            var tariff = new Tariff { GroupId = group.Id, StartsOn = today.AddYears(-2), Rules = rules?.Invoke(rule) ?? rule, CreatedAt = now, ByName = "試し" };
            db.AddRange(organization, group, type, tariff);
            db.AddRange(members);
            await db.SaveChangesAsync();
            return new GroupTown(town, group.Id, [.. members.Take(helpers)], [.. members.Skip(helpers)], type, tariff);
        });
    }

    public Task<HttpClient> KeeperAsync() => Town.App.SignedInAsync(Town, Role.GroupKeeper, organization: Organization);

    public Task<bool> PostAsync(Posting posting) => Town.InAsync((_, services) => ((LedgerBooks)services.GetService(typeof(LedgerBooks))!).PostAsync(posting));

    public Task<bool> PostAsync(DateOnly day, params IReadOnlyList<Move> moves) => PostAsync(new Posting(GroupId, Guid.NewGuid(), day, moves));

    public Task<bool> SettleAsync(VisitReport report) => Town.InAsync((_, services) => ((VisitSettlements)services.GetService(typeof(VisitSettlements))!).SettleAsync(report));

    /// <summary>Tickets issued, and one book sold to the first user.</summary>
    public async Task SellAsync(DateOnly day, int issued = 20)
    {
        await PostAsync(day, Type.Issue(issued));
        await PostAsync(day, Type.Sell(Users[0].Id, 1, day));
    }

    public VisitReport Report(DateOnly day, int minutes) => new(GroupId, Guid.NewGuid(), Guid.NewGuid(), Users[0].Id, [Helpers[0].Id], day, new TimeOnly(10, 0), minutes, "1301");

    public async Task<long> BalanceAsync(AccountRole role, short unit, Guid? member = null) => (long)(await Town.ScalarAsync($"select coalesce(sum(balance), 0)::bigint from app.ledger_account where municipality_id = {Town.Id} and role = '{SnakeCase.From(role)}' and unit = {unit} {(member is null ? "" : $"and member_id = '{member}'")}"))!;

    public Task<List<Sasaeai.Commands.Ledger.Fault>> FaultsAsync() => Town.InAsync((db, _) => Sasaeai.Commands.Ledger.FaultsAsync(db));
}
