using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Features;

namespace Sasaeai.Web;

/// <summary>Shows the page again with the reason, so that no page needs a try of its own.</summary>
public sealed class RefusalFilter : IExceptionFilter
{
    public void OnException(ExceptionContext context)
    {
        switch (context.Exception)
        {
            case RuleBrokenException broken:
                ShowAgain(context, broken.Message);
                break;
            case DbUpdateConcurrencyException:
                ShowAgain(context, "ほかの人が先に変更しました。入力した内容は残してあります。新しい内容を確かめて、もう一度送ってください。");
                break;
            case NotFoundException:
                context.Result = new NotFoundResult();
                break;
            case ForbiddenException forbidden:
                context.HttpContext.Items["reason"] = forbidden.Message;
                context.Result = new StatusCodeResult(StatusCodes.Status403Forbidden);
                break;
        }
    }

    private static void ShowAgain(ExceptionContext context, string reason)
    {
        context.ModelState.AddModelError("", reason);
        context.Result = new PageResult { StatusCode = StatusCodes.Status422UnprocessableEntity };
    }
}

public static class PageModelExtensions
{
    /// <summary>Shows the page again with its errors. The status is 422, so nothing is committed.</summary>
    public static PageResult Invalid(this PageModel page) => new() { StatusCode = StatusCodes.Status422UnprocessableEntity };
}
