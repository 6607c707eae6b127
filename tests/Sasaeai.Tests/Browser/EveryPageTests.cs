using System.Collections.Concurrent;
using Deque.AxeCore.Commons;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Sasaeai.Features.ConfirmationRequests;
using Sasaeai.Features.Issues;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Voices;
using Sasaeai.Tests.Commands;
using Sasaeai.Tests.Features.Imports;
using DemoCommand = Sasaeai.Commands.Demo;

namespace Sasaeai.Tests.Browser;

/// <summary>
/// Follows the links of みほん市 from its home page as everybody who uses it, opens one page of every address, and looks at
/// each as a browser does: so a page that is added later is tested without being named, and one that no link leads to is found.
/// </summary>
[Collection(nameof(DemoTown))]
public class EveryPageTests(DemoTown demo, Chromium chromium)
{
    /// <summary>A page differs with what it shows; the first is looked at, and the links of some more are followed.</summary>
    private const int Alike = 6;

    /// <summary>So many people look closely at each page; others only see that it opens and fits a phone.</summary>
    private const int Looks = 2;

    /// <summary>Pages that need a state which the demo town does not have, or what a form asks for; their own tests open them.</summary>
    private static readonly string[] Rare = ["accounts/{id:guid}/reopenings/new", "check-ins/{token}", "groups/{id:guid}/ledger/points/new", "groups/{id:guid}/members/erasures/new", "groups/{id:guid}/help-categories/{categoryId:guid}/edit", "groups/{id:guid}/members/imports/{uploadId:guid}", "groups/{id:guid}/members/imports/{uploadId:guid}/undoings/new", "groups/{id:guid}/requests/{requestId:guid}/series/edit", "groups/{id:guid}/tickets/{typeId:guid}/sheet", "groups/{id:guid}/visits/{visitId:guid}/accompaniments/new", "groups/{id:guid}/visits/{visitId:guid}/introductions/new", "helper/{token}", "helper/{token}/reports/new", "issues/{id:guid}/unmergings/new", "meetings/{id:guid}/minutes/history", "outreaches/{id:guid}/edit", "voices/{id:guid}/takings/new"];

    private readonly ConcurrentBag<string> faults = [];
    private readonly ConcurrentDictionary<string, int> opened = new();
    private IReadOnlyList<PageAddress> addresses = [];

    [Fact]
    public async Task Every_page_is_linked_accessible_and_fits_a_phone_for_everybody_who_may_open_it()
    {
        addresses = Addresses();
        var sentByPaper = await SentByPaperAsync();
        (string? Person, string[] Ways)[] walks =
        [
            ("kanri@mihon.example.jp", ["", "account/recovery-codes", "account/recovery-codes/new", "sign-ins/codes/new", .. await PressedAsync()]), (null, ["", .. sentByPaper]), ("shokuin@mihon.example.jp", [""]), ("sc-chuo@mihon.example.jp", [""]),
            ("sewa-sasaetai@mihon.example.jp", [""]), ("iin@mihon.example.jp", [""]), ("soudan-kitahata@mihon.example.jp", [""]), ("ken@mihon.example.jp", [""]),
        ];

        await Parallel.ForEachAsync(walks, new ParallelOptions { MaxDegreeOfParallelism = 3 }, async (walk, _) => await WalkAsync(walk.Person, walk.Ways));

        var unlinked = addresses.Select(address => address.Template).Except(Rare).Where(template => !opened.ContainsKey(template)).Select(template => $"{template}: no link leads here");
        Assert.True(faults.IsEmpty && !unlinked.Any(), string.Join('\n', faults.Concat(unlinked).Order()));
    }

