using System.Net;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.WebEncoders;
using Npgsql;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.ActivityRecords;
using Sasaeai.Features.AnnualReports;
using Sasaeai.Features.Areas;
using Sasaeai.Features.Directory;
using Sasaeai.Features.Forms;
using Sasaeai.Features.Handovers;
using Sasaeai.Features.HelperLinks;
using Sasaeai.Features.HelpRequests;
using Sasaeai.Features.Hsds;
using Sasaeai.Features.Issues;
using Sasaeai.Features.Issues.Board;
using Sasaeai.Features.KeptForms;
using Sasaeai.Features.Ledger;
using Sasaeai.Features.Meetings.CheckIns;
using Sasaeai.Features.Meetings;
using Sasaeai.Features.Members;
using Sasaeai.Features.MutualHelpReports;
using Sasaeai.Features.Records;
using Sasaeai.Features.Shared;
using Sasaeai.Features.SignIns;
using Sasaeai.Features.VisitReports;
using Sasaeai.Features.Visits;
using Sasaeai.Features.WeeklyPlans;
using Sasaeai.Japanese;

namespace Sasaeai.Web;

/// <summary>The web application: what it is made of, and in which order a request passes through it.</summary>
public static class WebServer
{
    public static WebApplication Build(Settings settings, string environment = "Production", Action<WebApplicationBuilder>? adjust = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(WebServer).Assembly.GetName().Name,
            EnvironmentName = environment,
            ContentRootPath = AppContext.BaseDirectory,
            WebRootPath = WebRoot(),
        });
        builder.WebHost.UseUrls(settings.Urls.Split(';'));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = UploadLimits.OrdinaryBytes;
            kestrel.Limits.MaxRequestLineSize = 16 * 1024;     // 1,000 kanji take 9 kB in an address
        });
        AddServices(builder, settings);
        adjust?.Invoke(builder);
        var app = builder.Build();
        Use(app, settings);
        return app;
    }

    /// <summary>What commands and requests share.</summary>
    public static IServiceCollection AddTownServices(this IServiceCollection services, Settings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(_ => DataSource(settings.Db));
        services.AddSingleton<Towns>();
        services.AddSingleton<DirectoryVersions>();
        services.AddSingleton<TownDirectories>();
        services.AddSingleton<HsdsTowns>();
        services.AddSingleton<HolidayCalendar>();
        services.AddSingleton<PublishedResources>();
        services.AddSingleton<SearchCounts>();
        services.AddSingleton<Printer>();
        services.AddSingleton<AnnualReportFiles>();
        services.AddScoped<AnnualReportReading>();
        services.AddSingleton<BoardNews>();
        services.AddScoped<CurrentTown>();
        services.AddScoped<AuditTrail>();
        services.AddScoped<AuditOfWrites>();
        services.AddScoped<BoardAnnouncement>();
        services.AddScoped<Publisher>();
        services.AddScoped<LedgerBooks>();
        services.AddScoped<VisitSettlements>();
        services.AddScoped<VisitHolds>();
        services.AddScoped<Features.Tickets.Expiries.TicketExpiries>();
        services.AddScoped<MemberPlaces>();
        services.AddScoped<Features.Members.Erasures.MemberErasures>();
        services.AddScoped<Intake>();
        services.AddScoped<Candidates>();
        services.AddScoped<Arrangements>();
        services.AddScoped<HelperNotice>();
        services.AddScoped<SeriesVisits>();
        services.AddScoped<ReportDesk>();
        services.AddScoped<RequestEnding>();
        services.AddScoped<WeekDesk>();
        services.AddScoped<HelpFigures>();
        services.AddScoped<TownTransaction>();
        services.AddDbContext<AppDb>((scope, options) => options
            .UseNpgsql(scope.GetRequiredService<NpgsqlDataSource>())
            .AddInterceptors(scope.GetRequiredService<AuditOfWrites>(), scope.GetRequiredService<BoardAnnouncement>()));
        services.AddDataProtection().SetApplicationName("Sasaeai").PersistKeysToFileSystem(KeyFolder(settings));
        services.AddIdentityCore<Account>(Passwords.Configure).AddPasswordValidator<Passwords>().AddDefaultTokenProviders();
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = Passwords.Rounds);
        services.AddScoped<IUserStore<Account>, AccountStore>();
        return services;
    }

    private static void AddServices(WebApplicationBuilder builder, Settings settings)
    {
        var services = builder.Services;
        services.AddTownServices(settings);
        services.AddHostedService(provider => provider.GetRequiredService<DirectoryVersions>());
        services.AddHostedService(provider => provider.GetRequiredService<SearchCounts>());
        services.AddHostedService(provider => provider.GetRequiredService<BoardNews>());
        services.AddHostedService<AreaDays>();
        services.AddScoped<PublicDirectory>();
        services.AddScoped<CurrentPerson>();
        services.AddScoped<ResourceDesk>();
        services.AddScoped<ActivityDesk>();
        services.AddScoped<MeetingDesk>();
        services.AddScoped<CheckInLinks>();
        services.AddScoped<IssueDesk>();
        services.AddScoped<HandoverDesk>();
        services.AddSingleton<IMail, SmtpMail>();
        services.AddHttpContextAccessor();
        services.AddScoped(PageFrames.Of);
        services.AddSignIn(settings);
        services.AddRateLimits(settings);
        services.AddPageCache();
        services.AddTelemetry(builder.Logging);
        // The default encoder writes each kanji as a character reference: twice the bytes, three times the work.
        services.Configure<WebEncoderOptions>(options => options.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.AddAntiforgery(options => (options.Cookie.Name, options.Cookie.Path, options.Cookie.SecurePolicy) = settings.Https ? ("__Host-form", "/", CookieSecurePolicy.Always) : ("form", "/", CookieSecurePolicy.SameAsRequest));
        services.AddRazorPages(options =>
            {
                options.RootDirectory = "/Features";
                options.Conventions.Add(new PageRouteTransformerConvention(new KebabCase()));
                if (builder.Environment.IsProduction())
                {
                    options.Conventions.AddFolderRouteModelConvention("/Patterns", page => page.Selectors.Clear());
                }
            })
            .AddMvcOptions(options =>
            {
                options.Filters.Add<UnwritableText>();
                options.Filters.Add<RefusalFilter>();
                options.Filters.Add<MethodFilter>();
                options.Filters.Add<FormOnceFilter>();
                options.Filters.Add<StaleTokenFilter>();
                options.ModelBinderProviders.Insert(0, new NumberBinderProvider());
                JapaneseMessages.Use(options);
            })
            .AddCookieTempDataProvider(options => (options.Cookie.Name, options.Cookie.SecurePolicy) = (NoticeCookie.Name, settings.Https ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest))
            .AddViewOptions(options => options.HtmlHelperOptions.ClientValidationEnabled = false);
        services.Configure<RouteOptions>(options => options.LowercaseUrls = true);
        services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
            foreach (var proxy in settings.Proxies)
            {
                options.KnownProxies.Add(IPAddress.Parse(proxy));
            }
        });
    }

    private static void Use(WebApplication app, Settings settings)
    {
        if (settings.Proxies.Count > 0)
        {
            app.UseForwardedHeaders();
        }

        if (settings.Https)
        {
            app.Use((context, next) =>
            {
                context.Request.Scheme = Uri.UriSchemeHttps;     // what people use, whatever the proxy speaks to us
                return next(context);
            });
        }

        app.UseSecurityHeaders(settings);
        app.UseHsdsHeaders();
        app.UseErrorPages();
        app.UseStaticFiles(new StaticFileOptions
        {
            // Pages name each file with its digest, so a browser may keep it.
            OnPrepareResponse = file =>
            {
                var headers = file.Context.Response.Headers;
                headers.CacheControl = file.Context.Request.Query.ContainsKey("v") ? "public, max-age=31536000, immutable" : "public, max-age=3600";
                if (file.File.Name == "activities-worker.js")
                {
                    headers["Service-Worker-Allowed"] = "/";     // it serves /{town}/activities, which is not below /js
                }
            },
        });
        app.UseTownPrefix();
        UnwritableText.Refuse(app);
        app.UseKeptForms();
        app.UseAuditOfRefusals();
        app.UseRouting();
        app.Use((context, next) =>
        {
            if (context.GetEndpoint() is not null)
            {
                return next(context);
            }

            context.Response.StatusCode = StatusCodes.Status404NotFound;     // rather than asking to sign in for a page that is not there
            return Task.CompletedTask;
        });
        app.UsePageCache();
        app.UseRateLimiter();       // what comes from the cache costs next to nothing, and does not count
        app.UseUploadLimits();
        app.UseTownTransaction();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseGate();
        app.MapHealth();
        app.MapRazorPages();
        app.MapDirectoryEndpoints();
    }

    public static NpgsqlDataSource DataSource(string connection)
    {
        var builder = new NpgsqlDataSourceBuilder(connection);
        var text = builder.ConnectionStringBuilder;
        text.ApplicationName ??= "sasaeai";
        text.MaxAutoPrepare = text.MaxAutoPrepare == 0 ? 100 : text.MaxAutoPrepare;
        text.AutoPrepareMinUsages = 3;
        text.NoResetOnClose = true;     // all state of a connection is local to its transaction
        if (!text.ContainsKey("Timeout"))
        {
            text.Timeout = 5;
        }

        return builder.Build();
    }

    internal static string WebRoot()
    {
        var published = Path.Combine(AppContext.BaseDirectory, "wwwroot");
        return Directory.Exists(published) ? published
            : typeof(WebServer).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "WebRoot").Value!;
    }

    /// <summary>The folder of keys is readable by its owner only, or the program does not start.</summary>
    private static DirectoryInfo KeyFolder(Settings settings)
    {
        var folder = new DirectoryInfo(Path.Combine(settings.DataFolder, "keys"));
        try
        {
            return KeyFolder(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SettingException($"鍵のフォルダー {folder.FullName} を作れません。SASAEAI_DATA に、このプログラムの利用者が書けるフォルダーを指定してください。");
        }
    }

    private static DirectoryInfo KeyFolder(DirectoryInfo folder)
    {
        if (OperatingSystem.IsWindows())
        {
            folder.Create();
            return folder;
        }

        const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        System.IO.Directory.CreateDirectory(folder.FullName, OwnerOnly);
        return (File.GetUnixFileMode(folder.FullName) & ~OwnerOnly) == 0 ? folder
            : throw new SettingException($"鍵のフォルダー {folder.FullName} をほかの利用者が読めます。chmod 700 で権限を直してから起動してください。");
    }

    private sealed class KebabCase : IOutboundParameterTransformer
    {
        public string? TransformOutbound(object? value) => value is null ? null : SnakeCase.From(value.ToString()!).Replace('_', '-');
    }
}
