using System.ComponentModel.DataAnnotations;
using Sasaeai.Japanese;

namespace Sasaeai.Features.Tariffs;

public enum PaymentMode
{
    [Display(Name = "無償")] Free,
    [Display(Name = "ありがとう券")] Ticket,
    [Display(Name = "月ごとの請求")] MonthlyBill,
    [Display(Name = "その場で現金")] Cash,
    [Display(Name = "時間の点数")] TimePoints,
}

public enum Rounding
{
    [Display(Name = "切り上げ")] Up,
    [Display(Name = "切り捨て")] Down,
    [Display(Name = "四捨五入")] Nearest,
}

/// <summary>What several helpers of one visit get.</summary>
public enum SeveralHelpers
{
    [Display(Name = "1人ずつに同じ額")] Each,
    [Display(Name = "合わせて1回分")] Together,
}

/// <summary>Another price at certain times. The first rate that fits counts.</summary>
/// <param name="Weekdays">Empty for every day.</param>
/// <param name="Until">Exclusive; null to the end of the day.</param>
public sealed record Rate(string Name, int Price, IReadOnlyList<DayOfWeek> Weekdays, bool Holidays = false, TimeOnly? From = null, TimeOnly? Until = null)
{
    public bool Fits(DateTime moment, bool holiday) =>
        (Weekdays.Count == 0 && !Holidays || Weekdays.Contains(moment.DayOfWeek) || Holidays && holiday)
        && (From is null || TimeOnly.FromDateTime(moment) >= From) && (Until is null || TimeOnly.FromDateTime(moment) < Until);
}

/// <summary>A price for the whole visit, whatever it takes (買い物 1回300円).</summary>
public sealed record FixedPrice(string Category, int Price);

/// <summary>
/// The rules of a group as data: what a visit costs, and who gets it. All schemes of ../field/mutual-help.md 4.1 are
/// such rules. Yen are whole; nothing is lost by rounding or splitting.
/// </summary>
public sealed record TariffRules
{
    public PaymentMode Payment { get; init; }
    public int UnitMinutes { get; init; } = 15;
    /// <summary>Yen of one unit at ordinary times.</summary>
    public int Price { get; init; }
    public Rounding Rounding { get; init; }
    public int MinimumUnits { get; init; } = 1;
    public IReadOnlyList<Rate> Rates { get; init; } = [];
    public IReadOnlyList<FixedPrice> FixedPrices { get; init; } = [];
    public SeveralHelpers Several { get; init; }
    /// <summary>Helpers that a visit needs at least.</summary>
    public int Helpers { get; init; } = 1;
    /// <summary>Yen of each unit that stay with the group.</summary>
    public int GroupShare { get; init; }
    /// <summary>Face value and minutes of the ticket that pays (<see cref="PaymentMode.Ticket"/>).</summary>
    public short TicketUnit { get; init; } = Ledger.LedgerUnit.FirstTicket;
    public int TicketYen { get; init; }
    public int TicketMinutes { get; init; } = 15;
    /// <summary>The part of the 謝礼 that a helper gives back to the group, and its limit in a month.</summary>
    public int HelperDonationPercent { get; init; }
    public int? HelperDonationCap { get; init; }
    /// <summary>Actual costs that may be asked for (燃料代, 材料代). Driving may carry nothing else.</summary>
    public IReadOnlyList<string> Costs { get; init; } = [];
    /// <summary>What a user without points gives for an hour; null when points are needed.</summary>
    public int? YenWithoutPoints { get; init; }
    /// <summary>Months that points are good for after they were earned; null without end.</summary>
    public int? PointMonths { get; init; }
    public bool MeetingBefore { get; init; }
    public bool AnnounceBefore { get; init; }
    /// <summary>A coordinator comes along the first time, without 謝礼.</summary>
    public bool FirstAccompanied { get; init; }

    /// <summary>What the rules say, checked before they are kept.</summary>
    /// <exception cref="RuleBrokenException">They contradict each other.</exception>
    public void Check()
    {
        Rule.Require(UnitMinutes is > 0 and <= 480, "単位の時間は1分から480分までにしてください。");
        Rule.Require(MinimumUnits is >= 0 and <= 32 && Helpers is >= 1 and <= 10, "最低の単位数は32まで、人数は10人までにしてください。");
        Rule.Require(Prices.All(price => price is >= 0 and <= 100_000), "金額は0円から100,000円までにしてください。");
        Rule.Require(GroupShare >= 0 && GroupShare <= Prices.Min(), "団体の分は、いちばん安い料金より多くできません。");
        Rule.Require(HelperDonationPercent is >= 0 and <= 100, "寄付の割合は0から100までにしてください。");
        Rule.Require(PointMonths is null or >= 1 and <= 120, "点数の使える月数は1から120までにしてください。");
        if (Payment == PaymentMode.Ticket)
        {
            Rule.Require(TicketMinutes > 0, "券1枚の時間を入れてください。");
            Rule.Require(TicketYen == 0 ? UnitMinutes % TicketMinutes == 0 : Prices.All(price => price % TicketYen == 0), "料金は、券1枚の額（無償の券は時間）で割り切れるようにしてください。");
        }
    }