    /// <summary>Opens every address that a link of an opened page leads to, once.</summary>
    private async Task WalkAsync(string? person, string[] ways)
    {
        var page = await chromium.OpenAsync(At("sign-ins/new"));
        await page.AddInitScriptAsync(new BundledAxeScriptProvider().GetScript());
        if (person is not null)
        {
            await page.GetByLabel("メールアドレス").FillAsync(person);
            await page.GetByLabel("パスワード").FillAsync(DemoCommand.Password);
            await page.GetByRole(AriaRole.Button, new() { Name = "サインインする" }).ClickAsync();
            await page.WaitForURLAsync(address => !address.Contains("sign-ins", StringComparison.Ordinal));
        }

        var watch = System.Diagnostics.Stopwatch.StartNew();
        var errors = new List<string>();
        page.Console += (_, message) => { if (message.Type == "error") { errors.Add(message.Text); } };
        var ahead = new Queue<string>(ways.Select(way => At(way).ToString()));
        var known = new Dictionary<string, int>();
        var asked = new HashSet<string>();
        while (ahead.TryDequeue(out var url))
        {
            if (!asked.Add(url.Split('#')[0]) || AddressOf(url) is not { } address || known.GetValueOrDefault(address.Template) is var times && times == Alike)
            {
                continue;
            }

            known[address.Template] = times + 1;
            if (times > 0)
            {
                if (address.Template.Contains("{id", StringComparison.Ordinal))
                {
                    await FollowAsync(page, url, ahead);
                }

                continue;
            }

            errors.Clear();
            await page.SetViewportSizeAsync(1280, 900);
            var answer = await page.GotoAsync(url);
            void Fault(string what) => faults.Add($"{address.Template} ({person ?? "住民"}): {what}");
            if (answer!.Status != 200)
            {
                Fault($"answers {answer.Status} at {url}");
                continue;
            }

            foreach (var link in await page.EvaluateAsync<string[]>("[...document.querySelectorAll('a[href]:not([download])')].map(a => a.href)"))
            {
                ahead.Enqueue(link);
            }

            var looks = opened.AddOrUpdate(address.Template, 1, (_, before) => before + 1);
            var first = looks == 1;
            await (looks <= Looks ? CheckAsync(page, 360, Fault, contrast: first) : CheckWidthAsync(page, 360, Fault));
            if (first)
            {
                await CheckAsync(page, 1280, Fault, contrast: true);
                await page.EvaluateAsync("document.documentElement.dataset.textSize = 'extra-large'");
                await CheckWidthAsync(page, 320, Fault);
            }

            errors.ForEach(Fault);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{person ?? "住民"}: {known.Count} addresses in {watch.Elapsed.TotalSeconds:0} s");
        await page.Context.CloseAsync();
    }

    /// <summary>The links of a page that is like one already looked at.</summary>
    private static async Task FollowAsync(IPage page, string url, Queue<string> ahead)
    {
        var answer = await page.APIRequest.GetAsync(url);
        using var read = await new AngleSharp.Html.Parser.HtmlParser().ParseDocumentAsync(await answer.TextAsync(), TestContext.Current.CancellationToken);
        foreach (var link in read.QuerySelectorAll("main a[href]:not([download])"))
        {
            ahead.Enqueue(new Uri(new Uri(url), link.GetAttribute("href")!).ToString());
        }
    }

    private static async Task CheckAsync(IPage page, int width, Action<string> fault, bool contrast)
    {
        await CheckWidthAsync(page, width, fault);
        var missing = await page.EvaluateAsync<string[]>("""
            async contrast => [
              ...(await axe.run({ resultTypes: ["violations"], rules: { "color-contrast": { enabled: contrast } } })).violations.map(v => `${v.id} at ${innerWidth}: ${v.nodes.slice(0, 3).map(n => n.html).join(" ")}`),
              document.querySelectorAll("h1").length !== 1 && `${document.querySelectorAll("h1").length} headings h1`,
              document.documentElement.lang !== "ja" && "lang is not ja",
              !/^.+ \| .+$|ささえあい/.test(document.title) && `title is ${document.title}`,
              ...[...document.querySelectorAll("input:not([type=hidden]), select, textarea")].filter(e => !e.labels?.length && !e.ariaLabel).map(e => `no label: ${e.outerHTML}`),
            ].filter(Boolean)
            """, contrast);
        Array.ForEach(missing, fault);
    }

    private static async Task CheckWidthAsync(IPage page, int width, Action<string> fault)
    {
        await page.SetViewportSizeAsync(width, 900);
        var needed = await page.EvaluateAsync<int>("document.documentElement.scrollWidth");
        if (needed > width)
        {
            fault($"needs {needed} pixels where there are {width}");
        }
    }

    private Uri At(string path) => demo.App.UrlOf(demo.Town, path);

    /// <summary>The address that the page's route answers.</summary>
    private PageAddress? AddressOf(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Authority != demo.App.Address.Authority || !uri.AbsolutePath.StartsWith($"/{demo.Town.Slug}/", StringComparison.Ordinal))
        {
            return null;
        }

        var path = uri.AbsolutePath[(demo.Town.Slug.Length + 1)..].TrimEnd('/');
        return addresses.FirstOrDefault(address => address.Matches(path == "" ? "/" : path));
    }

