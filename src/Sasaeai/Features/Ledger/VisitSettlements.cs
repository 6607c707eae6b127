using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Members;
using Sasaeai.Features.Tariffs;
using Sasaeai.Web;

namespace Sasaeai.Features.Ledger;

/// <summary>A report of a visit, as the books need it.</summary>
/// <param name="ReportId">Settles at most once; also the idempotency key.</param>
public sealed record VisitReport(Guid GroupId, Guid ReportId, Guid? VisitId, Guid UserId, IReadOnlyList<Guid> HelperIds, DateOnly Day, TimeOnly Start, int Minutes, string CategoryCode)
{
    public string CategoryName { get; init; } = "";
    public IReadOnlyList<ActualCost> Costs { get; init; } = [];
    /// <summary>Numbers of the paper tickets that were handed over, when they are known.</summary>
    public IReadOnlyList<int>? Serials { get; init; }
    /// <summary>Tickets or minutes that were held for the visit and are let go now.</summary>
    public int Held { get; init; }
    public bool Met { get; init; } = true;
    public bool Announced { get; init; } = true;
}

/// <summary>From a visit to the books: the charge by the tariff of its day, posted once.</summary>
public sealed class VisitSettlements(AppDb db, LedgerBooks books, HolidayCalendar holidays)
{
    /// <summary>What the visit costs, without posting it.</summary>
    public async Task<(Tariff Tariff, Charge Charge)> ChargeAsync(VisitReport report)
    {
        var tariff = await Tariff.OnAsync(db, report.GroupId, report.Day);
        Rule.Require(tariff is not null, "この日の料金のきまりがありません。先に「料金のきまり」を登録してください。");
        var points = await db.LedgerAccounts.AsNoTracking().Where(account => account.GroupId == report.GroupId && account.MemberId == report.UserId && account.Unit == LedgerUnit.Minute && (account.Role == AccountRole.Holding || account.Role == AccountRole.Held)).SumAsync(account => account.Balance);
        var facts = new VisitFacts
        {
            Start = report.Day.ToDateTime(report.Start), Minutes = report.Minutes, Helpers = report.HelperIds.Count, Category = report.CategoryName, Costs = report.Costs, Points = points,
            Given = tariff!.Rules.HelperDonationCap is null ? [] : await GivenAsync(report), Met = report.Met, Announced = report.Announced,
        };
        return (tariff, Tariff.Charge(tariff.Rules, facts, await holidays.GetAsync()));
    }

    /// <summary>Posts what the visit cost. False when this report was settled before with the same content.</summary>
    /// <exception cref="RuleBrokenException">The report or visit is settled already, tickets are missing, or the rules forbid it.</exception>
    public async Task<bool> SettleAsync(VisitReport report)
    {
        Rule.Require(report.HelperIds.Count > 0, "手伝った人を選んでください。");
        Rule.Require(report.HelperIds.Distinct().Count() == report.HelperIds.Count && !report.HelperIds.Contains(report.UserId), "同じ人が二度入っています。手伝った人と利用した人を確かめてください。");
        Rule.Require(report.CategoryCode != "", "内容の分類を選んでください。");
        var (tariff, charge) = await ChargeAsync(report);
        return await books.PostAsync(PostingOf(report, tariff, charge));
    }

