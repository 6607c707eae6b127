using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;

namespace Sasaeai.Features.Hsds;

/// <summary>Writes answers straight to the connection, so that a long list needs no more memory than a short one.</summary>
public static class HsdsAnswer
{
    private const int FlushBytes = 32 * 1024;
    private static readonly JsonWriterOptions Writing = new() { Encoder = HsdsJson.Options.Encoder };

    public static Task WriteAsync<T>(HttpContext http, T answer) => Results.Json(answer, HsdsJson.Options).ExecuteAsync(http);

    public static Task WriteProblemAsync(HttpContext http, int status, string detail) => Results.Json(
        new ProblemDetails { Status = status, Title = TitleOf(status), Detail = detail },
        HsdsJson.Options, "application/problem+json; charset=utf-8", status).ExecuteAsync(http);

    private static string TitleOf(int status) => status switch
    {
        StatusCodes.Status404NotFound => "見つかりません",
        StatusCodes.Status405MethodNotAllowed => "この操作はできません",
        _ => "指定の内容を読み取れませんでした",
    };

    /// <summary>One page of the matched rows, or all of them one a line.</summary>
    /// <param name="read">Makes the items of some rows, in their order.</param>
    public static Task WriteListAsync<TRow, T>(HttpContext http, HsdsQuery query, IReadOnlyList<TRow> matched, Func<IEnumerable<TRow>, IAsyncEnumerable<T>> read) =>
        query.Ndjson ? WriteLinesAsync(http, read(matched)) : WritePageAsync(http, query, matched, read);

    private static async Task WritePageAsync<TRow, T>(HttpContext http, HsdsQuery query, IReadOnlyList<TRow> matched, Func<IEnumerable<TRow>, IAsyncEnumerable<T>> read)
    {
        var perPage = query.Minimal ? Math.Max(1, matched.Count) : query.PerPage;
        var pages = (matched.Count + perPage - 1) / perPage;
        if (query.Page > Math.Max(1, pages))
        {
            throw new HsdsRefusedException(StatusCodes.Status404NotFound, $"{query.Page} ページ目はありません。全部で {pages} ページです。");
        }

        var rows = matched.Skip((query.Page - 1) * perPage).Take(perPage).ToList();
        http.Response.ContentType = "application/json; charset=utf-8";
        await using var writer = new Utf8JsonWriter(http.Response.BodyWriter, Writing);
        writer.WriteStartObject();
        writer.WriteNumber("total_items", matched.Count);
        writer.WriteNumber("total_pages", pages);
        writer.WriteNumber("page_number", query.Page);
        writer.WriteNumber("size", rows.Count);
        writer.WriteBoolean("first_page", query.Page == 1);
        writer.WriteBoolean("last_page", query.Page >= pages);
        writer.WriteBoolean("empty", rows.Count == 0);
        writer.WriteStartArray("contents");
        await foreach (var item in read(rows).WithCancellation(http.RequestAborted))
        {
            JsonSerializer.Serialize(writer, item, HsdsJson.Options);
            if (writer.BytesPending > FlushBytes)
            {
                writer.Flush();
                await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
            }
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
    }

    private static async Task WriteLinesAsync<T>(HttpContext http, IAsyncEnumerable<T> items)
    {
        http.Response.ContentType = "application/x-ndjson; charset=utf-8";
        if (HttpMethods.IsHead(http.Request.Method))
        {
            return;
        }

        var body = http.Response.BodyWriter;
        await using var writer = new Utf8JsonWriter(body, Writing);
        await foreach (var item in items.WithCancellation(http.RequestAborted))
        {
            JsonSerializer.Serialize(writer, item, HsdsJson.Options);
            writer.Flush();
            writer.Reset();
            body.Write("\n"u8);
            if (body.UnflushedBytes > FlushBytes)
            {
                await body.FlushAsync(http.RequestAborted);
            }
        }

        await body.FlushAsync(http.RequestAborted);
    }
}
