using FsCheck;
using FsCheck.Fluent;
using Sasaeai.Features;
using Sasaeai.Features.Ledger;
using Sasaeai.Features.Tariffs;
using Sasaeai.Japanese;

namespace Sasaeai.Tests.Features.Tariffs;

/// <summary>The schemes found in Japan (mutual-help.md 4.1), each as data; what a source leaves open is an example.</summary>
public class TariffTests
{
    private static readonly DateTime Weekday = new(2026, 6, 15, 10, 0, 0);      // Monday
    private static readonly Holidays Holidays = new([new(new DateOnly(2026, 7, 20), "海の日")]);

    private static Charge Charge(TariffRules rules, int minutes, Func<VisitFacts, VisitFacts>? more = null)
    {
        rules.Check();
        var visit = new VisitFacts { Start = Weekday, Minutes = minutes };
        return Tariff.Charge(rules, more?.Invoke(visit) ?? visit, Holidays);
    }

    [Fact]
    public void Tokamachi_15_minutes_150_yen_for_each_begun_quarter_billed_monthly()
    {
        var rules = new TariffRules { Payment = PaymentMode.MonthlyBill, UnitMinutes = 15, Price = 150 };

        Assert.Equal([150, 150, 300, 450, 600], new[] { 1, 15, 16, 45, 46 }.Select(minutes => Charge(rules, minutes).Yen));
        Assert.All(Charge(rules, 45).Lines, line => Assert.Equal((Party.User, Party.OfHelper(0)), (line.From, line.To)));
    }

    [Fact]
    public void Onojo_tickets_of_100_yen_for_10_minutes()
    {
        var rules = new TariffRules { Payment = PaymentMode.Ticket, UnitMinutes = 10, Price = 100, TicketYen = 100, TicketMinutes = 10 };

        Assert.Equal([1, 2, 3], new[] { 10, 20, 30 }.Select(minutes => (int)Charge(rules, minutes).Tickets));
        Assert.Equal(300, Charge(rules, 25).ToHelper(0));
    }

    [Fact]
    public void Amagasaki_30_minutes_250_yen_of_which_50_are_the_groups()
    {
        var charge = Charge(new TariffRules { Payment = PaymentMode.Cash, UnitMinutes = 30, Price = 250, GroupShare = 50 }, 60);

        Assert.Equal((500, 400, 100), (charge.Yen, charge.ToHelper(0), charge.ToGroup));
    }

    [Fact]
    public void Kiho_tickets_of_250_yen_in_books_of_four()
    {
        var type = new Sasaeai.Features.Tickets.TicketType { GroupId = Guid.NewGuid(), Unit = 2, Name = "券", Minutes = 30, FaceYen = 250, Paper = true, BookTickets = 4, CreatedAt = default };

        Assert.Equal(1000, type.BookYen);
        Assert.Equal(2, Charge(new TariffRules { Payment = PaymentMode.Ticket, UnitMinutes = 30, Price = 250, TicketYen = 250, TicketMinutes = 30 }, 45).Tickets);
    }

    [Fact]
    public void Koshi_a_donation_in_the_book_and_one_of_the_helper_up_to_5000_yen()
    {
        var type = new Sasaeai.Features.Tickets.TicketType { GroupId = Guid.NewGuid(), Unit = 2, Name = "券", Minutes = 15, FaceYen = 200, Paper = true, BookTickets = 10, BookDonation = 200, CreatedAt = default };
        Assert.Equal(2200, type.BookYen);
        Assert.Equal([10L, 2000L, 200L], type.Sell(Guid.NewGuid(), 1, new DateOnly(2026, 6, 1)).Select(move => move.Amount!.Value));

        var rules = new TariffRules { Payment = PaymentMode.Ticket, UnitMinutes = 15, Price = 200, TicketYen = 200, TicketMinutes = 15, HelperDonationPercent = 10, HelperDonationCap = 5000 };
        Assert.Equal(720, Charge(rules, 60).ToHelper(0));
        Assert.Equal(790, Charge(rules, 60, visit => visit with { Given = [4990] }).ToHelper(0));
        Assert.Equal(800, Charge(rules, 60, visit => visit with { Given = [5000] }).ToHelper(0));
    }

    [Fact]
    public void Haebaru_600_yen_an_hour_and_700_in_the_evening_and_on_holidays_paid_on_the_spot()
    {
        var rules = new TariffRules { Payment = PaymentMode.Cash, UnitMinutes = 60, Price = 600, Rates = [new Rate("休日", 700, [DayOfWeek.Saturday, DayOfWeek.Sunday], Holidays: true), new Rate("夜間", 700, [], From: new TimeOnly(17, 0))] };

        Assert.Equal(1200, Charge(rules, 120).Yen);
        Assert.Equal(1300, Charge(rules, 120, visit => visit with { Start = Weekday.AddHours(6) }).Yen);          // 16:00 to 18:00
        Assert.Equal(1400, Charge(rules, 120, visit => visit with { Start = new DateTime(2026, 7, 20, 10, 0, 0) }).Yen);
        Assert.Equal(0, Charge(rules, 120).Lines.Where(line => line.To == Party.OfHelper(0)).Sum(line => line.Amount) - Charge(rules, 120).Lines.Where(line => line.From == Party.OfHelper(0)).Sum(line => line.Amount));
    }

    [Fact]
    public void Chikushino_300_yen_an_hour_and_materials()
    {
        var rules = new TariffRules { Payment = PaymentMode.Cash, UnitMinutes = 60, Price = 300, Costs = ["材料代"] };

        Assert.Equal(300 + 880, Charge(rules, 60, visit => visit with { Costs = [new ActualCost("材料代", 880)] }).ToHelper(0));
        Assert.Throws<RuleBrokenException>(() => Charge(rules, 60, visit => visit with { Costs = [new ActualCost("お車代", 500)] }));
    }

