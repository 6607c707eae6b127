using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sasaeai.Data;
using Sasaeai.Features.Ledger;
using Sasaeai.Japanese;

namespace Sasaeai.Features.Tariffs;

/// <summary>The rules of a group from a day on, until the next version.</summary>
public class Tariff : TownRecord
{
    public required Guid GroupId { get; init; }
    public required DateOnly StartsOn { get; init; }
    public required TariffRules Rules { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required string ByName { get; init; }

    /// <summary>The version that holds on the day, or null before the first.</summary>
    public static Task<Tariff?> OnAsync(AppDb db, Guid groupId, DateOnly day) => db.Tariffs.AsNoTracking().Where(tariff => tariff.GroupId == groupId && tariff.StartsOn <= day)
        .OrderByDescending(tariff => tariff.StartsOn).ThenByDescending(tariff => tariff.CreatedAt).FirstOrDefaultAsync();

    /// <summary>What the visit costs and who gets it.</summary>
    /// <exception cref="RuleBrokenException">The rules forbid the visit or one of its costs.</exception>
    public static Charge Charge(TariffRules rules, VisitFacts visit, Holidays holidays)
    {
        Rule.Require(visit.Minutes is > 0 and <= 24 * 60, "活動の時間は1分から24時間までにしてください。");
        Rule.Require(visit.Helpers >= rules.Helpers, $"この団体の活動は{rules.Helpers}人で行います。");
        Rule.Require(visit.Met || !rules.MeetingBefore, "事前の顔合わせがすんでいません。");
        Rule.Require(visit.Announced || !rules.AnnounceBefore, "前もって届け出ていない活動は、保険の対象になりません。届け出てから記録してください。");
        Rule.Require(visit.Costs.All(cost => cost.Yen > 0 && rules.Costs.Contains(cost.Name)), $"受け取れる実費は、{(rules.Costs.Count == 0 ? "ありません" : string.Join('、', rules.Costs) + "です")}。金額は1円以上で入れてください。");

        var units = rules.UnitsOf(visit.Minutes);
        var paidTimes = rules.Several == SeveralHelpers.Each ? visit.Helpers : 1;
        var fixedPrice = rules.FixedPrices.FirstOrDefault(price => price.Category == visit.Category);
        var yen = paidTimes * (fixedPrice?.Price ?? Enumerable.Range(0, units).Sum(unit => PriceAt(rules, visit.Start.AddMinutes((long)unit * rules.UnitMinutes), holidays)));
        var lines = rules.Payment switch
        {
            PaymentMode.Ticket => Tickets(rules, visit.Helpers, units * paidTimes, yen),
            PaymentMode.MonthlyBill => Yen(rules, visit.Helpers, units * paidTimes, yen, Party.User),
            PaymentMode.Cash => InCash(Yen(rules, visit.Helpers, units * paidTimes, yen, Party.Outside)),
            PaymentMode.TimePoints => Points(rules, visit, units),
            _ => [],
        };
        var paidMinutes = rules.Payment == PaymentMode.Ticket || rules.Payment == PaymentMode.TimePoints ? lines.Sum(line => line.Minutes ?? 0) : units * rules.UnitMinutes * visit.Helpers;
        return new Charge(units, paidMinutes, yen, [.. lines, .. Donations(rules, visit, lines), .. Costs(rules, visit)]);
    }

    private static int PriceAt(TariffRules rules, DateTime moment, Holidays holidays) =>
        rules.Rates.FirstOrDefault(rate => rate.Fits(moment, holidays.Contains(DateOnly.FromDateTime(moment))))?.Price ?? rules.Price;

    /// <summary>Tickets go to the helpers; what was paid for them follows, less the group's part.</summary>
    private static List<ChargeLine> Tickets(TariffRules rules, int helpers, int units, int yen)
    {
        var tickets = rules.TicketYen > 0 ? yen / rules.TicketYen : units * rules.UnitMinutes / rules.TicketMinutes;
        return [.. Split(tickets, helpers).Select((part, helper) => new ChargeLine(EntryKind.Use, rules.TicketUnit, part, Party.User, Party.OfHelper(helper), part * rules.TicketMinutes)).Where(line => line.Amount > 0),
            .. rules.TicketYen > 0 ? Yen(rules, helpers, units, yen, Party.Fund) : []];
    }

    private static List<ChargeLine> Yen(TariffRules rules, int helpers, int units, int yen, Party from)
    {
        var share = Math.Min(yen, rules.GroupShare * units);
        return [.. Split(yen - share, helpers).Select((part, helper) => new ChargeLine(EntryKind.Use, LedgerUnit.Yen, part, from, Party.OfHelper(helper))).Where(line => line.Amount > 0),
            .. share > 0 ? [new ChargeLine(EntryKind.Share, LedgerUnit.Yen, share, from, Party.Group)] : Array.Empty<ChargeLine>()];
    }

    /// <summary>Handed over on the spot: what a helper gets has left the books again.</summary>
    private static List<ChargeLine> InCash(List<ChargeLine> lines) =>
        [.. lines, .. lines.Where(line => line.To.Kind == PartyKind.Helper).Select(line => line with { Kind = EntryKind.Payment, From = line.To, To = Party.Outside })];

    private static List<ChargeLine> Points(TariffRules rules, VisitFacts visit, int units)
    {
        var each = units * rules.UnitMinutes;
        var enough = visit.Points >= (long)each * visit.Helpers;
        Rule.Require(enough || rules.YenWithoutPoints is not null, "利用会員の点数が足りません。");
        // Without points the group gives them, and the user gives yen: the two are never turned into each other.
        List<ChargeLine> lines = [.. Enumerable.Range(0, each == 0 ? 0 : visit.Helpers).Select(helper => new ChargeLine(EntryKind.Use, LedgerUnit.Minute, each, enough ? Party.User : Party.Group, Party.OfHelper(helper), each))];
        var yen = enough ? 0 : ((long)each * visit.Helpers * rules.YenWithoutPoints!.Value + 59) / 60;
        return yen == 0 ? lines : [.. lines, new ChargeLine(EntryKind.Donation, LedgerUnit.Yen, yen, Party.Outside, Party.Group)];
    }

    private static IEnumerable<ChargeLine> Donations(TariffRules rules, VisitFacts visit, List<ChargeLine> lines)
    {
        foreach (var helper in Enumerable.Range(0, rules.HelperDonationPercent > 0 && rules.Payment != PaymentMode.Cash ? visit.Helpers : 0))
        {
            var part = lines.Where(line => line.Unit == LedgerUnit.Yen && line.To == Party.OfHelper(helper)).Sum(line => line.Amount) * rules.HelperDonationPercent / 100;
            var left = rules.HelperDonationCap is { } cap ? Math.Max(0, cap - (helper < visit.Given.Count ? visit.Given[helper] : 0)) : long.MaxValue;
            if (Math.Min(part, left) is > 0 and var given)
            {
                yield return new ChargeLine(EntryKind.Donation, LedgerUnit.Yen, given, Party.OfHelper(helper), Party.Group);
            }
        }
    }

    /// <summary>Costs go to the first helper: on the bill, or handed over on the spot.</summary>
    private static IEnumerable<ChargeLine> Costs(TariffRules rules, VisitFacts visit) => visit.Costs.SelectMany(cost => rules.Payment == PaymentMode.MonthlyBill
        ? [new ChargeLine(EntryKind.Cost, LedgerUnit.Yen, cost.Yen, Party.User, Party.OfHelper(0), Note: cost.Name)]
        : new[]
        {
            new ChargeLine(EntryKind.Cost, LedgerUnit.Yen, cost.Yen, Party.Outside, Party.OfHelper(0), Note: cost.Name),
            new ChargeLine(EntryKind.Payment, LedgerUnit.Yen, cost.Yen, Party.OfHelper(0), Party.Outside, Note: cost.Name),
        });

    /// <summary>Equal parts; what does not divide goes to the first ones.</summary>
    private static IEnumerable<int> Split(int amount, int parts) => Enumerable.Range(0, parts).Select(part => amount / parts + (part < amount % parts ? 1 : 0));
}

public class TariffMapping : IEntityTypeConfiguration<Tariff>
{
    public void Configure(EntityTypeBuilder<Tariff> builder) => builder.Property(tariff => tariff.Rules).IsJson();
}
