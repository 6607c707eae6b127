using System.Net;
using System.Text;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Exports;
using Sasaeai.Features.Resources;
using Sasaeai.Tables;
using Sasaeai.Tests.Features.Imports;
using Sasaeai.Web;

namespace Sasaeai.Tests.Features.Exports;

public class TownExportTests(TestApp app)
{
    [Fact]
    public async Task An_officer_takes_each_list_in_each_form_and_that_is_recorded()
    {
        var town = await app.CreateTownAsync();
        await town.PublishAsync("ひだまりサロン", ["1001"]);
        var officer = await app.SignedInAsync(town, Role.Officer);

        var page = await officer.GetPageAsync("exports");
        Assert.DoesNotContain("操作の記録", page.QuerySelectorAll("main section h2").Select(heading => heading.TextContent));
        foreach (var noun in new[] { "resources", "organizations", "areas", "population", "published-resources", "published-organizations" })
        {
            foreach (var format in new[] { "Csv", "CsvCp932", "Xlsx" })
            {
                var answer = await officer.GetAsync($"exports?handler=File&noun={noun}&format={format}", TestContext.Current.CancellationToken);
                Assert.Equal("attachment", answer.Content.Headers.ContentDisposition!.DispositionType);
                using var table = TableReader.Open(new MemoryStream(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)), format == "Xlsx" ? "a.xlsx" : "a.csv");
                Assert.Equal(noun switch { "resources" or "published-resources" => 1, "areas" => 4, _ => 0 }, table.Rows.Count());
            }
        }

        Assert.Equal(18L, await town.ScalarAsync($"select count(*) from app.audit_entry where municipality_id = {town.Id} and verb = 'export' and account_id is not null"));
    }

    /// <summary>閉域網の中の町から、公開用の町へ: nothing that the public may not know is in the file, and what ended inside ends outside.</summary>
    [Fact]
    public async Task What_is_public_goes_to_another_installation_and_nothing_else()
    {
        var (inside, outside) = (await app.CreateTownAsync(), await app.CreateTownAsync());
        var shown = await inside.PublishAsync("ひだまりサロン", ["1001"], content => content with
        {
            Phone = new() { Value = "0999-11-1111", Publish = true }, Email = new() { Value = "himitsu@example.jp" }, Person = new() { Value = "秘密 花子" }, Note = "職員だけのメモ",
            Address = "本町一丁目九八七番地", AddressDetail = AddressDetail.Block, Venue = "秘密さん宅", Lat = 36.1234, Lng = 139.5678, FeeYen = 100,
        });
        await inside.PublishAsync("内部の記録", ["1001"], content => content with { Audience = Audience.Internal, Phone = new() { Value = "0999-22-2222", Publish = true } });
        await inside.PublishAsync("同意のない記録", ["1001"], content => content with { ConsentedOn = null });

        var file = await PublishedAsync(inside);
        var text = Encoding.UTF8.GetString(file);
        Assert.Contains("0999-11-1111", text);
        foreach (var secret in new[] { "himitsu", "秘密", "メモ", "九八七", "36.1234", "内部の記録", "0999-22-2222", "同意のない" })
        {
            Assert.DoesNotContain(secret, text);
        }

        var taken = await outside.ImportAsync("resources", file, "a.csv");
        Assert.Equal((1, 0), (taken.Report.Created, taken.Report.Refused));
        Assert.Empty(taken.Missing);
        Assert.Empty(taken.Match.Unmatched);
        Assert.Contains("ひだまりサロン", await OutsideAsync());

        await inside.InAsync(async (db, services) =>
        {
            (await db.GetAsync<Resource>(shown)).End(DateTimeOffset.UtcNow);
            await db.SaveChangesAsync();
        });
        file = await PublishedAsync(inside);
        Assert.DoesNotContain("ひだまりサロン", Encoding.UTF8.GetString(file));
        Assert.Equal(0, (await outside.ImportAsync("resources", file, "a.csv")).Report.Refused);
        Assert.DoesNotContain("ひだまりサロン", await OutsideAsync());
        Assert.DoesNotContain("掲載を終えた記録", await OutsideAsync());

        async Task<string> OutsideAsync()
        {
            using var visitor = app.ClientFor(outside);
            return await visitor.GetStringAsync("open-data?handler=File&form=events&format=Csv", TestContext.Current.CancellationToken) + (await visitor.GetPageAsync("resources?q=" + Uri.EscapeDataString("ひだまり"))).QuerySelector("main")!.TextContent.Replace("「ひだまり」", "");
        }
    }

    private static Task<byte[]> PublishedAsync(Town town) => town.InAsync(async (db, _) =>
    {
        using var file = new MemoryStream();
        await (await new TownExports(db).OfAsync("published-resources")).WriteAsync(file, ExportFormat.Csv);
        return file.ToArray();
    });

    [Fact]
    public async Task What_shift_jis_cannot_write_is_told_before_the_file_is_taken()
    {
        var town = await app.CreateTownAsync();
        await town.PublishAsync("𠮷野家のサロン", ["1001"]);
        var officer = await app.SignedInAsync(town, Role.Officer);

        var page = await officer.GetPageAsync("exports?handler=Check&noun=resources");
        Assert.Equal(["2行目", "名称", "𠮷"], page.QuerySelectorAll("tbody tr > *").Select(cell => cell.TextContent));
        Assert.Contains("すべてシフトJISで書けます", (await officer.GetPageAsync("exports?handler=Check&noun=areas")).Body!.TextContent);
    }

    [Theory]
    [InlineData(Role.Coordinator)]
    [InlineData(Role.Counsellor)]
    [InlineData(Role.Prefecture)]
    public async Task Only_officers_take_lists_along(Role role)
    {
        var town = await app.CreateTownAsync();
        var person = await app.SignedInAsync(town, role);
        foreach (var path in new[] { "exports", "exports?handler=File&noun=resources&format=Csv", "exports?handler=Check&noun=resources" })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await person.GetAsync(path, TestContext.Current.CancellationToken)).StatusCode);
        }
    }

    [Fact]
    public async Task The_audit_trail_is_for_administrators_and_an_unknown_list_is_not_found()
    {
        var town = await app.CreateTownAsync();
        var (officer, administrator) = (await app.SignedInAsync(town, Role.Officer), await app.SignedInAsync(town, Role.Administrator));
        Assert.Equal(HttpStatusCode.NotFound, (await officer.GetAsync("exports?handler=File&noun=audit&format=Csv", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await administrator.GetAsync("exports?handler=File&noun=audit&format=Csv", TestContext.Current.CancellationToken)).StatusCode);
        foreach (var path in new[] { "exports?handler=File&noun=accounts&format=Csv", "exports?handler=File", "exports?handler=Check&noun=<script>", "exports?handler=File&noun=areas&format=7" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await administrator.GetAsync(path, TestContext.Current.CancellationToken)).StatusCode);
        }
    }

    [Theory]
    [InlineData("exports")]
    [InlineData("open-data")]
    public void Whole_lists_are_handed_out_one_at_a_time(string route)
    {
        var page = app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().First(endpoint => endpoint.RoutePattern.RawText!.Trim('/') == route);
        Assert.Equal(RateLimits.Export, page.Metadata.GetMetadata<EnableRateLimitingAttribute>()!.PolicyName);
    }
}
