using System.Collections.Concurrent;
using System.Reflection;
using Deque.AxeCore.Playwright;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Organizations;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Voices;
using Sasaeai.Tests.Features.Imports;

namespace Sasaeai.Tests.Browser;

/// <summary>Walks every page of the route table as everybody who may open it, so that no page can be forgotten.</summary>
public class EveryPageTests(TestApp app, Chromium chromium)
{
    private readonly ConcurrentBag<string> faults = [];
    private readonly ConcurrentDictionary<string, bool> seen = new();

    [Fact]
    public async Task Every_page_is_accessible_and_fits_a_phone_for_everybody_who_may_open_it()
    {
        var town = await app.CreateTownAsync();
        var ids = await FillAsync(town);
        var pages = await PagesAsync();
        var ways = pages.ToDictionary(page => page.Template, page => PathOf(page.Template, ids));

        await Parallel.ForEachAsync([null, Role.Coordinator, Role.Officer, Role.Administrator, Role.GroupKeeper], new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (Role? role, CancellationToken _) =>
            await WalkAsync(town, role, pages.Where(page => page.IsPublic == role is null).Select(page => (page.Template, ways[page.Template]))));

        Assert.Empty(faults.Order());
        Assert.Empty(ways.Keys.Where(template => !seen.ContainsKey(template)).Order());
    }

    private async Task WalkAsync(Town town, Role? role, IEnumerable<(string Template, string Path)> pages)
    {
        var page = await chromium.OpenAsync(app.UrlOf(town, "sign-ins/new"));
        if (role is { } known)
        {
            await page.GetByLabel("メールアドレス").FillAsync(await town.AddAccountAsync(known, organization: "D1"));
            await page.GetByLabel("パスワード").FillAsync(Town.Password);
            await page.GetByRole(AriaRole.Button, new() { Name = "サインインする" }).ClickAsync();
            await page.WaitForURLAsync("**/today");
        }

        var errors = new List<string>();
        page.Console += (_, message) => { if (message.Type == "error") { errors.Add(message.Text); } };
        foreach (var (template, path) in pages)
        {
            errors.Clear();
            await page.SetViewportSizeAsync(1280, 900);
            var answer = await page.GotoAsync(app.UrlOf(town, path).ToString());
            if (answer!.Status == 403 && role is not Role.Administrator)
            {
                continue;
            }

            seen[template] = true;
            void Fault(string what) => faults.Add($"{template} ({role?.ToString() ?? "resident"}): {what}");
            if (answer.Status != 200)
            {
                Fault($"answers {answer.Status}");
                continue;
            }

            await CheckAsync(page, 1280, Fault);
            await CheckAsync(page, 360, Fault);
            if (role is null || template.EndsWith("/edit", StringComparison.Ordinal))
            {
                await page.EvaluateAsync("document.documentElement.dataset.textSize = 'extra-large'");
                await CheckWidthAsync(page, 320, Fault);
            }

            errors.ForEach(Fault);
        }

        await page.Context.CloseAsync();
    }