    [Fact]
    public void Nankadai_two_helpers_together_for_1600_yen_and_shopping_300_a_time()
    {
        var rules = new TariffRules { Payment = PaymentMode.MonthlyBill, UnitMinutes = 60, Price = 1600, Helpers = 2, Several = SeveralHelpers.Together, FixedPrices = [new FixedPrice("買い物", 300)] };

        var charge = Charge(rules, 60, visit => visit with { Helpers = 2 });
        Assert.Equal((1600, 800, 800), (charge.Yen, charge.ToHelper(0), charge.ToHelper(1)));
        Assert.Equal(300, Charge(rules, 90, visit => visit with { Helpers = 2, Category = "買い物" }).Yen);
        Assert.Throws<RuleBrokenException>(() => Charge(rules, 60));
    }

    [Fact]
    public void Toyama_the_coordinator_comes_along_the_first_time_without_cost()
    {
        var rules = new TariffRules { Payment = PaymentMode.MonthlyBill, UnitMinutes = 30, Price = 400, FirstAccompanied = true };

        Assert.Equal(800, Charge(rules, 60).Yen);
        Assert.Contains("初回は世話人が同行", rules.InJapanese());
    }

    [Fact]
    public void Family_support_centres_meet_before_and_announce_each_job()
    {
        var rules = new TariffRules { Payment = PaymentMode.Cash, UnitMinutes = 60, Price = 700, MeetingBefore = true, AnnounceBefore = true };

        Assert.Equal(700, Charge(rules, 60).Yen);
        Assert.Throws<RuleBrokenException>(() => Charge(rules, 60, visit => visit with { Met = false }));
        Assert.Contains("保険", Assert.Throws<RuleBrokenException>(() => Charge(rules, 60, visit => visit with { Announced = false })).Message);
    }

    [Fact]
    public void NALC_an_hour_is_a_point_and_yen_are_no_points()
    {
        var rules = new TariffRules { Payment = PaymentMode.TimePoints, UnitMinutes = 60, YenWithoutPoints = 500 };

        var paid = Charge(rules, 120, visit => visit with { Points = 120 });
        Assert.Equal((120, Party.User), (paid.Lines.Single().Amount, paid.Lines.Single().From));
        var given = Charge(rules, 120);
        Assert.Equal([(LedgerUnit.Minute, 120L, Party.Group), (LedgerUnit.Yen, 1000L, Party.Outside)], given.Lines.Select(line => (line.Unit, line.Amount, line.From)));
        Assert.Throws<RuleBrokenException>(() => Charge(rules with { YenWithoutPoints = null }, 60));
    }

    [Fact]
    public void Free_help_costs_nothing() => Assert.Empty(Charge(new TariffRules { Payment = PaymentMode.Free }, 60).Lines);

    [Theory, InlineData(Rounding.Up, 3), InlineData(Rounding.Down, 2), InlineData(Rounding.Nearest, 2)]
    public void Minutes_are_rounded_as_the_rules_say(Rounding rounding, int units) => Assert.Equal(units, new TariffRules { UnitMinutes = 15, Rounding = rounding }.UnitsOf(37));

    [Fact]
    public void Nothing_is_lost_by_rounding_and_splitting()
    {
        var rules =
            from payment in Gen.Elements(PaymentMode.Ticket, PaymentMode.MonthlyBill, PaymentMode.Cash)
            from unit in Gen.Elements(10, 15, 30, 60)
            from face in Gen.Elements(50, 100, 150, 250)
            from tickets in Gen.Choose(1, 4)
            from share in Gen.Choose(0, 50)
            from rounding in Gen.Elements(Enum.GetValues<Rounding>())
            from several in Gen.Elements(Enum.GetValues<SeveralHelpers>())
            from minimum in Gen.Choose(0, 3)
            select new TariffRules { Payment = payment, UnitMinutes = unit, Price = face * tickets, TicketYen = face, TicketMinutes = unit, GroupShare = share, Rounding = rounding, Several = several, MinimumUnits = minimum };
        var cases = from rule in rules from minutes in Gen.Choose(1, 600) from helpers in Gen.Choose(1, 5) select (rule, minutes, helpers);
        Prop.ForAll(cases.ToArbitrary(), one =>
        {
            var charge = Charge(one.rule, one.minutes, visit => visit with { Helpers = one.helpers });
            var parts = Enumerable.Range(0, one.helpers).Select(charge.ToHelper).ToList();
            Assert.Equal(charge.Yen, parts.Sum() + charge.ToGroup);
            Assert.True(parts.Max() - parts.Min() <= 1);
            Assert.True(one.rule.Payment != PaymentMode.Ticket || charge.Tickets * one.rule.TicketYen == charge.Yen && charge.PaidMinutes == charge.Tickets * one.rule.TicketMinutes);
            Assert.All(charge.Lines, line => Assert.True(line.Amount > 0));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Rules_that_contradict_each_other_are_refused()
    {
        Assert.Throws<RuleBrokenException>(() => new TariffRules { Payment = PaymentMode.Ticket, Price = 200, TicketYen = 150 }.Check());
        Assert.Throws<RuleBrokenException>(() => new TariffRules { Price = 100, GroupShare = 150 }.Check());
        Assert.Throws<RuleBrokenException>(() => new TariffRules { UnitMinutes = 0 }.Check());
    }
}
