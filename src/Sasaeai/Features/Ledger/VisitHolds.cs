using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.HelpRequests;
using Sasaeai.Features.Tariffs;
using Sasaeai.Features.Visits;
using Sasaeai.Web;

namespace Sasaeai.Features.Ledger;

/// <summary>取り置き: where the group's rule says so, tickets or points of a visit are set aside when its helpers are found, used when it is settled, and let go when it does not take place.</summary>
public sealed class VisitHolds(AppDb db, LedgerBooks books, HolidayCalendar holidays, TimeProvider time)
{
    /// <summary>Sets aside what the visits will cost, or what there is: too few tickets are no reason against help. One posting for all.</summary>
    public async Task HoldAsync(Guid groupId, IReadOnlyList<Visit> visits)
    {
        if (visits.Count == 0 || !(await HelpRule.OfAsync(db, groupId)).Content.HoldTickets)
        {
            return;
        }

        var tariffs = await db.Tariffs.AsNoTracking().Where(tariff => tariff.GroupId == groupId).OrderByDescending(tariff => tariff.StartsOn).ThenByDescending(tariff => tariff.CreatedAt).ToListAsync();
        var kinds = (await HelpKind.OfGroupAsync(db, groupId)).ToDictionary(kind => kind.Code, kind => kind.Words);
        var users = visits.Select(visit => visit.UserId).Distinct().ToList();
        var left = await db.LedgerAccounts.AsNoTracking().Where(account => account.GroupId == groupId && account.Role == AccountRole.Holding && account.MemberId != null && users.Contains(account.MemberId.Value))
            .ToDictionaryAsync(account => (account.MemberId!.Value, account.Unit), account => account.Balance);
        var calendar = await holidays.GetAsync();
        var moves = new List<Move>();
        foreach (var visit in visits)
        {
            if (tariffs.Find(tariff => tariff.StartsOn <= visit.Day)?.Rules is not { Payment: PaymentMode.Ticket or PaymentMode.TimePoints } rules || visit.Helpers < rules.Helpers)
            {
                continue;
            }

            var unit = rules.Payment == PaymentMode.TimePoints ? LedgerUnit.Minute : rules.TicketUnit;
            var charge = Tariff.Charge(rules, new VisitFacts { Start = visit.Day!.Value.ToDateTime(visit.Start), Minutes = visit.Minutes, Helpers = visit.Helpers, Category = kinds.GetValueOrDefault(visit.CategoryCode, ""), Points = int.MaxValue }, calendar);
            var amount = Math.Min(charge.Lines.Where(line => line.From == Party.User && line.Unit == unit).Sum(line => line.Amount), left.GetValueOrDefault((visit.UserId, unit)));
            if (amount > 0)
            {
                left[(visit.UserId, unit)] -= amount;
                moves.Add(Move.Of(EntryKind.Hold, unit, amount, new Side(AccountRole.Holding, visit.UserId), new Side(AccountRole.Held, visit.UserId)) with { VisitId = visit.Id });
            }
        }

        await PostAsync(groupId, moves);
    }

    /// <summary>Lets go of what was set aside for the visit.</summary>
    public async Task ReleaseAsync(Visit visit) =>
        await PostAsync(visit.GroupId, [.. (await OfAsync(visit)).Select(held => Move.Of(EntryKind.Release, held.Unit, held.Amount, new Side(AccountRole.Held, visit.UserId), new Side(AccountRole.Holding, visit.UserId)) with { VisitId = visit.Id })]);

    /// <summary>What is set aside for the visit now, by unit.</summary>
    public async Task<IReadOnlyList<(short Unit, long Amount)>> OfAsync(Visit visit)
    {
        var accounts = await db.LedgerAccounts.AsNoTracking().Where(account => account.GroupId == visit.GroupId && account.MemberId == visit.UserId && account.Role == AccountRole.Held && account.Balance > 0).Select(account => account.Id).ToListAsync();
        var entries = accounts.Count == 0 ? [] : await db.LedgerEntries.AsNoTracking().Where(entry => entry.VisitId == visit.Id && (accounts.Contains(entry.ToId) || accounts.Contains(entry.FromId))).ToListAsync();
        return [.. entries.GroupBy(entry => entry.Unit).Select(unit => (unit.Key, unit.Sum(entry => accounts.Contains(entry.ToId) ? entry.Amount : -entry.Amount))).Where(held => held.Item2 > 0)];
    }

    private async Task PostAsync(Guid groupId, IReadOnlyList<Move> moves)
    {
        if (moves.Count > 0)
        {
            await books.PostAsync(new NewPosting(groupId, Guid.CreateVersion7(), time.Today(), moves));
        }
    }
}