    private sealed record PageAddress(string Template, decimal Precedence, TemplateMatcher Matcher)
    {
        public bool Matches(string path)
        {
            var values = new RouteValueDictionary();
            return Matcher.TryMatch(path, values) && Matcher.Template.Parameters.All(parameter =>
                !parameter.InlineConstraints.Any(constraint => constraint.Constraint == "guid") || values[parameter.Name!] is not string value || Guid.TryParse(value, out _));
        }
    }

    /// <summary>All pages people look at; the patterns have their own tests, and files are no pages.</summary>
    private IReadOnlyList<PageAddress> Addresses()
    {
        var templates = demo.App.Services.GetRequiredService<IActionDescriptorCollectionProvider>().ActionDescriptors.Items.OfType<PageActionDescriptor>()
            .Select(page => page.AttributeRouteInfo!.Template!)
            .Where(template => !template.EndsWith("/index", StringComparison.OrdinalIgnoreCase) && !template.StartsWith("patterns", StringComparison.Ordinal) && template is not ("municipalities" or "sign-out" or "text-size" or "issues/board/events") && !template.EndsWith("/file", StringComparison.Ordinal) && !template.Contains("/photos/", StringComparison.Ordinal));
        var found = templates.Distinct().Select(TemplateParser.Parse).Select(parsed => new PageAddress(parsed.TemplateText!, RoutePrecedence.ComputeInbound(parsed), new(parsed, []))).OrderBy(address => address.Precedence).ToList();
        Assert.True(found.Count > 60);
        return found;
    }

    /// <summary>Pages to which a letter, a mail or a slip leads.</summary>
    private Task<string[]> SentByPaperAsync() => demo.Town.InAsync(async (db, _) =>
    {
        var (token, now) = (ConfirmationRequest.NewToken(), DateTimeOffset.UtcNow);
        var voice = new Voice { Receipt = "100000000002", Source = VoiceSource.PublicForm, Text = "ゴミ出しを手伝ってほしい", CreatedAt = now };
        db.Add(voice);
        db.Add(new ConfirmationRequest { ResourceId = db.Resources.First().Id, TokenDigest = ConfirmationRequest.Digest(token), SentHow = SentHow.Letter, SentAt = now, SentBy = "職員", ExpiresAt = now.AddDays(30) });
        await db.SaveChangesAsync();
        return new[] { $"confirmations/{token}", $"receipts/{voice.Id}" };
    });

    /// <summary>Pages to which only a button leads: what an upload became, and the way back of a record that has ended.</summary>
    private async Task<string[]> PressedAsync()
    {
        using var officer = demo.App.ClientFor(demo.Town);
        await officer.SubmitAsync(await officer.GetPageAsync("sign-ins/new"), ("メールアドレス", "kanri@mihon.example.jp"), ("パスワード", DemoCommand.Password));
        var ended = await demo.Town.InAsync((db, _) => Task.FromResult(db.Resources.OrderBy(resource => resource.Id).Last(resource => resource.State == ResourceState.Published).Id));
        await officer.SubmitAsync(await officer.GetPageAsync($"records/{ended}/endings/new"));
        var imported = await officer.UploadAsync("resources", "管理番号,名称,分類\nX1,青空の会,1001\n");
        var closed = await demo.Town.InAsync((db, _) => Task.FromResult(db.Issues.First(issue => issue.State == IssueState.Solved).Id));
        return [$"imports/{new Uri(imported.Url).Segments[^1]}", $"records/{ended}/republications/new", $"issues/{closed}/reopenings/new"];
    }
}
