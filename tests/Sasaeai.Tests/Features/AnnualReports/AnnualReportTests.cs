using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using AngleSharp;
using AngleSharp.Dom;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using W = DocumentFormat.OpenXml.Wordprocessing;
using Sasaeai.Features;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Indicators;
using Sasaeai.Tables;
using Sasaeai.Tests.Commands;
using Sasaeai.Web;
using DemoCommand = Sasaeai.Commands.Demo;

namespace Sasaeai.Tests.Features.AnnualReports;

/// <summary>The yearly paper of みほん市, whose records give every figure of meetings, activities and outreach that a town printed for H30 and R1.</summary>
public class AnnualReportTests(DemoTown demo) : IClassFixture<DemoTown>
{
    /// <summary>The demo town's own names for the places of the printed table.</summary>
    private static readonly Dictionary<string, string> Names = new()
    {
        ["南畑地域会議"] = "天神橋地域会議", ["気楽にいこう会（座談会等）"] = "気楽に話そう会（座談会等）", ["視察の受け入れ（水谷東地域支え愛隊）"] = "視察の受け入れ（北畑たすけあい組）",
    };

    /// <summary>Where the paper prints a figure of the fixture: table, its row, its column (and what stands over it).</summary>
    private static (string Table, string[] Row, string Column, string? Group) PlaceOf(TableRow figure)
    {
        var (series, kind, year) = (figure["series"], figure["kind"], figure["fiscal_year"] == "R1" ? "R元年度" : $"{figure["fiscal_year"]}年度");
        string NamedIn(string text) => Names.GetValueOrDefault(text, text);
        return series switch
        {
            "推進会議等 開催回数" => ("meetings_target", ["開催回数"], year, "第7期計画 目標値"),
            _ when series.StartsWith("開催回数（", StringComparison.Ordinal) => ("meetings_result", [series], year, "第7期計画 実績（見込）値"),
            _ when series.Contains("圏域 ", StringComparison.Ordinal) => ("efforts", [series[..4], NamedIn(series[5..])], year, null),
            "活動回数" when kind == "第7期目標" => ("activities_target", ["活動回数"], year, "第7期計画 目標値"),
            _ when series.StartsWith("活動回数", StringComparison.Ordinal) => ("activities_result", [series == "活動回数" ? series : series[4..]], year, "第7期計画 実績（見込）値"),
            "活動報告イベント 参加人数" => ("reporting_event", ["参加人数"], year, null),
            _ when series.StartsWith("普及啓発 ", StringComparison.Ordinal) => ("outreach", [series[8..^1]], series[5..7], year),
            _ when series.StartsWith("うち出前講座 ", StringComparison.Ordinal) => ("outreach", ["上記のうち、出前講座の依頼"], series[7..], year),
            "気楽にいこう会 参加実人数" => ("gatherings", ["気楽に話そう会（座談会等）"], "参加実人数（累計）", null),
            _ => ("gatherings", ["気楽に話そう会（座談会等）"], "コアメンバー（現在）", null),
        };
    }

