using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Resources;

namespace Sasaeai.Features.Issues.Board;

/// <summary>Server-sent events for one open board: the stamp of the town's newest change, now and at each change.</summary>
public class EventsModel(AppDb db, CurrentPerson person, BoardNews news, IHostApplicationLifetime life) : PageModel
{
    private const string EventStream = "text/event-stream";
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(15);
    /// <summary>The browser then asks again, and whether the person is still signed in is looked at again.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        person.Require(person.CanSeeIssues());
        if (!Request.Headers.Accept.Contains(EventStream))
        {
            return StatusCode(StatusCodes.Status406NotAcceptable);     // whoever does not listen would wait for minutes
        }

        using var subscription = news.Subscribe(db.TownId);
        var stamp = (await StampAsync(db)).ToString(CultureInfo.InvariantCulture);
        Response.ContentType = EventStream;
        Response.Headers.CacheControl = "no-store";
        Response.Headers["X-Accel-Buffering"] = "no";
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation, life.ApplicationStopping);
        end.CancelAfter(Longest);
        try
        {
            await SendAsync($"retry: 1000\ndata: {stamp}\n\n");
            while (true)
            {
                using var beat = CancellationTokenSource.CreateLinkedTokenSource(end.Token);
                beat.CancelAfter(Beat);
                try
                {
                    await SendAsync($"data: {await subscription.News.ReadAsync(beat.Token)}\n\n");
                }
                catch (OperationCanceledException) when (!end.IsCancellationRequested)
                {
                    await SendAsync(":\n\n");
                }
            }
        }
        catch (OperationCanceledException)
        {
            return new EmptyResult();
        }

        async Task SendAsync(string text)
        {
            await Response.WriteAsync(text, end.Token);
            await Response.Body.FlushAsync(end.Token);
        }
    }

    /// <summary>Grows with each change of an issue of the town; milliseconds of the newest.</summary>
    public static async Task<long> StampAsync(AppDb db) => (await db.Issues.MaxAsync(issue => (DateTimeOffset?)issue.ChangedAt))?.ToUnixTimeMilliseconds() ?? 0;
}
