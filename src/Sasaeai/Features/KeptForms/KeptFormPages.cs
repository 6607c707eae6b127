using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Core.Infrastructure;
using Microsoft.AspNetCore.Mvc.Filters;
using Sasaeai.Features.SignIns;

namespace Sasaeai.Features.KeptForms;

public static class KeptFormPages
{
    /// <summary>
    /// Answers a form that came without a session with the sign-in page, at the form's own address and without a
    /// redirect: what was typed is too long, and too private, for an address. Runs before routing.
    /// </summary>
    public static void UseKeptForms(this WebApplication app) => app.Use((context, next) => HttpMethods.IsPost(context.Request.Method) ? AnswerAsync(context, next) : next(context));

    private static async Task AnswerAsync(HttpContext context, RequestDelegate next)
    {
        await next(context);
        if (context.RequestServices.GetRequiredService<KeptFormStore>().OfThisRequest is null || context.Response.HasStarted)
        {
            return;
        }

        context.Request.Method = HttpMethods.Get;
        context.Request.Path = SignIn.Path;
        context.Request.QueryString = QueryString.Empty;
        context.Features.Set<IFormFeature>(new FormFeature(FormCollection.Empty));
        context.SetEndpoint(null);
        context.Request.RouteValues.Clear();
        await next(context);
    }
}

/// <summary>A form whose antiforgery token is too old, or of another session, is shown again with a fresh one.</summary>
public sealed class StaleTokenFilter(KeptFormStore keptForms) : IAsyncAlwaysRunResultFilter
{
    public async Task OnResultExecutionAsync(ResultExecutingContext context, ResultExecutionDelegate next)
    {
        if (context.Result is IAntiforgeryValidationFailedResult && await keptForms.ReadAsync(context.HttpContext) is { } form)
        {
            context.Result = keptForms.Show(form, StatusCodes.Status400BadRequest);
        }

        await next();
    }
}
