using System.CommandLine;
using Sasaeai.Data;
using Sasaeai.Features;
using Sasaeai.Features.Exports;

namespace Sasaeai.Commands;

public static class Export
{
    private const int RowsBetweenTells = 5_000;

    public static Command Command()
    {
        var noun = new Argument<string>("noun") { Description = $"{string.Join(", ", TownExports.All.Select(list => list.Noun))}, dataset" };
        var file = new Argument<string>("file") { Description = "書き出すファイル。- で標準出力" };
        var town = TownCommand.TownOption();
        var format = new Option<string>("--format") { Description = "csv(UTF-8・BOM付き), csv-cp932, xlsx", DefaultValueFactory = _ => "csv" };
        format.AcceptOnlyFromAmong("csv", "csv-cp932", "xlsx");
        var dataset = new Option<string?>("--dataset") { Description = "推奨データセットの形で書く: 公共施設, イベント, 介護サービス事業所(公開中のものだけ)" };
        var command = new Command("export", "一覧を書き出す") { noun, file, town, format, dataset };
        command.SetAction((parsed, cancellation) => TownCommand.RunAsync(parsed.GetValue(town)!, async services =>
        {
            Rule.Require(parsed.GetValue(noun) != "dataset" || parsed.GetValue(dataset) is not null, $"--dataset で形を選んでください: {string.Join("、", OpenDataForm.All.Select(form => form.Name))}");
            var table = parsed.GetValue(dataset) is { } name
                ? await ActivatorUtilities.CreateInstance<OpenData>(services).OfAsync(
                    OpenDataForm.Find(name) ?? throw new RuleBrokenException($"--dataset に使えるのは {string.Join("、", OpenDataForm.All.Select(form => form.Name))} です。"),
                    services.GetRequiredService<CurrentTown>().Municipality, cancellation)
                : await ActivatorUtilities.CreateInstance<TownExports>(services).OfAsync(parsed.GetValue(noun)!);
            var kind = parsed.GetValue(format) switch { "xlsx" => ExportFormat.Xlsx, "csv-cp932" => ExportFormat.CsvCp932, _ => ExportFormat.Csv };
            await using var output = parsed.GetValue(file) == "-" ? Console.OpenStandardOutput() : CommandLine.Create(parsed.GetValue(file)!);
            foreach (var missing in await (table with { Rows = Counted(table.Rows) }).WriteAsync(output, kind, cancellation))
            {
                await Console.Error.WriteLineAsync($"{missing.Row}行目「{missing.Column}」の「{missing.Character}」は、シフトJISにないため置きかえました。");
            }

            services.GetRequiredService<AuditTrail>().Note("export", parsed.GetValue(noun)!, note: $"{table.Name} {parsed.GetValue(format)}");
            return CommandLine.Done;
        }, cancellation));
        return command;
    }

    private static async IAsyncEnumerable<IReadOnlyList<object?>> Counted(IAsyncEnumerable<IReadOnlyList<object?>> rows)
    {
        var count = 0;
        await foreach (var row in rows)
        {
            if (++count % RowsBetweenTells == 0)
            {
                CommandLine.Tell($"{count:N0}行を書き出しました");
            }

            yield return row;
        }
    }
}
