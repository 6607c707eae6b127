using System.CommandLine;
using Sasaeai.Features;
using Sasaeai.Features.Imports;
using Sasaeai.Tables;

namespace Sasaeai.Commands;

public static class Import
{
    private const int MostLines = 200;

    public static Command Command()
    {
        var command = new Command("import", "ファイルを取り込む。断られた行があるときは、何も取り込まない");
        foreach (var (noun, label, _) in ImportNouns.All)
        {
            command.Add(Of(noun, label));
        }

        command.Add(HolidayImport.Command());
        return command;
    }

    private static Command Of(string noun, string label)
    {
        var file = new Argument<FileInfo>("file") { Description = "CSV(UTF-8・シフトJIS)、XLSX" + (noun == "areas" ? "、GeoJSON、町丁目のJSON" : "") };
        var town = TownCommand.TownOption();
        var dryRun = new Option<bool>("--dry-run") { Description = "確かめるだけで、取り込まない" };
        var map = new Option<FileInfo?>("--map") { Description = "列の対応表(ファイルの列名,項目)" };
        var set = new Option<string[]>("--set") { Description = "列のない項目の値(例: 分類=1101)", DefaultValueFactory = _ => [] };
        var skip = new Option<bool>("--skip-refused") { Description = "断られた行を除いて取り込む" };
        var report = new Option<FileInfo?>("--report") { Description = "行ごとの報告を書くCSV" };
        var command = new Command(noun, $"{label}を取り込む") { file, town, dryRun, map, set, skip, report };
        command.SetAction((parsed, cancellation) => TownCommand.RunAsync(parsed.GetValue(town)!, async services =>
        {
            await using var stream = Open(parsed.GetValue(file)!);
            var options = new ImportOptions(parsed.GetValue(dryRun), parsed.GetValue(skip), parsed.GetValue(map) is { } mapFile ? ReadMap(mapFile) : null, ReadValues(parsed.GetValue(set)!));
            var result = await ActivatorUtilities.CreateInstance<ImportRun>(services).RunAsync(noun, ImportNouns.Of(noun, services), stream, parsed.GetValue(file)!.Name, options, CommandLine.Tell);
            foreach (var line in result.Missing.Concat(result.Missing.Count == 0 ? Told(result) : []))
            {
                Console.WriteLine(line);
            }

            if (parsed.GetValue(report) is { } reportFile)
            {
                await using var written = CommandLine.Create(reportFile.FullName);
                await result.Report.WriteCsvAsync(written, CsvEncoding.Utf8Bom, cancellation);
            }

            return result.Written || options.DryRun && result.Missing.Count == 0 && result.Report.Refused == 0 ? CommandLine.Done : CommandLine.Refused;
        }, cancellation));
        return command;
    }

    private static IEnumerable<string> Told(ImportResult result)
    {
        var unmatched = result.Match.Unmatched.Select(column => result.Header[column]).Where(name => name != "").ToList();
        if (unmatched.Count > 0)
        {
            yield return $"使わなかった列：{string.Join("、", unmatched)}(--map で対応を決められます)";
        }

        foreach (var line in result.Report.Lines().Take(MostLines))
        {
            yield return line;
        }

        if (result.Report.Problems.Count >= MostLines)
        {
            yield return "ほかは --report で書き出した表を見てください。";
        }

        yield return result.Written ? "取り込みました。" : "取り込んでいません。何も変わっていません。";
    }

    internal static FileStream Open(FileInfo file)
    {
        Rule.Require(file.Exists, $"ファイル {file.Name} が見つかりません。場所と名前を確かめてください。");
        return file.OpenRead();
    }

    private static IReadOnlyDictionary<string, string> ReadMap(FileInfo file)
    {
        using var stream = Open(file);
        return ColumnMap.Read(stream, file.Name);
    }

    private static Dictionary<string, string> ReadValues(string[] values) => values.Select(value => value.Split('=', 2)).ToDictionary(
        value => value.Length == 2 ? value[0].Trim() : throw new RuleBrokenException("--set は「項目=値」の形で書いてください。"), value => value[1].Trim());
}
