using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Npgsql;
using Sasaeai.Data;

namespace Sasaeai.Web;

/// <summary>What is unexpected ends here: logged without personal data, shown as one Japanese sentence.</summary>
public static class ErrorPages
{
    public static void UseErrorPages(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            StatusCodeSelector = error => IsDatabaseGone(error) ? StatusCodes.Status503ServiceUnavailable
                : error is BadHttpRequestException bad ? bad.StatusCode
                : StatusCodes.Status500InternalServerError,
            ExceptionHandler = context => WriteAsync(context, context.Response.StatusCode),
            SuppressDiagnosticsCallback = _ => false,
        });
        app.UseStatusCodePages(context => WriteAsync(context.HttpContext, context.HttpContext.Response.StatusCode));
    }

    /// <summary>The database cannot be reached, or went away in the middle.</summary>
    public static bool IsDatabaseGone(Exception? error) => error switch
    {
        null => false,
        PostgresException postgres => postgres.SqlState is "57P01" or "57P02" or "57P03" or "53300" || postgres.SqlState.StartsWith("08", StringComparison.Ordinal) || postgres.SqlState == "3D000" || postgres.SqlState == "55000" && postgres.MessageText.Contains("connections", StringComparison.Ordinal),
        NpgsqlException or System.Net.Sockets.SocketException => true,
        _ => IsDatabaseGone(error.InnerException),
    };

    private static async Task WriteAsync(HttpContext context, int status)
    {
        var (title, sentence) = Words(context, status);
        if (status == StatusCodes.Status503ServiceUnavailable)
        {
            context.Response.Headers.RetryAfter = "10";
        }

        var wantsJson = context.Request.Path.StartsWithSegments("/api") || context.Request.Headers.Accept.ToString().StartsWith("application/json", StringComparison.Ordinal);
        if (wantsJson)
        {
            await Results.Json(new ProblemDetails { Status = status, Title = title, Detail = sentence }, statusCode: status, contentType: "application/problem+json").ExecuteAsync(context);
            return;
        }

        // No layout, no services: this page must work when nothing else does.
        var home = context.Features.Get<Municipality>() is { } town ? "/" + town.Slug + "/" : "/";
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.WriteAsync($"""
            <!DOCTYPE html>
            <html lang="ja">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{title} | ささえあい</title>
            <link rel="icon" href="/favicon.svg" type="image/svg+xml"><link rel="stylesheet" href="/lib/design-tokens/tokens.css"><link rel="stylesheet" href="/css/site.css"></head>
            <body class="resident"><main id="main" class="wide"><h1>{title}</h1><p>{sentence}</p><p><a href="{home}">最初のページへ</a></p></main></body>
            </html>
            """);
    }

    private static (string Title, string Sentence) Words(HttpContext context, int status) => status switch
    {
        400 => ("送られた内容を読み取れませんでした", "ページを開いてから時間がたったか、内容が途中で切れた可能性があります。何も保存していません。前のページに戻って、もう一度送ってください。"),
        401 => ("サインインが必要です", "このページを見るには、サインインしてください。"),
        403 => ("この操作はできません", context.Items["reason"] as string ?? "この操作をする権限がありません。担当の職員にお問い合わせください。"),
        404 => ("ページが見つかりません", "アドレスが間違っているか、掲載が終わった可能性があります。最初のページからお探しください。"),
        405 => ("この操作はできません", "このアドレスではその操作を受け付けていません。最初のページからやり直してください。"),
        413 => ("ファイルが大きすぎます", "送れる大きさ(写真・PDFは8MB、表は20MB)を超えています。何も保存していません。前のページに戻り、ファイルを小さくするか、分けて送ってください。"),
        429 => ("少し待ってからお試しください", "短い時間に続けて受け付けたため、いったん止めています。保存したものは消えていません。1分ほど待ってから、もう一度お試しください。"),
        503 => ("ただいま使えません", "データベースにつながらないため、ページを表示できません。保存ずみの内容は消えていません。入力中の内容は送らずにそのままにして、少し待ってからもう一度お試しください。"),
        >= 500 => ("うまく処理できませんでした", "思わぬ不具合が起きました。この操作は保存していません。もう一度試しても同じときは、担当の窓口へお知らせください。"),
        _ => ("この操作はできません", "もう一度、最初のページからお試しください。"),
    };
}
