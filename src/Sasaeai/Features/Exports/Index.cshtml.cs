using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Sasaeai.Data;
using Sasaeai.Web;

namespace Sasaeai.Features.Exports;

/// <summary>The town's published records for everybody to take along and use.</summary>
[AllowAnonymous, PublishedOnly, EnableRateLimiting(RateLimits.Export)]
public class IndexModel(CurrentTown town, IServiceProvider services) : PageModel
{
    public IReadOnlyList<OpenDataForm> Forms => OpenDataForm.All;

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnGetFileAsync(string form, ExportFormat format)
    {
        if (OpenDataForm.Find(form ?? "") is not { } known || !town.IsSet || !Enum.IsDefined(format))
        {
            return NotFound();
        }

        var table = await ActivatorUtilities.CreateInstance<OpenData>(services).OfAsync(known, town.Municipality, HttpContext.RequestAborted);
        Response.ContentType = ExportTable.MediaType(format);
        Response.GetTypedHeaders().ContentDisposition = new("attachment") { FileNameStar = ExportTable.FileName($"{town.Municipality.Code}_{known.Name}", format) };
        await table.WriteAsync(Response.Body, format, HttpContext.RequestAborted);
        return new EmptyResult();
    }
}
