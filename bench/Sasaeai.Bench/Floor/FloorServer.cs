using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.WebEncoders;
using Sasaeai.Web;

namespace Sasaeai.Bench.Floor;

/// <summary>What ASP.NET Core, Razor, EF Core and PostgreSQL cost by themselves: a page of 50 rows, and the same page from the output cache.</summary>
public static class FloorServer
{
    public static WebApplication Build(Settings settings, string url)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrel().UseUrls(url);
        builder.Services.AddRoutingCore();
        builder.Services.AddDbContextPool<FloorDb>(options => options.UseNpgsql(WebServer.DataSource(settings.Db)).UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking));
        builder.Services.Configure<WebEncoderOptions>(options => options.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        builder.Services.AddOutputCache(options => options.AddBasePolicy(policy => policy.With(context => context.HttpContext.Request.Path.StartsWithSegments("/cached-rows")).Expire(TimeSpan.FromHours(1))));
        builder.Services.AddRazorPages(options =>
        {
            options.RootDirectory = "/Floor";
            options.Conventions.AddPageRoute("/Rows", "/cached-rows/{town:int}");
        }).ConfigureApplicationPartManager(parts =>
        {
            foreach (var part in parts.ApplicationParts.Where(part => part.Name != typeof(FloorServer).Assembly.GetName().Name).ToList())
            {
                parts.ApplicationParts.Remove(part);    // the program's own pages
            }
        });
        var app = builder.Build();
        app.UseOutputCache();
        app.MapGet("/healthz", () => "ok");
        app.MapRazorPages();
        return app;
    }
}

/// <summary>Some columns of published.resource.</summary>
public sealed class FloorRow
{
    public int MunicipalityId { get; init; }
    public Guid ResourceId { get; init; }
    public string Name { get; init; } = "";
    public string TextKey { get; init; } = "";
    public DateOnly? VerifiedOn { get; init; }
}

public sealed class FloorDb(DbContextOptions<FloorDb> options) : DbContext(options)
{
    private static readonly Func<FloorDb, int, IAsyncEnumerable<FloorRow>> First50 =
        EF.CompileAsyncQuery((FloorDb db, int town) => db.Rows.Where(row => row.MunicipalityId == town).OrderBy(row => row.ResourceId).Take(50));

    public DbSet<FloorRow> Rows => Set<FloorRow>();

    public ValueTask<List<FloorRow>> RowsAsync(int town) => First50(this, town).ToListAsync();

    protected override void OnModelCreating(ModelBuilder model) => model.Entity<FloorRow>(row =>
    {
        row.ToTable("resource", "published").HasKey(r => new { r.MunicipalityId, r.ResourceId });
        row.Property(r => r.MunicipalityId).HasColumnName("municipality_id");
        row.Property(r => r.ResourceId).HasColumnName("resource_id");
        row.Property(r => r.Name).HasColumnName("name");
        row.Property(r => r.TextKey).HasColumnName("text_key");
        row.Property(r => r.VerifiedOn).HasColumnName("verified_on");
    });
}
