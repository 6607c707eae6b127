using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Sasaeai.Tests.Browser;

/// <summary>What becomes of one request on its way.</summary>
public enum Passage
{
    Through,

    /// <summary>The server never hears of it.</summary>
    LostOnTheWay,

    /// <summary>The server has done it, but the browser does not get the answer.</summary>
    AnswerLost,

    /// <summary>The answer breaks off in its middle.</summary>
    AnswerTorn,

    /// <summary>Something before the server answers 503.</summary>
    Refused,
}

/// <summary>
/// A bad line between the browser and the program: it really closes connections. Playwright's own routes miss what a page
/// asks for while a service worker starts.
/// </summary>
public sealed class Connection : IAsyncDisposable
{
    private readonly HttpClient server = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
    private readonly WebApplication line;
    private readonly Uri program;

    private Connection(Uri program)
    {
        this.program = program;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        line = builder.Build();
        line.Urls.Add("http://127.0.0.1:0");
        line.Run(CarryAsync);
    }

    /// <summary>Asked once for each request; by default all get through. May be called at once for several.</summary>
    public Func<HttpRequest, Passage> Judge { get; set; } = _ => Passage.Through;

    public static async Task<Connection> OpenAsync(TestApp app)
    {
        var connection = new Connection(app.Address);
        await connection.line.StartAsync();
        return connection;
    }

    public Uri UrlOf(Town town, string path) => new(new Uri(line.Urls.First()), $"/{town.Slug}/{path}");

    public async ValueTask DisposeAsync()
    {
        await line.DisposeAsync();
        server.Dispose();
    }

    private async Task CarryAsync(HttpContext context)
    {
        var passage = Judge(context.Request);
        if (passage == Passage.LostOnTheWay)
        {
            context.Abort();
            return;
        }

        if (passage == Passage.Refused)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        using var answer = await server.SendAsync(RequestOf(context.Request), HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
        if (passage == Passage.AnswerLost)
        {
            await answer.Content.ReadAsByteArrayAsync();
            context.Abort();
            return;
        }

        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.NonValidated.Concat(answer.Content.Headers.NonValidated).Where(header => header.Key != "Transfer-Encoding"))
        {
            context.Response.Headers[name] = values.ToArray();
        }

        if (passage == Passage.AnswerTorn)
        {
            await answer.Content.ReadAsByteArrayAsync();
            context.Response.ContentLength = 1_000_000;
            await context.Response.WriteAsync("{");
            await context.Response.Body.FlushAsync();
            context.Abort();
            return;
        }

        await answer.Content.CopyToAsync(context.Response.Body);
    }

    private HttpRequestMessage RequestOf(HttpRequest asked)
    {
        var request = new HttpRequestMessage(new HttpMethod(asked.Method), new Uri(program, asked.Path + asked.QueryString));
        if (asked.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true)
        {
            request.Content = new StreamContent(asked.Body);
        }

        foreach (var (name, values) in asked.Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, values.ToArray()))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, values.ToArray());
            }
        }

        return request;
    }
}
