using System.CommandLine;
using Sasaeai.Data;
using Sasaeai.Web;

namespace Sasaeai.Commands;

public static class Migrate
{
    public static Command Command()
    {
        var command = new Command("migrate", "データベースの表を最新にする");
        command.SetAction(async (_, _) =>
        {
            await using var owner = Owner();
            foreach (var name in await Migrator.MigrateAsync(owner))
            {
                Console.WriteLine($"適用しました: {name}");
            }

            return CommandLine.Done;
        });
        return command;
    }

    /// <summary>The connection that may change the schema and add towns.</summary>
    public static Npgsql.NpgsqlDataSource Owner() => Npgsql.NpgsqlDataSource.Create(
        Settings.Read(Environment.GetEnvironmentVariable).OwnerDb ?? throw new SettingException("SASAEAI_OWNER_DB(表の所有者の接続文字列)が指定されていません。"));
}
