using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Directory;
using Sasaeai.Tables;

namespace Sasaeai.Features.Imports;

/// <param name="Map">Header to field; when it is not given, the one kept for files with this header is used.</param>
/// <param name="Defaults">Values for fields that the file has no column for.</param>
public sealed record ImportOptions(bool DryRun = false, bool SkipRefused = false, IReadOnlyDictionary<string, string>? Map = null, IReadOnlyDictionary<string, string>? Defaults = null);

/// <param name="Missing">Sentences about columns that must be there and are not, or are there twice; no row was looked at.</param>
/// <param name="MapIsKept">The columns were understood with the help of a map that somebody chose before.</param>
public sealed record ImportResult(ImportReport Report, IReadOnlyList<string> Header, ColumnMatch Match, IReadOnlyList<string> Missing, bool Written, bool MapIsKept);

/// <summary>
/// The way of every import: the file is gone through once to judge each row, and a second time to write. Nothing is written
/// when a row is refused, unless asked. Memory holds one batch at a time.
/// </summary>
public sealed class ImportRun(AppDb db, Publisher publisher, AuditTrail trail, TimeProvider time)
{
    private const int BatchSize = 500;

    /// <exception cref="TableRefusedException">The file cannot be read to its end; nothing is written.</exception>
    public async Task<ImportResult> RunAsync(string noun, IImport import, Stream file, string fileName, ImportOptions options, Action<string>? progress = null)
    {
        var judged = await PassAsync(noun, import, file, fileName, options, write: false, count => progress?.Invoke($"{count:N0}行を確かめました"));
        var writes = !options.DryRun && judged.Missing.Count == 0 && (judged.Report.Refused == 0 || options.SkipRefused);
        return writes ? await PassAsync(noun, import, file, fileName, options, write: true, count => progress?.Invoke($"{count:N0}行を取り込みました")) : judged;
    }

    private async Task<ImportResult> PassAsync(string noun, IImport import, Stream file, string fileName, ImportOptions options, bool write, Action<int> progress)
    {
        file.Position = 0;
        var (header, rows, oddities) = import.Open(file, fileName);
        var kept = await KeptMapAsync(noun, header);
        var match = new ColumnCatalogue(import.Fields).Match(header, options.Map ?? kept?.Mapping);
        var table = new ImportTable(header, match, options.Defaults ?? new Dictionary<string, string>());
        var report = new ImportReport();
        var missing = Missing(import, table).ToList();
        if (missing.Count > 0)
        {
            return new ImportResult(report, header, match, missing, false, kept is not null);
        }

        await import.BeginAsync();
        var count = 0;
        foreach (var batch in rows.Select(row => new ImportRow(row, table, report)).Chunk(BatchSize))
        {
            if (write && count > 0 && !import.IsWhole)
            {
                await LetGoAsync();
            }

            await import.TakeAsync(batch, write);
            foreach (var row in batch.Where(row => row.Outcome is not null))
            {
                report.Count(row.Outcome!.Value);
            }

            progress(count += batch.Length);
        }

        await import.EndAsync(write);
        foreach (var problem in oddities())
        {
            report.Add(problem);
        }

        if (write && options.Map is not null)
        {
            await KeepMapAsync(noun, header, options.Map);
        }

        return new ImportResult(report, header, match, [], write, kept is not null);
    }

    /// <summary>Publishes and audits the batch that was written, then forgets it. The last one is left to the commit.</summary>
    private async Task LetGoAsync()
    {
        await publisher.PublishChangedAsync();
        await trail.AppendAsync(db);
        db.ChangeTracker.Clear();
    }

    private static IEnumerable<string> Missing(IImport import, ImportTable table)
    {
        foreach (var twice in table.Match.Ambiguous)
        {
            yield return $"「{twice.Field}」と見られる列がいくつもあります({string.Join("、", twice.Columns.Select(column => $"「{table.Header[column]}」"))})。どれを使うか決めてください。";
        }

        foreach (var group in import.Required.Where(group => !group.Any(field => table.Match.Columns.ContainsKey(field) || table.Defaults.ContainsKey(field))))
        {
            yield return $"{string.Join("か", group.Select(field => $"「{field}」"))}の列が見つかりません。どの列か決めるか、ファイルにその列を加えてください。";
        }
    }

    private async Task<ImportMapping?> KeptMapAsync(string noun, IReadOnlyList<string> header)
    {
        var digest = Digest(header);
        return await db.ImportMappings.SingleOrDefaultAsync(kept => kept.Noun == noun && kept.HeaderDigest == digest);
    }

    /// <summary>Keeps the map for the next file with the same header.</summary>
    public async Task KeepMapAsync(string noun, IReadOnlyList<string> header, IReadOnlyDictionary<string, string> map)
    {
        var kept = await KeptMapAsync(noun, header);
        if (kept is null)
        {
            db.ImportMappings.Add(kept = new ImportMapping { Noun = noun, HeaderDigest = Digest(header), Mapping = [], ChangedAt = time.GetUtcNow() });
        }

        (kept.Mapping, kept.ChangedAt) = (map.ToDictionary(), time.GetUtcNow());
        await db.SaveChangesAsync();
    }

    /// <summary>Files with this header are understood by their column names alone again.</summary>
    public async Task ForgetMapAsync(string noun, IReadOnlyList<string> header)
    {
        if (await KeptMapAsync(noun, header) is { } kept)
        {
            db.ImportMappings.Remove(kept);
            await db.SaveChangesAsync();
        }
    }

    private static string Digest(IReadOnlyList<string> header) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', header))));
}
