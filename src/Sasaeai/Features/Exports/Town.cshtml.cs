using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Resources;
using Sasaeai.Tables;
using Sasaeai.Web;

namespace Sasaeai.Features.Exports;

/// <summary>The town's own lists as files, for officers.</summary>
[EnableRateLimiting(RateLimits.Export)]
public class TownModel(AppDb db, CurrentPerson person, CurrentTown town, AuditTrail trail) : PageModel
{
    public const int MostShown = 200;

    public IReadOnlyList<(string Noun, string Label, string About)> Lists { get; private set; } = [];
    /// <summary>The list whose characters were checked.</summary>
    public string? Noun { get; private set; }
    /// <summary>What of it シフトJIS cannot carry.</summary>
    public IReadOnlyList<UnmappableCharacter>? Replaced { get; private set; }

    public void OnGet()
    {
        person.Require(person.IsOfficer);
        Lists = [.. TownExports.All.Where(list => list.Noun != "audit" || person.CanReadAudit())];
    }

    public async Task<IActionResult> OnGetCheckAsync(string? noun)
    {
        if (!MayTake(noun))
        {
            return NotFound();
        }

        (Noun, Replaced) = (noun, await (await new TownExports(db).OfAsync(noun!)).WriteAsync(Stream.Null, ExportFormat.CsvCp932, HttpContext.RequestAborted));
        return Page();
    }

    /// <summary>Written whole before it is sent: the town's rows can be read only until the first byte of an answer leaves.</summary>
    public async Task<IActionResult> OnGetFileAsync(string? noun, ExportFormat format)
    {
        if (!MayTake(noun) || !ModelState.IsValid)
        {
            return NotFound();
        }

        var table = await new TownExports(db).OfAsync(noun!);
        var file = new FileStream(Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.None, 64 * 1024, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        HttpContext.Response.RegisterForDisposeAsync(file);
        await table.WriteAsync(file, format, HttpContext.RequestAborted);
        file.Position = 0;
        trail.Note("export", noun!, note: $"{table.Name} {format}");
        Response.Headers.CacheControl = "no-store";
        return File(file, ExportTable.MediaType(format), ExportTable.FileName($"{town.Municipality.Code}_{table.Name}", format));
    }

    private bool MayTake(string? noun)
    {
        OnGet();
        return Lists.Any(list => list.Noun == noun);
    }
}
