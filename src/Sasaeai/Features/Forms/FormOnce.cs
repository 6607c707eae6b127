using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;

namespace Sasaeai.Features.Forms;

/// <summary>Marks a form that must make one record however often it is sent (double click, repeated reply).</summary>
[HtmlTargetElement("form-once", TagStructure = TagStructure.WithoutEndTag)]
public sealed class FormOnceTagHelper : TagHelper
{
    public const string Field = "form-once";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "input";
        output.TagMode = TagMode.SelfClosing;
        output.Attributes.SetAttribute("type", "hidden");
        output.Attributes.SetAttribute("name", Field);
        output.Attributes.SetAttribute("value", Guid.NewGuid().ToString());
    }
}

/// <summary>The page itself is the answer and cannot be shown twice; the form sent again leads to <paramref name="again"/>.</summary>
public sealed class OncePageResult(string again) : PageResult
{
    public string Again => again;
}

/// <summary>A form that was taken before leads to where it led then; one that is being taken is waited for.</summary>
public sealed class FormOnceFilter(LinkGenerator links) : IAsyncPageFilter
{
    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var request = context.HttpContext.Request;
        if (!HttpMethods.IsPost(request.Method) || !request.HasFormContentType || !Guid.TryParse(request.Form[FormOnceTagHelper.Field], out var key))
        {
            await next();
            return;
        }

        var db = context.HttpContext.RequestServices.GetRequiredService<AppDb>();   // public pages that are only read have none
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({key.ToString()}, {db.TownId}))");
        if (await db.FormReceipts.AsNoTracking().SingleOrDefaultAsync(receipt => receipt.Key == key) is { } taken)
        {
            context.Result = new LocalRedirectResult(taken.Location);
            return;
        }

        var done = await next();
        if (done.Exception is null && LocationOf(done) is { } location)
        {
            db.FormReceipts.Add(new FormReceipt { Key = key, Location = location });
            await db.SaveChangesAsync();
        }
    }

    private string? LocationOf(PageHandlerExecutedContext done) => done.Result switch
    {
        RedirectToPageResult page => links.GetPathByPage(done.HttpContext, page.PageName, page.PageHandler, page.RouteValues),
        OncePageResult page => done.HttpContext.Request.PathBase + page.Again,
        LocalRedirectResult local => done.HttpContext.Request.PathBase + local.Url.TrimStart('~'),
        _ => null,
    };
}
