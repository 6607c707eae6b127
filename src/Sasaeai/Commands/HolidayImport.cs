using System.CommandLine;
using Npgsql;
using Sasaeai.Japanese;
using Sasaeai.Tables;

namespace Sasaeai.Commands;

/// <summary>The Cabinet Office's list of national holidays (syukujitsu.csv). They are the same for every town, so the owner writes them.</summary>
public static class HolidayImport
{
    public static Command Command()
    {
        var file = new Argument<FileInfo>("file") { Description = "内閣府の祝日の一覧(syukujitsu.csv)" };
        var town = new Option<string?>("--town") { Description = "使わない(祝日はすべての市町村に共通)" };
        var dryRun = new Option<bool>("--dry-run") { Description = "確かめるだけで、取り込まない" };
        var command = new Command("holidays", "国民の祝日を取り込む") { file, town, dryRun };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var stream = Import.Open(parsed.GetValue(file)!);
            var days = Read(stream, parsed.GetValue(file)!.Name);
            if (!parsed.GetValue(dryRun))
            {
                await using var owner = Migrate.Owner();
                await WriteAsync(owner, days, cancellation);
            }

            Console.WriteLine($"{days.Count:N0}日を{(parsed.GetValue(dryRun) ? "確かめました。取り込んでいません。" : "取り込みました。動いているウェブサイトでは、1分ほどで使われます。")}");
            return CommandLine.Done;
        });
        return command;
    }

    public static IReadOnlyList<KeyValuePair<DateOnly, string>> Read(Stream file, string fileName)
    {
        using var table = TableReader.Open(file, fileName);
        return [.. table.Rows.Select(row => Wareki.TryReadDate(row[0], out var day) && row[1].Trim() is { Length: > 0 and <= 100 } name
            ? KeyValuePair.Create(day, name)
            : throw new TableRefusedException($"{row.Number}行目「{row[0]}」は、日付と名称として読めません。"))];
    }

    public static async Task WriteAsync(NpgsqlDataSource owner, IReadOnlyList<KeyValuePair<DateOnly, string>> days, CancellationToken cancellation = default)
    {
        await using var command = owner.CreateCommand("insert into app.holiday (day, name) select * from unnest($1, $2) on conflict (day) do update set name = excluded.name");
        command.Parameters.Add(new NpgsqlParameter { Value = days.Select(day => day.Key).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = days.Select(day => day.Value).ToArray() });
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