    private IEnumerable<int> Prices => [Price, .. Rates.Select(rate => rate.Price), .. FixedPrices.Select(price => price.Price)];

    /// <summary>Minutes to units: rounded, and never fewer than the least.</summary>
    public int UnitsOf(int minutes) => Math.Max(MinimumUnits, Rounding switch
    {
        Rounding.Up => (minutes + UnitMinutes - 1) / UnitMinutes,
        Rounding.Down => minutes / UnitMinutes,
        _ => (2 * minutes + UnitMinutes) / (2 * UnitMinutes),
    });

    /// <summary>The rules in one line, for members and paper.</summary>
    public string InJapanese() => Words() + (FirstAccompanied ? "。初回は世話人が同行（謝礼なし）" : "");

    private string Words() => Payment switch
    {
        PaymentMode.Free => "無償",
        PaymentMode.TimePoints => $"{UnitMinutes}分で{UnitMinutes}分の点数" + (YenWithoutPoints is { } yen ? $"(点数のないときは1時間{yen:N0}円の寄付)" : ""),
        PaymentMode.Ticket when TicketYen == 0 => $"{TicketMinutes}分ごとに券1枚",
        _ => $"{UnitMinutes}分 {Price:N0}円" + (GroupShare > 0 ? $"(うち{GroupShare:N0}円は団体)" : "")
            + string.Concat(Rates.Select(rate => $"、{rate.Name} {rate.Price:N0}円")) + string.Concat(FixedPrices.Select(price => $"、{price.Category}は1回{price.Price:N0}円")) + $"({Payment.Words()})",
    };
}

/// <summary>One actual cost, such as 燃料代.</summary>
public sealed record ActualCost(string Name, int Yen);

/// <summary>What is known of a visit when it is reported.</summary>
public sealed record VisitFacts
{
    public required DateTime Start { get; init; }
    public required int Minutes { get; init; }
    public int Helpers { get; init; } = 1;
    public string Category { get; init; } = "";
    public IReadOnlyList<ActualCost> Costs { get; init; } = [];
    /// <summary>Points that the user has, in minutes.</summary>
    public long Points { get; init; }
    /// <summary>What each helper gave of the 謝礼 of this month so far; missing is 0.</summary>
    public IReadOnlyList<int> Given { get; init; } = [];
    public bool Met { get; init; } = true;
    public bool Announced { get; init; } = true;
}

/// <summary>Where a charge comes from or goes to. A helper is counted from 0.</summary>
public sealed record Party(PartyKind Kind, int Helper = 0)
{
    public static readonly Party User = new(PartyKind.User), Group = new(PartyKind.Group), Fund = new(PartyKind.Fund), Outside = new(PartyKind.Outside);

    public static Party OfHelper(int number) => new(PartyKind.Helper, number);
}

/// <summary>User: tickets, points or the bill of the 利用会員. Fund: what was paid for tickets. Outside: cash that changes hands.</summary>
public enum PartyKind { User, Helper, Group, Fund, Outside }

/// <param name="Minutes">Minutes of help that the line stands for; on lines of tickets and points.</param>
public sealed record ChargeLine(Ledger.EntryKind Kind, short Unit, long Amount, Party From, Party To, int? Minutes = null, string Note = "");

/// <summary>What a visit costs.</summary>
/// <param name="Units">Units of one helper.</param>
/// <param name="PaidMinutes">Of all helpers together.</param>
/// <param name="Yen">What the user owes in money or in the value of tickets, without actual costs.</param>
public sealed record Charge(int Units, int PaidMinutes, long Yen, IReadOnlyList<ChargeLine> Lines)
{
    /// <summary>Yen that a helper keeps, actual costs included.</summary>
    public long ToHelper(int helper) => Lines.Where(line => line.Unit == Ledger.LedgerUnit.Yen && line.Kind != Ledger.EntryKind.Payment)
        .Sum(line => (line.To == Party.OfHelper(helper) ? line.Amount : 0) - (line.From == Party.OfHelper(helper) ? line.Amount : 0));

    public long ToGroup => Lines.Where(line => line.Unit == Ledger.LedgerUnit.Yen && line.To == Party.Group).Sum(line => line.Amount);

    public long Tickets => Lines.Where(line => line.Unit >= Ledger.LedgerUnit.FirstTicket).Sum(line => line.Amount);
}

internal static class TariffWords
{
    public static string Words(this PaymentMode mode) => Ledger.LedgerWords.Japanese(mode);
}
