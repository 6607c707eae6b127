using System.ComponentModel.DataAnnotations;
using Sasaeai.Features.Forms;
using Sasaeai.Features.Tariffs;
using Sasaeai.Features.Tickets;
using Sasaeai.Features.Visits;
using Sasaeai.Japanese;

namespace Sasaeai.Features.VisitReports;

/// <summary>What is asked of a visit, on the helper's page and at the coordinator's desk alike.</summary>
public class ReportForm
{
    [Display(Name = "どうでしたか"), EnumDataType(typeof(VisitResult))]
    public VisitResult Result { get; set; }

    [Display(Name = "活動した日"), StringLength(40)]
    public string? Day { get; set; }

    [Display(Name = "始めた時刻"), StringLength(20)]
    public string? Starts { get; set; }

    [Display(Name = "終わった時刻"), StringLength(20)]
    public string? Ends { get; set; }

    [Display(Name = "できなかった理由"), EnumDataType(typeof(FailReason))]
    public FailReason? FailReason { get; set; }

    [Display(Name = "ひやりとしたこと・事故"), EnumDataType(typeof(Incident))]
    public Incident Incident { get; set; }

    [Display(Name = "何がありましたか"), StringLength(1000)]
    public string? IncidentText { get; set; }

    [Display(Name = "気づいたこと"), StringLength(1000)]
    public string? Note { get; set; }

    [Display(Name = "利用した人の確かめ"), EnumDataType(typeof(SignOff))]
    public SignOff Signed { get; set; }

    [Display(Name = "受け取った券の番号"), StringLength(400)]
    public string? Serials { get; set; }

    [Display(Name = "実費の名前"), StringLength(40)]
    public string? CostName { get; set; }

    [Display(Name = "実費（円）"), Range(1, 100000)]
    public int? CostYen { get; set; }

    /// <summary>As it was planned.</summary>
    public static ReportForm Of(Visit visit) => new() { Day = Wareki.Date(visit.Day ?? visit.FromDay), Starts = $"{visit.Start:H:mm}", Ends = $"{visit.Start.AddMinutes(visit.Minutes):H:mm}" };

    /// <exception cref="RuleBrokenException">A date, time or number cannot be read.</exception>
    public WhatHappened Read(DateOnly today)
    {
        Rule.Require(Wareki.TryReadDate(Day, out var day) || DayText.TryRead(Day, today, out day), $"「活動した日」の「{Day}」を読めません。例：11/24");
        var starts = ClockText.Read(Starts, "始めた時刻");
        var ends = Result == VisitResult.Done ? ClockText.Read(Ends, "終わった時刻") : starts;
        Rule.Require(CostYen is null || !string.IsNullOrWhiteSpace(CostName), "実費の名前（燃料代など）も入れてください。");
        var tickets = TicketNumbers.Read(Serials);
        return new WhatHappened(Result, day, starts, ends, FailReason, Incident, Signed, new ReportContent
        {
            Note = PlainText.Of(Note), IncidentText = PlainText.Of(IncidentText), Costs = CostYen is { } yen ? [new ActualCost(PlainText.Of(CostName), yen)] : [], Serials = [.. tickets.Select(number => number.Serial)],
        }) { Tickets = tickets };
    }
}
