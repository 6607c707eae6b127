using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Japanese;

namespace Sasaeai.Features.Measures;

/// <summary>How well the chain works in one fiscal year. Handovers count in the year in which they were handed on, issues in the year in which they were closed.</summary>
/// <param name="DaysToReceipt">Sum of the days from handing on to receipt, over the received ones.</param>
/// <param name="SolvedLocally">Solved without any handover.</param>
public sealed record ChainMeasures(int Handovers, int Received, int DaysToReceipt, int Answered, int AnsweredInTime, int Returned, int Solved, int SolvedLocally, int Declined)
{
    public static async Task<ChainMeasures> OfAsync(AppDb db, FiscalYear year)
    {
        var (first, last) = (year.Starts, year.Ends);
        var (begin, end) = (year.Begin(), year.End());
        var handovers = await db.Handovers.Where(handover => handover.HandedOn >= first && handover.HandedOn <= last).GroupBy(_ => 1).Select(all => new
        {
            Count = all.Count(), Received = all.Count(handover => handover.ReceivedOn != null), Days = all.Sum(handover => handover.ReceivedOn == null ? 0 : handover.ReceivedOn.Value.DayNumber - handover.HandedOn.DayNumber),
            Answered = all.Count(handover => handover.AnsweredOn != null), InTime = all.Count(handover => handover.AnsweredOn <= handover.DueOn), Returned = all.Count(handover => handover.ReturnedOn != null),
        }).SingleOrDefaultAsync();
        var issues = await db.Issues.Where(issue => issue.ClosedAt >= begin && issue.ClosedAt < end && issue.MergedIntoId == null).GroupBy(_ => 1).Select(all => new
        {
            Solved = all.Count(issue => issue.State == Issues.IssueState.Solved), Declined = all.Count(issue => issue.State == Issues.IssueState.Declined),
        }).SingleOrDefaultAsync();
        var local = await db.Issues.CountAsync(issue => issue.State == Issues.IssueState.Solved && issue.ClosedAt >= begin && issue.ClosedAt < end && issue.MergedIntoId == null && !db.Handovers.Any(handover => handover.IssueId == issue.Id));
        return new ChainMeasures(handovers?.Count ?? 0, handovers?.Received ?? 0, handovers?.Days ?? 0, handovers?.Answered ?? 0, handovers?.InTime ?? 0, handovers?.Returned ?? 0, issues?.Solved ?? 0, local, issues?.Declined ?? 0);
    }

    public string MeanDaysToReceipt => Received == 0 ? "—" : $"{(decimal)DaysToReceipt / Received:0.0}日";

    /// <summary>A share in words, half up; nothing when there is nothing to divide by.</summary>
    public static string Share(int part, int whole) => whole == 0 ? "—" : $"{Math.Round(100m * part / whole, 1, MidpointRounding.AwayFromZero):0.0}%";
}

public static class FiscalYearMoments
{
    /// <summary>The first moment of the year in Japan.</summary>
    public static DateTimeOffset Begin(this FiscalYear year) => new DateTimeOffset(year.Starts, TimeOnly.MinValue, Clock.Japan).ToUniversalTime();

    /// <summary>The first moment after it.</summary>
    public static DateTimeOffset End(this FiscalYear year) => new DateTimeOffset(year.Ends.AddDays(1), TimeOnly.MinValue, Clock.Japan).ToUniversalTime();
}
