namespace Sasaeai.Tables;

/// <summary>Whether a row was not taken, or was taken with something to look at.</summary>
public enum Severity { Refuse, Warn }

/// <summary>What became of one row. Kept: a person had confirmed the record on the spot, so the file did not overwrite it.</summary>
public enum RowOutcome { Created, Updated, Unchanged, Kept, Refused }

/// <param name="Row">As Excel numbers it, from 1; 0 when the file as a whole is meant.</param>
/// <param name="Column">Header of the column; empty when the row as a whole is meant.</param>
/// <param name="Reason">A Japanese sentence: what is wrong, and what to do.</param>
public sealed record ImportProblem(int Row, string Column, string Value, string Reason, Severity Severity);

/// <summary>What an import did with each row, for the page, the command line and a file.</summary>
public sealed class ImportReport
{
    /// <summary>Problems kept; more are only counted.</summary>
    public const int MostProblems = 10_000;

    private const int ShownValueLength = 40;

    private static readonly (RowOutcome Outcome, string Label)[] labels =
        [(RowOutcome.Created, "新しく登録"), (RowOutcome.Updated, "更新"), (RowOutcome.Unchanged, "変更なし"), (RowOutcome.Kept, "現地の確認を優先して残した"), (RowOutcome.Refused, "取り込めない")];

    private readonly int[] counts = new int[Enum.GetValues<RowOutcome>().Length];
    private readonly List<ImportProblem> problems = [];

    public IReadOnlyList<ImportProblem> Problems => problems;

    /// <summary>Problems beyond <see cref="MostProblems"/>.</summary>
    public int ProblemsNotKept { get; private set; }

    public int Created => counts[(int)RowOutcome.Created];
    public int Updated => counts[(int)RowOutcome.Updated];
    public int Unchanged => counts[(int)RowOutcome.Unchanged];
    public int Kept => counts[(int)RowOutcome.Kept];
    public int Refused => counts[(int)RowOutcome.Refused];

    public void Count(RowOutcome outcome) => counts[(int)outcome]++;

    public void Add(ImportProblem problem)
    {
        if (problems.Count < MostProblems)
        {
            problems.Add(problem);
        }
        else
        {
            ProblemsNotKept++;
        }
    }

    /// <summary>The report as sentences: the counts in one line, then a line for each problem.</summary>
    public IEnumerable<string> Lines()
    {
        yield return string.Join("、", labels.Select(label => $"{label.Label} {counts[(int)label.Outcome]:N0}件"));
        foreach (var problem in problems)
        {
            yield return $"{Label(problem.Severity)} {Place(problem)}{problem.Reason}";
        }

        if (ProblemsNotKept > 0)
        {
            yield return $"ほかに{ProblemsNotKept:N0}件あります。上のものを直して、もう一度確かめてください。";
        }
    }

    /// <summary>The problems as a table: 行, 列, 値, 理由, 区分.</summary>
    public Task<IReadOnlyList<UnmappableCharacter>> WriteCsvAsync(Stream file, CsvEncoding encoding, CancellationToken cancellation = default) =>
        TableWriter.WriteCsvAsync(
            file, ["行", "列", "値", "理由", "区分"],
            problems.Select(problem => (IReadOnlyList<object?>)[problem.Row == 0 ? null : problem.Row, problem.Column, problem.Value, problem.Reason, Label(problem.Severity)]).ToAsyncEnumerable(),
            encoding, cancellation);

    private static string Label(Severity severity) => severity == Severity.Refuse ? "［取り込めません］" : "［確認］";

    private static string Place(ImportProblem problem)
    {
        var row = problem.Row == 0 ? "" : $"{problem.Row}行目";
        var column = problem.Column.Length == 0 ? "" : $"「{problem.Column}」";
        var place = $"{row}{column}{Shown(problem.Value)}";
        return place.Length == 0 ? "" : place + "：";
    }

    private static string Shown(string value)
    {
        var line = value.ReplaceLineEndings(" ");
        return line.Length == 0 ? "" : line.Length <= ShownValueLength ? $" {line}" : $" {line[..ShownValueLength]}…";
    }
}