    private static async Task CheckAsync(IPage page, int width, Action<string> fault)
    {
        await CheckWidthAsync(page, width, fault);
        foreach (var violation in (await page.RunAxe()).Violations)
        {
            fault($"{violation.Id} at {width}: {string.Join(' ', violation.Nodes.Select(node => node.Html))}");
        }

        var missing = await page.EvaluateAsync<string[]>("""
            () => [
              document.querySelectorAll("h1").length !== 1 && `${document.querySelectorAll("h1").length} headings h1`,
              document.documentElement.lang !== "ja" && "lang is not ja",
              !/^.+ \| .+$|ささえあい/.test(document.title) && `title is ${document.title}`,
              ...[...document.querySelectorAll("input:not([type=hidden]), select, textarea")].filter(e => !e.labels?.length && !e.ariaLabel).map(e => `no label: ${e.outerHTML}`),
            ].filter(Boolean)
            """);
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

    private sealed record SitePage(string Template, bool IsPublic);

    /// <summary>All pages people look at; the patterns have their own tests, and files are no pages.</summary>
    private async Task<IReadOnlyList<SitePage>> PagesAsync()
    {
        var loader = app.Services.GetRequiredService<PageLoader>();
        var pages = new List<SitePage>();
        foreach (var page in app.Services.GetRequiredService<IActionDescriptorCollectionProvider>().ActionDescriptors.Items.OfType<PageActionDescriptor>())
        {
            var template = page.AttributeRouteInfo!.Template!;
            if (template.EndsWith("/Index", StringComparison.Ordinal) || template.EndsWith("/index", StringComparison.Ordinal) || template.StartsWith("patterns", StringComparison.Ordinal) || template.EndsWith("/file", StringComparison.Ordinal))
            {
                continue;
            }

            var model = (await loader.LoadAsync(page, Microsoft.AspNetCore.Http.EndpointMetadataCollection.Empty)).ModelTypeInfo!;
            pages.Add(new(template, model.GetCustomAttribute<AllowAnonymousAttribute>() is not null));
        }

        Assert.True(pages.Count > 60);
        return pages;
    }

    private static string PathOf(string template, IReadOnlyDictionary<string, string> ids) =>
        System.Text.RegularExpressions.Regex.Replace(template, @"\{(\w+)[^}]*\}", hole =>
            hole.Groups[1].Value is "id" or "code" or "token"
                ? template.EndsWith("?}", StringComparison.Ordinal) ? "" : ids[template[..template.IndexOf('/', StringComparison.Ordinal)]]
                : ids[hole.Groups[1].Value]);

    /// <summary>One of everything that a page shows, by the first word of the page's route.</summary>
    private async Task<Dictionary<string, string>> FillAsync(Town town)
    {
        var now = DateTimeOffset.UtcNow;
        var organization = await town.InAsync(async (db, _) =>
        {
            var added = new Organization("D1", new OrganizationContent { Name = "本町たすけあいの会", Kind = "02", Phone = new() { Value = "000-0000-0000", Publish = true } }, now);
            db.Add(added);
            await db.SaveChangesAsync();
            return added.Id;
        });
        var id = await town.PublishAsync("ひだまりサロン", ["1001"], content => content with
        {
            OrganizationId = organization, Description = "お茶を飲みながら話します。", Venue = "東公民館", Address = "本町一丁目2-3", Lat = 36.1, Lng = 139.6,
            Phone = new() { Value = "000-0000-0000", Publish = true }, FeeKind = "2", FeeYen = 100, BarrierFree = ["01"],
        });
        var coordinator = await app.SignedInAsync(town, Role.Coordinator);
        await coordinator.PressAsync(await coordinator.GetPageAsync($"records/{id}/edit"), "修正案を送る", ("会場", "西公民館"), ("変更の説明", "会場が変わった"));
        var ended = await town.PublishAsync("おわった会", ["1001"], content => content with { OrganizationId = organization });
        var officer = await app.SignedInAsync(town, Role.Officer);
        await officer.SubmitAsync(await officer.GetPageAsync($"records/{ended}/endings/new"));
        var imported = await officer.UploadAsync("resources", "管理番号,名称,分類\nX1,青空の会,1001\n");
        await town.AddAccountAsync(Role.Counsellor);
        var token = ConfirmationRequest.NewToken();
        return await town.InAsync(async (db, _) =>
        {
            var report = new MistakeReport { ResourceId = id, Receipt = "100000000001", Text = "曜日がちがう", CreatedAt = now };
            var voice = new Voice { Receipt = "100000000002", Source = VoiceSource.PublicForm, Text = "ゴミ出しを手伝ってほしい", CreatedAt = now };
            db.AddRange(report, voice, new ConfirmationRequest { ResourceId = id, TokenDigest = ConfirmationRequest.Digest(token), SentHow = SentHow.Letter, SentAt = now, SentBy = "職員", ExpiresAt = now.AddDays(30) });
            await db.SaveChangesAsync();
            var member = db.Memberships.First(row => row.Role == Role.Counsellor);
            return new Dictionary<string, string>
            {
                ["resources"] = $"{id}", ["records"] = $"{id}", ["organizations"] = $"{organization}", ["operators"] = $"{organization}", ["areas"] = "Z1",
                ["revisions"] = $"{db.Revisions.First(row => row.ResourceId == id).Id}", ["voices"] = $"{voice.Id}", ["receipts"] = $"{voice.Id}", ["mistake-reports"] = $"{report.Id}",
                ["confirmations"] = token, ["imports"] = new Uri(imported.Url).Segments[^1], ["accounts"] = $"{member.AccountId}", ["membershipId"] = $"{member.Id}",
            };
        });
    }
}
