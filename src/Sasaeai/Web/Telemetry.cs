using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Sasaeai.Web;

public static class Telemetry
{
    /// <summary>
    /// The framework's own meters and activities, sent when OTEL_EXPORTER_OTLP_ENDPOINT is set. Logs are structured
    /// lines; they name routes and counts, never what people typed or who they are.
    /// </summary>
    public static void AddTelemetry(this IServiceCollection services, ILoggingBuilder logging)
    {
        logging.ClearProviders();
        logging.AddJsonConsole(options => options.UseUtcTimestamp = true);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);      // it would make an activity and a scope for each request, which no line here shows
        logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Error);      // statements could carry values
        logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        if (Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT") is not { Length: > 0 })
        {
            return;
        }

        services.AddSingleton(_ => Sdk.CreateMeterProviderBuilder()
            .AddMeter("Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.RateLimiting", "Npgsql")
            .AddOtlpExporter().Build());
        services.AddSingleton(_ => Sdk.CreateTracerProviderBuilder().AddSource("Microsoft.AspNetCore", "Npgsql").AddOtlpExporter().Build());
        services.AddHostedService<Exporters>();
    }

    private sealed class Exporters(MeterProvider meters, TracerProvider traces) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken)
        {
            meters.ForceFlush(2000);
            traces.ForceFlush(2000);
            return Task.CompletedTask;
        }
    }
}
