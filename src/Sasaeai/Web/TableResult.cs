using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sasaeai.Tables;

namespace Sasaeai.Web;

public enum TableFormat { Csv, Xlsx }

/// <summary>A list handed out as a file, for spreadsheets.</summary>
public sealed class TableResult(string name, TableFormat format, IReadOnlyList<string> header, IEnumerable<IReadOnlyList<object?>> rows) : ActionResult
{
    public override async Task ExecuteResultAsync(ActionContext context)
    {
        var response = context.HttpContext.Response;
        response.ContentType = format == TableFormat.Csv ? "text/csv; charset=utf-8" : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
        response.Headers.ContentDisposition = $"attachment; filename=\"table.{Extension}\"; filename*=UTF-8''{Uri.EscapeDataString(name)}.{Extension}";
        response.Headers.CacheControl = "no-store";
        await (format == TableFormat.Csv
            ? TableWriter.WriteCsvAsync(response.Body, header, rows.ToAsyncEnumerable(), CsvEncoding.Utf8Bom, context.HttpContext.RequestAborted)
            : TableWriter.WriteXlsxAsync(response.Body, name, header, rows.ToAsyncEnumerable(), context.HttpContext.RequestAborted));
    }

    private string Extension => format == TableFormat.Csv ? "csv" : "xlsx";
}

public static class TableResults
{
    public static TableResult Table(this PageModel page, string name, TableFormat format, IReadOnlyList<string> header, IEnumerable<IReadOnlyList<object?>> rows) => new(name, format, header, rows);
}
