using Sasaeai.Features.ActivityRecords;

namespace Sasaeai.Features.ActivityReports;

/// <summary>One table of a report: each figure with the query under which its records are found.</summary>
public sealed record ReportTable(string Title, string Heading, IReadOnlyList<ReportTable.Row> Rows, string? Note = null)
{
    public sealed record Row(string Name, ActivityQuery Query, int First, int Second, long Minutes, int Before)
    {
        public int Total => First + Second;
        public int Difference => Total - Before;
        /// <summary>The records of the same span a year before.</summary>
        public ActivityQuery QueryBefore => Query with { From = Query.From!.Value.AddYears(-1), To = Query.To!.Value.AddDays(1).AddYears(-1).AddDays(-1) };
    }

    /// <param name="counts">Those of the table's own kind of row.</param>
    /// <param name="keys">What the rows are of, in order; a key without any record is left out unless it is asked for.</param>
    public static ReportTable Of<T>(string title, string heading, IReadOnlyCollection<ActivityCount> counts, Func<ActivityCount, T> keyOf, IEnumerable<(T Key, string Name, ActivityQuery Query)> keys, bool withEmpty = false, string? note = null)
    {
        var found = counts.ToLookup(keyOf);
        return new(title, heading,
        [
            .. keys.Where(key => withEmpty || found.Contains(key.Key)).Select(key => new Row(key.Name, key.Query,
                found[key.Key].Where(count => count is { IsNow: true, Layer: 1 }).Sum(count => count.Count), found[key.Key].Where(count => count is { IsNow: true, Layer: 2 }).Sum(count => count.Count),
                found[key.Key].Where(count => count.IsNow).Sum(count => count.Minutes), found[key.Key].Where(count => !count.IsNow).Sum(count => count.Count))),
        ], note);
    }
}
