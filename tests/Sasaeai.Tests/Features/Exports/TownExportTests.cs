using System.Net;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Sasaeai.Features.Accounts;
using Sasaeai.Tables;
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
        foreach (var noun in new[] { "resources", "organizations", "areas", "population" })
        {
            foreach (var format in new[] { "Csv", "CsvCp932", "Xlsx" })
            {
                var answer = await officer.GetAsync($"exports?handler=File&noun={noun}&format={format}", TestContext.Current.CancellationToken);
                Assert.Equal("attachment", answer.Content.Headers.ContentDisposition!.DispositionType);
                using var table = TableReader.Open(new MemoryStream(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)), format == "Xlsx" ? "a.xlsx" : "a.csv");
                Assert.Equal(noun switch { "resources" => 1, "areas" => 4, _ => 0 }, table.Rows.Count());
            }
        }

        Assert.Equal(12L, await town.ScalarAsync($"select count(*) from app.audit_entry where municipality_id = {town.Id} and verb = 'export' and account_id is not null"));
    }

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
