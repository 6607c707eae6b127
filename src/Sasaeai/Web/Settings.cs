using System.Net;
using System.Net.Mail;

namespace Sasaeai.Web;

/// <summary>What the environment says. Defaults run on one machine; a value that is missing or wrong fails at start, by its name.</summary>
public sealed record Settings
{
    /// <summary>SASAEAI_DB: connection of the application's role.</summary>
    public required string Db { get; init; }
    /// <summary>SASAEAI_OWNER_DB: connection of the schema's owner, for migrate and adding towns.</summary>
    public string? OwnerDb { get; init; }
    /// <summary>SASAEAI_URLS: where to listen.</summary>
    public string Urls { get; init; } = "http://127.0.0.1:8080";
    /// <summary>SASAEAI_PUBLIC_URL: the address people use, for links in letters and mail; default: that of the request.</summary>
    public string? PublicUrl { get; init; }
    /// <summary>SASAEAI_DATA: folder of the keys that sign cookies and links.</summary>
    public string DataFolder { get; init; } = ".local/data";
    /// <summary>SASAEAI_HTTPS=1: people reach the site over TLS (a proxy's); cookies are Secure, HSTS is sent.</summary>
    public bool Https { get; init; }
    /// <summary>SASAEAI_PROXIES: addresses of the proxies whose X-Forwarded headers are believed, separated by commas.</summary>
    public IReadOnlyList<string> Proxies { get; init; } = [];
    /// <summary>SASAEAI_TILES_URL: map tiles ({z}/{x}/{y}); off until set.</summary>
    public string? TilesUrl { get; init; }
    /// <summary>SASAEAI_TILES_CREDIT: 出典 shown on the map.</summary>
    public string TilesCredit { get; init; } = "";
    /// <summary>SASAEAI_SMTP: smtp://user:password@host:port; mail is off until set.</summary>
    public string? Smtp { get; init; }
    /// <summary>SASAEAI_MAIL_FROM: sender of mail.</summary>
    public string? MailFrom { get; init; }
    /// <summary>SASAEAI_CHROMIUM: the browser that makes PDF files; default: the distribution's.</summary>
    public string? Chromium { get; init; }
    /// <summary>SASAEAI_DIRECTORY_MB: memory for the towns' search indexes, in MiB.</summary>
    public int DirectoryMegabytes { get; init; } = 1024;
    /// <summary>SASAEAI_SEARCHES_PER_SECOND: searches of one address, 0 for no limit.</summary>
    public int SearchesPerSecond { get; init; } = 20;
    /// <summary>SASAEAI_RATE_FACTOR: multiplies the limits of forms and sign-ins, for many people behind one address.</summary>
    public int RateFactor { get; init; } = 1;

    public static Settings Read(Func<string, string?> variable)
    {
        string? Text(string name) => variable(name) is { Length: > 0 } value ? value : null;
        int Number(string name, int otherwise, int from, int to) => Text(name) is not { } text ? otherwise
            : int.TryParse(text, out var number) && number >= from && number <= to ? number
            : throw new SettingException($"{name} は {from} から {to} までの整数で指定してください。");
        bool Flag(string name) => Text(name) switch { null or "0" or "false" => false, "1" or "true" => true, _ => throw new SettingException($"{name} は 1 か 0 で指定してください。") };

        var settings = new Settings
        {
            Db = Text("SASAEAI_DB") ?? throw new SettingException("SASAEAI_DB(アプリケーション用の接続文字列)が指定されていません。./run または ./sasaeai で起動すると自動で設定されます。"),
            OwnerDb = Text("SASAEAI_OWNER_DB"),
            PublicUrl = Text("SASAEAI_PUBLIC_URL")?.TrimEnd('/'),
            Https = Flag("SASAEAI_HTTPS"),
            Proxies = Text("SASAEAI_PROXIES")?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [],
            TilesUrl = Text("SASAEAI_TILES_URL"),
            TilesCredit = Text("SASAEAI_TILES_CREDIT") ?? "",
            Smtp = Text("SASAEAI_SMTP"),
            MailFrom = Text("SASAEAI_MAIL_FROM"),
            Chromium = Text("SASAEAI_CHROMIUM"),
            DirectoryMegabytes = Number("SASAEAI_DIRECTORY_MB", 1024, 16, 1_000_000),
            SearchesPerSecond = Number("SASAEAI_SEARCHES_PER_SECOND", 20, 0, 100_000),
            RateFactor = Number("SASAEAI_RATE_FACTOR", 1, 1, 1000),
        };
        settings = settings with { Urls = Text("SASAEAI_URLS") ?? settings.Urls, DataFolder = Text("SASAEAI_DATA") ?? settings.DataFolder };
        if (settings.Urls.Split(';').Any(url => !IsListenable(url)))
        {
            throw new SettingException($"SASAEAI_URLS の「{settings.Urls}」で待ち受けられません。http://127.0.0.1:8080 の形で指定してください(TLS は前に置く nginx などが受け持ちます)。");
        }

        if (settings.PublicUrl is { } address && !(Uri.TryCreate(address, UriKind.Absolute, out var people) && people.Scheme is "http" or "https" && people.Host != ""))
        {
            throw new SettingException("SASAEAI_PUBLIC_URL は https://sasaeai.example.lg.jp の形で指定してください。");
        }

        if (settings.Proxies.FirstOrDefault(proxy => !IPAddress.TryParse(proxy, out _)) is { } unknown)
        {
            throw new SettingException($"SASAEAI_PROXIES の「{unknown}」は IP アドレスではありません。");
        }

        if (settings.Smtp is { } smtp && !(Uri.TryCreate(smtp, UriKind.Absolute, out var server) && server.Scheme is "smtp" or "smtps" && server.Host != ""))
        {
            throw new SettingException("SASAEAI_SMTP は smtp://利用者:パスワード@ホスト:ポート の形で指定してください。");
        }

        if (settings.MailFrom is { } sender && !MailAddress.TryCreate(sender, out _))
        {
            throw new SettingException("SASAEAI_MAIL_FROM(差出人)は、メールアドレスで指定してください。");
        }

        if (settings.TilesUrl is { } tiles && !(tiles.StartsWith("https://", StringComparison.Ordinal) && tiles.Contains("{z}") && tiles.Contains("{x}") && tiles.Contains("{y}")))
        {
            throw new SettingException("SASAEAI_TILES_URL は https://…/{z}/{x}/{y}.png の形で指定してください。");
        }

        if (settings.Smtp is not null && settings.MailFrom is null)
        {
            throw new SettingException("SASAEAI_SMTP を指定したときは、SASAEAI_MAIL_FROM(差出人)も指定してください。");
        }

        return settings;
    }

    private static bool IsListenable(string url)
    {
        try
        {
            return BindingAddress.Parse(url) is { Scheme: "http", Port: >= 0 and <= 65_535 };
        }
        catch (FormatException)
        {
            return false;
        }
    }
}

/// <summary>A setting is missing or wrong; the message names it.</summary>
public sealed class SettingException(string message) : Exception(message);
