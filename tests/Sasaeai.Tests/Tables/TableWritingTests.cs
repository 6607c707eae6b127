using System.Text;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using FsCheck;
using FsCheck.Fluent;
using Sasaeai.Tables;

namespace Sasaeai.Tests.Tables;

public class TableWritingTests
{
    private static readonly Encoding cp932 = CodePagesEncodingProvider.Instance.GetEncoding(932)!;

    [Fact]
    public async Task A_csv_has_a_bom_crlf_and_iso_dates()
    {
        var (bytes, unmappable) = await Csv(CsvEncoding.Utf8Bom, ["名称", "日", "時", "数"], ["葛󠄀城, 会", new DateOnly(2020, 6, 15), new TimeOnly(9, 5), -3.5m], [null, null, null, 1200]);

        Assert.Equal(Encoding.UTF8.GetPreamble(), bytes[..3]);
        Assert.Equal("名称,日,時,数\r\n\"葛󠄀城, 会\",2020-06-15,09:05,-3.5\r\n,,,1200\r\n", Encoding.UTF8.GetString(bytes[3..]));
        Assert.Empty(unmappable);
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0")]
    [InlineData("-2+3+cmd", "'-2+3+cmd")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("＝1+A1", "'＝1+A1")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("-3", "-3")]
    [InlineData("-", "-")]
    [InlineData("+81 3-1234-5678", "+81 3-1234-5678")]
    [InlineData("'=1", "''=1")]
    [InlineData("a=1", "a=1")]
    [InlineData("'70年代", "'70年代")]
    public async Task Text_that_would_run_as_a_formula_gets_an_apostrophe(string text, string written)
    {
        var (bytes, _) = await Csv(CsvEncoding.Utf8Bom, ["a"], [text]);

        Assert.Equal($"a\r\n{written}\r\n", Encoding.UTF8.GetString(bytes[3..]));
        using var table = TableReader.Open(new MemoryStream(bytes), "x.csv");
        Assert.Equal(text, Assert.Single(table.Rows)[0]);
    }

    [Fact]
    public async Task What_cp932_cannot_carry_is_marked_and_told()
    {
        var (bytes, unmappable) = await Csv(CsvEncoding.Cp932, ["名称", "備考"],
            ["髙﨑①神", "10:00〜11:30 −3"], ["葛󠄀城", "𠮷野家👨‍👩‍👧です"], ["か\u3099ん", "café©"]);

        Assert.Equal("名称,備考\r\n髙﨑①神,10:00～11:30 －3\r\n葛城,〓野家〓です\r\nがん,caf〓〓\r\n", cp932.GetString(bytes));
        Assert.Equal(
            [new(3, "名称", "葛󠄀"), new(3, "備考", "𠮷"), new(3, "備考", "👨‍👩‍👧"), new(4, "備考", "é"), new(4, "備考", "©")],
            unmappable);
    }

    [Fact]
    public async Task The_list_of_lost_characters_has_an_end()
    {
        var (_, unmappable) = await Csv(CsvEncoding.Cp932, ["a"], [new string('é', 5_000)]);

        Assert.Equal(TableWriter.MostUnmappable, unmappable.Count);
    }

    [Fact]
    public async Task A_workbook_is_valid_and_holds_real_numbers_and_dates()
    {
        var bytes = await Xlsx("資源[一覧]/'", ["名称", "日", "時", "数", "長い番号", "真偽", "空"],
            ["=1+1", new DateOnly(2020, 6, 15), new TimeOnly(9, 5), -3.5m, 1234567890123456789L, true, null],
            ["改行\r\nあり <&> _x0041_ \a", new DateTime(2020, 6, 15, 10, 30, 0), new DateOnly(1899, 1, 1), double.NaN, 3, false, ""]);

        using var workbook = SpreadsheetDocument.Open(new MemoryStream(bytes), isEditable: false);
        Assert.Empty(new OpenXmlValidator().Validate(workbook, TestContext.Current.CancellationToken).Select(error => $"{error.Path?.XPath} {error.Description}"));
        Assert.Equal("資源 一覧", workbook.WorkbookPart!.Workbook.Descendants<DocumentFormat.OpenXml.Spreadsheet.Sheet>().Single().Name!.Value);
        Assert.Empty(workbook.WorkbookPart.WorksheetParts.Single().Worksheet.Descendants<DocumentFormat.OpenXml.Spreadsheet.CellFormula>());

        using var table = TableReader.Open(new MemoryStream(bytes), "x.xlsx");
        Assert.Equal(["名称", "日", "時", "数", "長い番号", "真偽", "空"], table.Header);
        Assert.Equal(
            [
                ["=1+1", "2020-06-15", "09:05", "-3.5", "1234567890123456789", "TRUE", ""],
                ["改行\nあり <&> _x0041_ \a", "2020-06-15 10:30", "1899-01-01", "NaN", "3", "FALSE", ""],
            ],
            table.Rows.Select(row => row.Cells));
    }

    [Fact]
    public async Task A_text_too_long_for_a_cell_of_Excel_is_refused_by_row_and_column()
    {
        var refused = await Assert.ThrowsAsync<TableRefusedException>(() => Xlsx("s", ["備考"], [new string('あ', 32_768)]));

        Assert.Contains("2行目の「備考」は32,767文字を超える", refused.Message);
    }

    [Fact]
    public void Whatever_is_written_is_read_again()
    {
        Prop.ForAll(ArbMap.Default.GeneratorFor<NonNull<string>>().ArrayOf(3).ToArbitrary(), texts =>
        {
            var values = texts.Select(text => new string([.. text.Get.Where(c => c != 0 && !char.IsSurrogate(c))])).ToArray();
            if (values.All(string.IsNullOrWhiteSpace))
            {
                return true;
            }

            var csv = ReadBack(Csv(CsvEncoding.Utf8Bom, ["a", "b", "c"], values).GetAwaiter().GetResult().Bytes, "x.csv");
            var xlsx = ReadBack(Xlsx("s", ["a", "b", "c"], values).GetAwaiter().GetResult(), "x.xlsx");
            return csv.SequenceEqual(values) && xlsx.SequenceEqual(values.Select(value => value.Replace("\r\n", "\n")));
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("xlsx")]
    public async Task Rows_are_sent_while_they_come(string kind)
    {
        var file = new MemoryStream();
        var sent = new List<long>();

        async IAsyncEnumerable<IReadOnlyList<object?>> Rows()
        {
            for (var n = 0; n < 100_000; n++)
            {
                if (n % 20_000 == 0)
                {
                    sent.Add(file.Length);
                    await Task.Yield();
                }

                yield return [n, $"サロン{n * 7919L % 100_003}", new DateOnly(2020, 1, 1).AddDays(n % 1000)];
            }
        }

        await (kind == "csv"
            ? TableWriter.WriteCsvAsync(new OneWayStream(file), ["a", "b", "c"], Rows(), CsvEncoding.Utf8Bom, TestContext.Current.CancellationToken)
            : TableWriter.WriteXlsxAsync(new OneWayStream(file), "s", ["a", "b", "c"], Rows(), TestContext.Current.CancellationToken));

        Assert.All(sent.Index().Skip(1), at => Assert.InRange(at.Item, (file.Length * at.Index / 5) - 200_000, file.Length));
    }

    private static IReadOnlyList<string> ReadBack(byte[] bytes, string name)
    {
        using var table = TableReader.Open(new MemoryStream(bytes), name);
        return Assert.Single(table.Rows.ToList()).Cells;
    }

    private static async Task<(byte[] Bytes, IReadOnlyList<UnmappableCharacter> Unmappable)> Csv(CsvEncoding encoding, string[] header, params object?[][] rows)
    {
        var file = new MemoryStream();
        var unmappable = await TableWriter.WriteCsvAsync(new OneWayStream(file), header, rows.ToAsyncEnumerable(), encoding);
        return (file.ToArray(), unmappable);
    }

    private static async Task<byte[]> Xlsx(string sheetName, string[] header, params object?[][] rows)
    {
        var file = new MemoryStream();
        await TableWriter.WriteXlsxAsync(new OneWayStream(file), sheetName, header, rows.ToAsyncEnumerable());
        return file.ToArray();
    }
}
