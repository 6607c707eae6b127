using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Tables;
using Sasaeai.Web;

namespace Sasaeai.Features.Records;

/// <summary>The list of records as a file: the same conditions, all pages, all fields.</summary>
[EnableRateLimiting(RateLimits.Export)]
public class FileModel(AppDb db, ResourceDesk desk, CurrentPerson person, AuditTrail trail) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public RecordQuery Search { get; set; } = new();

    public async Task<IActionResult> OnGetAsync(string? format)
    {
        var lists = await desk.ListsAsync();
        var fields = ResourceFields.For(person.Editor()).ToList();
        var (header, rows) = (new[] { "管理番号", "状態", "最終確認日", "確認の方法", "次の確認の期限" }.Concat(fields.Select(known => known.Label)).ToList(), RowsAsync(lists, fields));
        var (excel, name) = (format == "xlsx", $"地域資源_{lists.Today:yyyyMMdd}");
        // Written whole before the first byte leaves, so that a failure is a page and not half a file.
        var file = new FileStream(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 65_536, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        HttpContext.Response.RegisterForDisposeAsync(file);
        if (excel)
        {
            await TableWriter.WriteXlsxAsync(file, "地域資源", header, rows, HttpContext.RequestAborted);
        }
        else
        {
            await TableWriter.WriteCsvAsync(file, header, rows, CsvEncoding.Utf8Bom, HttpContext.RequestAborted);
        }

        file.Position = 0;
        trail.Looked("resource", "", "一覧をファイルで受け取りました");
        return excel ? File(file, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", name + ".xlsx") : File(file, "text/csv; charset=utf-8", name + ".csv");
    }

    private async IAsyncEnumerable<IReadOnlyList<object?>> RowsAsync(TownLists lists, List<ResourceField> fields)
    {
        await foreach (var resource in Search.Of(db, person, lists).AsAsyncEnumerable())
        {
            yield return [resource.Number, resource.State.InWords(), resource.VerifiedOn, resource.VerifiedHow?.InWords(), resource.DueOn, .. fields.Select(known => known.InWords(resource.Content, lists))];
        }
    }
}
