using System.ComponentModel.DataAnnotations;
using Sasaeai.Features.Shared;
using Sasaeai.Features.Tickets;
using Sasaeai.Japanese;

namespace Sasaeai.Features.Tariffs;

/// <summary>The rules as a form. Empty rows of rates and fixed prices say nothing.</summary>
public class TariffForm
{
    [Display(Name = "いつから")]
    public DateInput StartsOn { get; set; } = null!;

    [Display(Name = "支払い方"), EnumDataType(typeof(PaymentMode))]
    public PaymentMode Payment { get; set; }

    [Display(Name = "使う券")]
    public short? TicketUnit { get; set; }

    [Display(Name = "単位の時間（分）"), Range(1, 480)]
    public int UnitMinutes { get; set; } = 15;

    [Display(Name = "1単位の額（円）"), Range(0, 100000)]
    public int Price { get; set; }

    [Display(Name = "端数"), EnumDataType(typeof(Rounding))]
    public Rounding Rounding { get; set; }

    [Display(Name = "最低の単位数"), Range(0, 32)]
    public int MinimumUnits { get; set; } = 1;

    [Display(Name = "1単位のうち団体の分（円）"), Range(0, 100000)]
    public int GroupShare { get; set; }

    [Display(Name = "手伝う人の数（最低）"), Range(1, 10)]
    public int Helpers { get; set; } = 1;

    [Display(Name = "何人かで手伝うとき"), EnumDataType(typeof(SeveralHelpers))]
    public SeveralHelpers Several { get; set; }

    public RateRow[] Rates { get; set; } = [new(), new(), new()];
    public FixedRow[] Fixed { get; set; } = [new(), new()];

    [Display(Name = "受け取れる実費"), StringLength(200)]
    public string? Costs { get; set; }

    [Display(Name = "協力会員の寄付（謝礼の％）"), Range(0, 100)]
    public int HelperDonationPercent { get; set; }

    [Display(Name = "寄付の上限（ひと月、円）"), Range(0, 1000000)]
    public int? HelperDonationCap { get; set; }

    [Display(Name = "点数のないときの寄付（1時間、円）"), Range(0, 100000)]
    public int? YenWithoutPoints { get; set; }

    [Display(Name = "点数の使える月数"), Range(1, 120)]
    public int? PointMonths { get; set; }

    [Display(Name = "はじめに顔合わせをする")]
    public bool MeetingBefore { get; set; }

    [Display(Name = "前もって届け出た活動だけを記録する（保険）")]
    public bool AnnounceBefore { get; set; }

    [Display(Name = "初回は世話人が同行する（謝礼なし）")]
    public bool FirstAccompanied { get; set; }

    public class RateRow
    {
        [Display(Name = "呼び名"), StringLength(40)]
        public string? Name { get; set; }

        [Display(Name = "額（円）"), Range(0, 100000)]
        public int? Price { get; set; }

        [Display(Name = "曜日"), RegularExpression("^[日月火水木金土祝]*$", ErrorMessage = "曜日は「土日祝」のように、曜日の字と「祝」だけで書いてください。")]
        public string? Days { get; set; }

        [Display(Name = "何時から")]
        public TimeOnly? From { get; set; }

        [Display(Name = "何時まで")]
        public TimeOnly? Until { get; set; }

        public Rate? Read() => Price is { } price ? new Rate(string.IsNullOrWhiteSpace(Name) ? "別の料金" : Name.Trim(), price,
            [.. (Days ?? "").Where(day => day != '祝').Select(day => (DayOfWeek)"日月火水木金土".IndexOf(day, StringComparison.Ordinal)).Distinct()], Days?.Contains('祝') == true, From, Until) : null;
    }

    public class FixedRow
    {
        [Display(Name = "手伝いの内容"), StringLength(40)]
        public string? Category { get; set; }

        [Display(Name = "1回の額（円）"), Range(0, 100000)]
        public int? Price { get; set; }
    }

    public (DateOnly StartsOn, TariffRules Rules) Read(IReadOnlyList<TicketType> types)
    {
        Rule.Require(Wareki.TryReadDate($"{StartsOn}", out var day), "「いつから」を日付として読めません。例：令和8年4月1日");
        var type = types.FirstOrDefault(one => one.Unit == TicketUnit);
        Rule.Require(Payment != PaymentMode.Ticket || type is not null, "使う券を選んでください。券がないときは、先に「ありがとう券」で作ります。");
        var rules = new TariffRules
        {
            Payment = Payment, UnitMinutes = UnitMinutes, Price = Price, Rounding = Rounding, MinimumUnits = MinimumUnits, GroupShare = GroupShare, Helpers = Helpers, Several = Several,
            Rates = [.. Rates.Select(row => row.Read()).OfType<Rate>()],
            FixedPrices = [.. Fixed.Where(row => row.Price is not null && !string.IsNullOrWhiteSpace(row.Category)).Select(row => new FixedPrice(row.Category!.Trim(), row.Price!.Value))],
            Costs = [.. (Costs ?? "").Split(['、', ',', '・'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)],
            HelperDonationPercent = HelperDonationPercent, HelperDonationCap = HelperDonationCap, YenWithoutPoints = YenWithoutPoints, PointMonths = PointMonths, MeetingBefore = MeetingBefore, AnnounceBefore = AnnounceBefore, FirstAccompanied = FirstAccompanied,
            TicketUnit = type?.Unit ?? Ledger.LedgerUnit.FirstTicket, TicketYen = type?.FaceYen ?? 0, TicketMinutes = type?.Minutes ?? UnitMinutes,
        };
        rules.Check();
        return (day, rules);
    }
}
