using System.CommandLine;
using Npgsql;
using Sasaeai.Data;
using Sasaeai.Web;

namespace Sasaeai.Commands;

public static class Serve
{
    public static Command Command()
    {
        var environment = new Option<string>("--environment") { Description = "Production か Development", DefaultValueFactory = _ => "Production" };
        var command = new Command("serve", "ウェブサイトを動かす") { environment };
        command.SetAction(async (parsed, cancellation) =>
        {
            var settings = Settings.Read(Environment.GetEnvironmentVariable);
            var started = false;
            await using var app = WebServer.Build(settings, parsed.GetValue(environment)!, builder =>
                builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", _ => started));     // a failed start is told in one sentence
            await RowLevelSecurity.RequireAsync(app.Services.GetRequiredService<NpgsqlDataSource>());
            await app.StartAsync(cancellation);
            started = true;
            Console.WriteLine($"ささえあいが動いています: {string.Join(" ", app.Urls)}");
            await app.WaitForShutdownAsync(cancellation);
            return CommandLine.Done;
        });
        return command;
    }
}
