using Sasaeai.Tables;

namespace Sasaeai.Features.Imports;

/// <summary>What is particular to one kind of record; <see cref="ImportRun"/> does the rest.</summary>
public interface IImport
{
    /// <summary>The fields in the order in which a person is offered them.</summary>
    IReadOnlyList<ColumnField> Fields { get; }

    /// <summary>Of each group the file must have one column.</summary>
    IReadOnlyList<IReadOnlyList<string>> Required { get; }

    /// <summary>The records are held until the last row, so that a batch may not be let go.</summary>
    bool IsWhole => false;

    /// <summary>Opens the file as a table.</summary>
    ImportFile Open(Stream file, string fileName) => ImportFile.OfTable(file, fileName, Fields);

    /// <summary>Loads what the rows are compared with. Called before each pass over the file.</summary>
    Task BeginAsync();

    /// <summary>Gives each row its outcome; writes only when asked.</summary>
    Task TakeAsync(IReadOnlyList<ImportRow> rows, bool write);

    /// <summary>Called after the last row of a pass.</summary>
    Task EndAsync(bool write) => Task.CompletedTask;
}

/// <summary>A file as a table: its header, its rows (gone through once), and what was odd about its form.</summary>
public sealed record ImportFile(IReadOnlyList<string> Header, IEnumerable<TableRow> Rows, Func<IEnumerable<ImportProblem>> Problems)
{
    /// <param name="fields">By their names the header is found below titles and notes.</param>
    public static ImportFile OfTable(Stream file, string fileName, IEnumerable<ColumnField> fields)
    {
        var catalogue = new ColumnCatalogue(fields);
        var table = TableReader.Open(file, fileName, recognise: names => catalogue.Match(names) is var match ? match.Columns.Count + match.Ambiguous.Count : 0);
        return new ImportFile(table.Header, table.Rows, () => table.Problems);
    }
}

/// <summary>The kinds of records that a town brings in.</summary>
public static class ImportNouns
{
    public static readonly IReadOnlyList<(string Noun, string Label, Type Import)> All =
    [
        ("resources", "地域資源", typeof(ResourceImport)),
        ("organizations", "団体", typeof(OrganizationImport)),
        ("areas", "圏域・町丁目・境界", typeof(AreaImport)),
        ("population", "地域・年齢別人口", typeof(PopulationImport)),
    ];

    public static string LabelOf(string noun) => All.Single(kind => kind.Noun == noun).Label;

    public static IImport Of(string noun, IServiceProvider services) =>
        (IImport)ActivatorUtilities.CreateInstance(services, All.Single(kind => kind.Noun == noun).Import);
}