    [Fact]
    public async Task The_demo_towns_paper_has_every_printed_figure_cell_by_cell()
    {
        using var fixture = new FileStream(Path.Combine(AppContext.BaseDirectory, "Fixtures", "fujimi_meetings.csv"), FileMode.Open, FileAccess.Read);
        using var figures = TableReader.Open(fixture, "fujimi_meetings.csv");
        var printed = figures.Rows.Where(row => !row["series"].StartsWith("水谷東", StringComparison.Ordinal)).ToList();     // the mutual-help group's own ledger
        Assert.Equal(48, printed.Count);

        var json = await JsonAsync("R1");
        var tables = TablesOf(json);
        var wrong = new List<string>();
        foreach (var figure in printed)
        {
            var place = PlaceOf(figure);
            var cell = CellOf(tables, place);
            if (cell?.Value != decimal.Parse(figure["value"]))
            {
                wrong.Add($"{figure["series"]} {figure["fiscal_year"]} {figure["kind"]}: {figure["value"]} printed, {cell?.Value?.ToString() ?? "nothing"} in {place.Table}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        var efforts = tables["efforts"];
        Assert.Equal(printed.Count(figure => figure["series"].Contains("圏域 ", StringComparison.Ordinal)), efforts.Rows.SelectMany(row => row.Skip(2)).Count(cell => cell.Value is not null));     // and no other
    }

    [Fact]
    public async Task The_page_and_the_file_of_html_print_what_the_json_says()
    {
        var tables = TablesOf(await JsonAsync("R1"));
        var file = await demo.App.RunAsync("report", "annual", "--town", DemoCommand.Slug, "--fiscal-year", "令和元年度");
        using var person = await SignedInAsync("shokuin@mihon.example.jp");
        var whole = await BrowsingContext.New(Configuration.Default).OpenAsync(answer => answer.Content(file.Text), TestContext.Current.CancellationToken);
        foreach (var page in new[] { whole, await person.GetPageAsync("annual-reports/2019") })
        {
            Assert.Equal(["① 生活支援体制整備推進会議等の継続的な開催", "② 生活支援コーディネーターの活動の拡大"], page.QuerySelectorAll("article h2").Select(heading => heading.TextContent));
            Assert.Equal(tables.Keys, page.QuerySelectorAll("article table").Select(table => table.Id!));
            foreach (var (code, table) in tables)
            {
                Assert.Equal(table.Rows.Select(row => string.Join('|', row.Select(cell => cell.Text))), Grid(page.QuerySelector($"#{code}")!));
            }

            Assert.Equal(5, page.QuerySelectorAll("article .situation h4").Count(title => title.TextContent == "【現状・課題】"));
        }

        Assert.Empty(whole.QuerySelectorAll("script, link, img, [style], article a"));
    }

    [Fact]
    public async Task Each_figure_leads_to_as_many_records_as_it_says()
    {
        using var person = await SignedInAsync("sc1@mihon.example.jp");
        var page = await person.GetPageAsync("annual-reports/R1");
        foreach (var link in page.QuerySelectorAll("#efforts a, #meetings_result a, #activities_result a, #outreach a").Where(link => !link.TextContent.EndsWith('名')))
        {
            var list = await person.GetPageAsync(link.GetAttribute("href")!);
            Assert.Contains($"{link.TextContent.TrimEnd('回')}回", list.QuerySelector(".lead strong")!.TextContent);
        }
    }

    [Fact]
    public async Task Another_year_shows_its_own_period_and_nothing_of_the_time_after_it()
    {
        var earlier = TablesOf(await JsonAsync("H30"));
        Assert.Equal(["圏域", "会議", "H30年度"], earlier["efforts"].Columns.Select(column => column.Name));
        Assert.Equal([3m, null, null], earlier["meetings_result"].Rows[0].Skip(1).Take(3).Select(cell => cell.Value));
        var later = TablesOf(await JsonAsync("R3"));
        Assert.Contains(later["meetings_target"].Columns, column => column.Group == "第8期計画 目標値" && column.Name == "R5年度");
    }

    [Fact]
    public async Task The_workbook_has_one_table_a_sheet_its_header_in_the_first_row_and_no_merged_cell()
    {
        var tables = TablesOf(await JsonAsync("R1"));
        var file = (await demo.App.RunAsync("report", "annual", "--town", DemoCommand.Slug, "--fiscal-year", "R1", "--format", "xlsx")).Bytes;

        using var workbook = SpreadsheetDocument.Open(new MemoryStream(file), false);
        Assert.Empty(new OpenXmlValidator(DocumentFormat.OpenXml.FileFormatVersions.Office2019).Validate(workbook, TestContext.Current.CancellationToken).Select(error => $"{error.Path?.XPath}: {error.Description}"));
        using var zip = new ZipArchive(new MemoryStream(file));
        var sheets = zip.Entries.Where(entry => entry.FullName.StartsWith("xl/worksheets/", StringComparison.Ordinal)).ToList();
        Assert.Equal(tables.Count, sheets.Count);
        Assert.All(sheets, sheet => Assert.DoesNotContain("mergeCell", Text(sheet), StringComparison.Ordinal));
        Assert.Contains("第7期計画 実績（見込）値 H30年度", Text(sheets[1]), StringComparison.Ordinal);
        Assert.Contains("<v>815</v>", string.Concat(sheets.Select(Text)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_word_file_is_valid_and_its_headings_and_tables_are_real_ones()
    {
        var file = (await demo.App.RunAsync("report", "annual", "--town", DemoCommand.Slug, "--fiscal-year", "R1", "--format", "docx")).Bytes;

        using var document = WordprocessingDocument.Open(new MemoryStream(file), false);
        Assert.Empty(new OpenXmlValidator(DocumentFormat.OpenXml.FileFormatVersions.Office2019).Validate(document, TestContext.Current.CancellationToken).Select(error => $"{error.Path?.XPath}: {error.Description}"));
        var body = document.MainDocumentPart!.Document!.Body!;
        var styles = document.MainDocumentPart.StyleDefinitionsPart!.Styles!.Elements<W.Style>().Select(style => style.StyleId!.Value).ToHashSet();
        var used = body.Descendants<W.ParagraphStyleId>().Select(style => style.Val!.Value!).ToHashSet();
        Assert.Subset(styles!, used!);
        Assert.Superset(new HashSet<string> { "Title", "Heading1", "Heading2", "Heading3", "Caption", "TableHeading", "TableNumber" }, used);
        Assert.Equal(TablesOf(await JsonAsync("R1")).Count, body.Elements<W.Table>().Count());
        Assert.All(body.Elements<W.Table>(), table => Assert.NotNull(table.Elements<W.TableRow>().First().TableRowProperties!.GetFirstChild<W.TableHeader>()));
    }

    [Fact]
    public async Task The_pdf_is_tagged_has_its_fonts_and_can_be_read()
    {
        using var person = await SignedInAsync("iin@mihon.example.jp");
        var answer = await person.GetAsync("annual-reports/2019?handler=File&format=Pdf", TestContext.Current.CancellationToken);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("application/pdf", answer.Content.Headers.ContentType!.MediaType);
        var path = Path.Combine(demo.App.Settings.DataFolder, "paper.pdf");
        await File.WriteAllBytesAsync(path, await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);

        Assert.Contains("Tagged:          yes", await SaidAsync("pdfinfo", path));
        Assert.Contains("A4", await SaidAsync("pdfinfo", path));
        Assert.DoesNotContain(" no  no  ", await SaidAsync("pdffonts", path));
        var text = (await SaidAsync("pdftotext", path, "-")).Replace("\n", "", StringComparison.Ordinal);
        Assert.Contains("生活支援体制整備事業について", text);
        Assert.Contains("815", text);
        Assert.Matches(@"\n\s*1\s*/\s*[1-9]\s*$", await SaidAsync("pdftotext", "-l", "1", "-layout", path, "-"));
    }

    [Fact]
    public async Task A_town_with_an_indicator_for_each_layer_has_its_targets_too_and_an_area_without_a_meeting_says_so()
    {
        var town = await demo.App.CreateTownAsync();
        await Indicators.IndicatorTests.PlanAsync(town, 7);
        foreach (var (layer, numbers) in new[] { (IndicatorLayer.First, new[] { 2, 2, 3 }), (IndicatorLayer.Second, [10, 12, 14]) })
        {
            var indicator = await Indicators.IndicatorTests.AddAsync(town, new() { Name = $"開催回数 {layer}", Unit = "回", Layer = layer, RuleCode = "council_meetings", Counting = "x", FromYear = 2018 });
            await town.InAsync(async (db, _) =>
            {
                foreach (var (back, number) in numbers.Index())
                {
                    var value = IndicatorValue.For(db.IndicatorDefinitions.Single(definition => definition.IndicatorId == indicator), ValueKind.Target, new Sasaeai.Features.Indicators.Cell(2018 + back, layer));
                    value.Set(new Quantity(number), "計画", "x", DateTimeOffset.UtcNow);
                    db.Add(value);
                }

                await db.SaveChangesAsync();
            });
        }

        var page = await (await demo.App.SignedInAsync(town, Role.Officer)).GetPageAsync("annual-reports/2019");

        Assert.Equal(["開催回数|12|14|17", "開催回数（第1層）|2|2|3", "開催回数（第2層）|10|12|14"], Grid(page.QuerySelector("#meetings_target")!));
        Assert.Equal(["第1圏域|開いた会議はありません||", "第2圏域|開いた会議はありません||"], Grid(page.QuerySelector("#efforts")!));
    }

    [Fact]
    public async Task Without_a_browser_the_pdf_is_refused_in_one_sentence()
    {
        var printer = new Printer(demo.App.Settings with { Chromium = "/no/such/browser" });
        var error = await Assert.ThrowsAsync<RuleBrokenException>(() => printer.PrintAsync("<p>x</p>", TestContext.Current.CancellationToken));
        Assert.Equal("PDFを作るブラウザー(SASAEAI_CHROMIUM の /no/such/browser)が見つかりません。場所を確かめるか、HTMLを開いて印刷してください。", error.Message);
    }

    [Fact]
    public async Task The_command_says_what_is_wrong_with_its_words()
    {
        var wrong = await demo.App.RunAsync("report", "annual", "--town", DemoCommand.Slug, "--fiscal-year", "R99x");
        Assert.Equal((1, "「R99x」を年度として読めません。R1、H30、令和元年度、2019 のように指定してください。"), (wrong.Code, wrong.Errors.Trim()));
        Assert.Equal(2, (await demo.App.RunAsync("report", "annual", "--town", DemoCommand.Slug)).Code);
        Assert.Equal(2, (await demo.App.RunAsync("report", "annual", "--town", DemoCommand.Slug, "--fiscal-year", "R1", "--format", "doc")).Code);
    }

    private async Task<JsonElement> JsonAsync(string year)
    {
        var ran = await demo.App.RunAsync("report", "annual", "--town", DemoCommand.Slug, "--fiscal-year", year, "--format", "json");
        Assert.True(ran.Code == 0, ran.Errors);
        return JsonDocument.Parse(ran.Bytes).RootElement;
    }

    private async Task<HttpClient> SignedInAsync(string email)
    {
        var client = demo.App.ClientFor(demo.Town);
        await client.SubmitAsync(await client.GetPageAsync("sign-ins/new"), ("メールアドレス", email), ("パスワード", DemoCommand.Password));
        return client;
    }

    private sealed record Cell(string Text, decimal? Value);

    private sealed record Table(IReadOnlyList<(string? Group, string Name)> Columns, IReadOnlyList<IReadOnlyList<Cell>> Rows);

    private static Dictionary<string, Table> TablesOf(JsonElement report) => report.GetProperty("tables").EnumerateArray().ToDictionary(table => table.GetProperty("code").GetString()!, table => new Table(
        [.. table.GetProperty("columns").EnumerateArray().Select(column => (column.TryGetProperty("group", out var group) ? group.GetString() : null, column.GetProperty("name").GetString()!))],
        [.. table.GetProperty("rows").EnumerateArray().Select(row => (IReadOnlyList<Cell>)[.. row.EnumerateArray().Select(cell => new Cell(cell.GetProperty("text").GetString()!, cell.TryGetProperty("value", out var value) ? value.GetDecimal() : null))])]));

    private static Cell? CellOf(Dictionary<string, Table> tables, (string Table, string[] Row, string Column, string? Group) place)
    {
        if (!tables.TryGetValue(place.Table, out var table))
        {
            return null;
        }

        var column = table.Columns.ToList().FindIndex(one => one.Name == place.Column && one.Group == place.Group);
        var row = table.Rows.FirstOrDefault(cells => place.Row.Select((heading, index) => index == 0 && place.Row.Length > 1 ? cells[0].Text.StartsWith(heading, StringComparison.Ordinal) : cells[index].Text == heading).All(same => same));
        return column < 0 ? null : row?[column];
    }

    /// <summary>The body of a table as rows of text, with headings that stand for several rows repeated.</summary>
    private static List<string> Grid(IElement table)
    {
        var open = new Dictionary<int, (int Left, string Text)>();
        var rows = new List<string>();
        foreach (var row in table.QuerySelectorAll("tbody tr"))
        {
            var cells = new List<string>();
            var next = new Queue<IElement>(row.Children);
            for (var column = 0; next.Count > 0 || open.GetValueOrDefault(column).Left > 0; column++)
            {
                if (open.TryGetValue(column, out var spanning) && spanning.Left > 0)
                {
                    cells.Add(spanning.Text);
                    open[column] = (spanning.Left - 1, spanning.Text);
                    continue;
                }

                var cell = next.Dequeue();
                cells.Add(cell.TextContent);
                open[column] = (int.Parse(cell.GetAttribute("rowspan") ?? "1") - 1, cell.TextContent);
            }

            rows.Add(string.Join('|', cells));
        }

        return rows;
    }

    private static string Text(ZipArchiveEntry entry)
    {
        using var reader = new StreamReader(entry.Open(), Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private static async Task<string> SaidAsync(string program, params string[] words)
    {
        using var process = Process.Start(new ProcessStartInfo(program, words) { RedirectStandardOutput = true })!;
        var said = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return said;
    }
}