    /// <summary>The posting of a charge; pure, so that figures can be loaded in bulk.</summary>
    public static NewPosting PostingOf(VisitReport report, Tariff tariff, Charge charge)
    {
        var unit = tariff.Rules.Payment == PaymentMode.TimePoints ? LedgerUnit.Minute : tariff.Rules.TicketUnit;
        var moves = charge.Lines.Select(line => Move.Of(line.Kind, line.Unit, line.Amount, SideOf(line.From, line.Unit, report), SideOf(line.To, line.Unit, report), line.Minutes, line.Note == "" ? null : line.Note) with { VisitId = report.VisitId }).ToList();
        if (report.Held > 0)
        {
            moves.Insert(0, Move.Of(EntryKind.Release, unit, report.Held, new Side(AccountRole.Held, report.UserId), new Side(AccountRole.Holding, report.UserId)) with { VisitId = report.VisitId });
        }

        if (report.Serials is { Count: > 0 } serials)
        {
            Rule.Require(serials.Count == charge.Tickets, $"この活動に使う券は{charge.Tickets}枚です。番号を{charge.Tickets}枚分入れてください。");
            var taken = 0;
            for (var index = 0; index < moves.Count; index++)
            {
                if (moves[index] is { Kind: EntryKind.Use, Unit: >= LedgerUnit.FirstTicket } use)
                {
                    moves[index] = use with { Serials = [.. serials.Skip(taken).Take((int)use.Amount!)] };
                    taken += (int)use.Amount!;
                }
            }
        }

        return new NewPosting(report.GroupId, report.ReportId, report.Day, moves, new SettlementNote
        {
            Id = report.ReportId, ReportId = report.ReportId, VisitId = report.VisitId, UserId = report.UserId, HelperIds = report.HelperIds, Minutes = report.Minutes,
            PaidMinutes = charge.PaidMinutes, CategoryCode = report.CategoryCode, TariffId = tariff.Id,
        });
    }

    /// <summary>Undoes a settlement whole; a corrected report may then be settled.</summary>
    public async Task<bool> ReverseAsync(Guid groupId, Guid settlementId, Guid key, DateOnly today, string reason)
    {
        Rule.Require(reason.Trim() != "", "取り消す理由を書いてください。");
        var paid = await (
            from entry in db.LedgerEntries
            where entry.SettlementId == settlementId && entry.Reverses == null
            join account in db.LedgerAccounts on entry.ToId equals account.Id
            where account.Role == AccountRole.Earned
            group entry.Amount by new { account.Id, account.Balance } into earned
            where earned.Sum() > earned.Key.Balance
            select earned.Key.Id).AnyAsync();
        Rule.Require(!paid, "この活動の謝礼は、もう払ってあります。先に、帳簿でその人への支払い（精算）の行を取り消してください。");
        return await books.PostAsync(new NewPosting(groupId, key, today, [], new SettlementNote { Reverses = settlementId, Note = reason.Trim() }));
    }

    private static Side SideOf(Party party, short unit, VisitReport report) => party.Kind switch
    {
        PartyKind.User when unit == LedgerUnit.Yen => new Side(AccountRole.Bill, report.UserId, Member.BillLimitYen),
        PartyKind.User => new Side(AccountRole.Holding, report.UserId),
        PartyKind.Helper => new Side(unit == LedgerUnit.Minute ? AccountRole.Holding : AccountRole.Earned, report.HelperIds[party.Helper]),
        PartyKind.Group => new Side(unit == LedgerUnit.Minute ? AccountRole.Mint : AccountRole.Own),
        PartyKind.Fund => new Side(AccountRole.Fund),
        _ => new Side(AccountRole.World),
    };

    /// <summary>What each helper gave to the group of the month's 謝礼 so far.</summary>
    private async Task<IReadOnlyList<int>> GivenAsync(VisitReport report)
    {
        var month = new DateOnly(report.Day.Year, report.Day.Month, 1);
        var given = await (
            from entry in db.LedgerEntries
            where entry.GroupId == report.GroupId && entry.Kind == EntryKind.Donation && entry.ServiceDate >= month && entry.ServiceDate < month.AddMonths(1) && !db.LedgerEntries.Any(other => other.Reverses == entry.Id)
            join account in db.LedgerAccounts on entry.FromId equals account.Id
            where account.Role == AccountRole.Earned
            group entry.Amount by account.MemberId into amounts
            select new { MemberId = amounts.Key!.Value, Yen = amounts.Sum() }).ToDictionaryAsync(row => row.MemberId, row => (int)row.Yen);
        return [.. report.HelperIds.Select(helper => given.GetValueOrDefault(helper))];
    }
}
