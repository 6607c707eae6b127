using Sasaeai.Features.Plans;
using Sasaeai.Japanese;

namespace Sasaeai.Features.AnnualReports;

/// <summary>The yearly paper 「生活支援体制整備事業について」, made anew from the records at each call; how it is written down is another matter.</summary>
public sealed record AnnualReport(string Town, FiscalYear Year, string Heading, DateOnly MadeOn, IReadOnlyList<ReportPart> Parts)
{
    public const string Title = "生活支援体制整備事業について";

    public IEnumerable<ReportTable> Tables => Parts.OfType<ReportTable>();

    /// <summary>A name for the file, without its ending.</summary>
    public string FileName => $"生活支援体制整備事業_{Town}_{Year.Label}";
}

public abstract record ReportPart;

/// <param name="Level">2 or 3, under the title.</param>
public sealed record ReportHeading(int Level, string Text) : ReportPart;

/// <summary>What people wrote; empty while nobody did. 【現状・課題】 has its title.</summary>
public sealed record ReportText(string? Title, string Text, PlanPlace Place) : ReportPart;

/// <param name="Code">For machines, the same in every year.</param>
/// <param name="Headings">How many columns at the left are headings of their row.</param>
public sealed record ReportTable(string Code, string Caption, int Headings, IReadOnlyList<ReportColumn> Columns, IReadOnlyList<IReadOnlyList<ReportCell>> Rows, string Note = "") : ReportPart
{
    public bool HasGroups => Columns.Any(column => column.Group is not null);
}

/// <param name="Group">What stands over several columns, such as 第7期計画 目標値.</param>
public sealed record ReportColumn(string Name, string? Group = null)
{
    /// <summary>For a header of one row.</summary>
    public string Whole => Group is null ? Name : $"{Group} {Name}";
}

/// <param name="Text">As it is printed.</param>
/// <param name="Value">The figure, where it is one.</param>
/// <param name="Path">Where the records behind it are shown.</param>
public sealed record ReportCell(string Text, decimal? Value = null, string? Path = null)
{
    public static readonly ReportCell Empty = new("");
}
