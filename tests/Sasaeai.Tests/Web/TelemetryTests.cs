using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Sasaeai.Tests.Web;

/// <summary>What the program sends when a collector is set: routes and times, never what people typed, their links or their receipts.</summary>
public class TelemetryTests(TestApp app)
{
    [Fact]
    public async Task Traces_and_meters_reach_the_collector_and_tell_of_nobody()
    {
        var received = new ConcurrentBag<(string Path, string Body)>();
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        await using var collector = builder.Build();
        collector.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            received.Add((context.Request.Path, Encoding.UTF8.GetString(body.ToArray())));
        });
        await collector.StartAsync(TestContext.Current.CancellationToken);
        var town = await app.CreateTownAsync();
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Sasaeai.dll"), "serve"])
        {
            RedirectStandardOutput = true,
            Environment =
            {
                ["SASAEAI_DB"] = app.WebConnection, ["SASAEAI_DATA"] = app.Settings.DataFolder, ["SASAEAI_URLS"] = "http://127.0.0.1:0",
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Urls.First(), ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf", ["OTEL_BSP_SCHEDULE_DELAY"] = "200", ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
            },
        };
        using var server = Process.Start(start)!;
        try
        {
            var line = await server.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) ?? "";
            using var visitor = new HttpClient { BaseAddress = new Uri(new Uri(line[line.IndexOf("http://", StringComparison.Ordinal)..].Trim()), $"/{town.Slug}/") };
            await visitor.GetAsync("resources?q=yamadahanako", TestContext.Current.CancellationToken);
            await visitor.GetAsync("confirmations/himitsu-no-link", TestContext.Current.CancellationToken);
            await visitor.GetAsync("receipts/1234-5678-9012", TestContext.Current.CancellationToken);

            for (var wait = 0; wait < 100 && !(Has("/v1/traces") && Has("/v1/metrics")); wait++)
            {
                await Task.Delay(200, TestContext.Current.CancellationToken);
            }

            Assert.True(Has("/v1/traces"), "no traces");
            Assert.True(Has("/v1/metrics"), "no meters");
            Assert.Contains(received, one => one.Body.Contains("http.route"));
            foreach (var secret in new[] { "yamadahanako", "himitsu-no-link", "1234-5678-9012" })
            {
                Assert.DoesNotContain(received, one => one.Body.Contains(secret));
            }
        }
        finally
        {
            server.Kill(entireProcessTree: true);
        }

        bool Has(string path) => received.Any(one => one.Path == path);
    }
}
