using Npgsql;
using Sasaeai.Data;

namespace Sasaeai.Web;

public static class Health
{
    /// <summary>/healthz: the process answers. /readyz: the database answers and has every migration of this build.</summary>
    public static void MapHealth(this WebApplication app)
    {
        app.MapGet("/healthz", () => Results.Text("ok")).AllowAnonymous().WithMetadata(new PublishedOnlyAttribute());
        app.MapGet("/readyz", async (NpgsqlDataSource data, CancellationToken cancellation) =>
        {
            try
            {
                return await Migrator.IsCurrentAsync(data, cancellation)
                    ? Results.Json(new { database = "ok", migrations = "ok" })
                    : Results.Json(new { database = "ok", migrations = "missing" }, statusCode: StatusCodes.Status503ServiceUnavailable);
            }
            catch (Exception error) when (ErrorPages.IsDatabaseGone(error))
            {
                return Results.Json(new { database = "unreachable", migrations = "unknown" }, statusCode: StatusCodes.Status503ServiceUnavailable);
            }
        }).AllowAnonymous().WithMetadata(new PublishedOnlyAttribute());
    }
}
