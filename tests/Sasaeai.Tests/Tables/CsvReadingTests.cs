using System.Text;
using Sasaeai.Tables;

namespace Sasaeai.Tests.Tables;

public class CsvReadingTests
{
    private static readonly Encoding cp932 = CodePagesEncodingProvider.Instance.GetEncoding(932)!;

    [Theory]
    [InlineData("utf-8", false, ",", "\r\n")]
    [InlineData("utf-8", true, ",", "\n")]
    [InlineData("utf-8", true, "\t", "\r\n")]
    [InlineData("utf-8", false, ";", "\n")]
    [InlineData("shift_jis", false, ",", "\r\n")]
    [InlineData("shift_jis", false, "\t", "\r\n")]
    public void Encodings_separators_and_line_ends_of_municipalities_read_alike(string encoding, bool marked, string separator, string lineEnd)
    {
        var text = string.Join(lineEnd, $" 名称 {separator}住所", $"ソ能表十の会{separator}髙﨑町①", $"\"二行の{lineEnd}名{separator}\"\"前\"\"\"{separator}本町");
        var bytes = (encoding == "utf-8" ? Encoding.UTF8 : cp932).GetBytes(text);

        using var table = Open(marked ? [.. Encoding.UTF8.GetPreamble(), .. bytes] : bytes);

        Assert.Equal(["名称", "住所"], table.Header);
        var rows = table.Rows.ToList();
        Assert.Equal([(2, "ソ能表十の会", "髙﨑町①"), (3, $"二行の{lineEnd}名{separator}\"前\"", "本町")],
            rows.Select(row => (row.Number, row["名称"], row[1])));
    }

    [Fact]
    public void Rows_are_numbered_as_Excel_shows_them()
    {
        using var table = Open("\n\n名称,備考\nあ,\"1\n2\n3\"\n\n,\nい,x\n");

        Assert.Equal([(4, "あ"), (7, "い")], table.Rows.Select(row => (row.Number, row["名称"])));
    }

    [Fact]
    public void Uneven_rows_are_read_and_reported()
    {
        using var table = Open("a,b,c,\n1\n1,2,3,4\n1,2,3,\n1,2,\n");

        var rows = table.Rows.ToList();

        Assert.Equal(["", "", "4"], [rows[0]["c"], rows[0][99], rows[1][3]]);
        Assert.Equal([2, 3], table.Problems.Select(problem => problem.Row));
        Assert.Equal("列の数が見出しと合いません（見出しは3列、この行は4列）。列のずれがないか確かめてください。", table.Problems[1].Reason);
    }

    [Fact]
    public void A_quote_inside_a_cell_is_an_ordinary_character()
    {
        using var table = Open("a,b\n5\" 管,\"x\"\n次,y\n");

        Assert.Equal(["5\" 管", "次"], table.Rows.Select(row => row["a"]));
    }

    [Fact]
    public void Bytes_of_no_encoding_are_refused_with_the_row()
    {
        var bytes = Encoding.UTF8.GetBytes("名称,住所\n\"あ\nい\",本町\n").Concat<byte>([0xFF, 0xFE, 0x80]).ToArray();

        AssertRefused("3行目の文字が読めません", bytes);
        AssertRefused("文字が読めません", [.. "名称\n"u8, 0xE3, 0x81]);
    }

    [Fact]
    public void Broken_bytes_far_into_the_file_are_found_before_the_first_row_is_used()
    {
        var text = "名称\n" + string.Concat(Enumerable.Repeat("ふれあいサロン本町\n", 10_000));

        AssertRefused("10002行目の文字が読めません", [.. Encoding.UTF8.GetBytes(text), 0xE3, 0xFF, (byte)'\n']);
    }

    [Fact]
    public void A_character_across_the_blocks_of_reading_is_whole()
    {
        foreach (var encoding in new[] { Encoding.UTF8, cp932 })
        {
            var name = new string('髙', 30_000);
            var bytes = encoding.GetBytes("ab\n" + string.Join('\n', name, name + "x", name));

            using var table = Open(bytes);

            Assert.Equal([30_000, 30_001, 30_000], table.Rows.Select(row => row[0].Length));
        }
    }

    [Fact]
    public void A_quote_left_open_is_one_sentence_with_the_row() =>
        AssertRefused("3行目の「\"」が閉じられていません。", "名称,備考\nあ,\"x\ny\"\nい,\"z\n" + string.Concat(Enumerable.Repeat("う,え\n", 50_000)));

    [Fact]
    public void Nul_bytes_and_utf16_are_refused()
    {
        AssertRefused("2行目に、文字ではないデータ（NUL）があります。", "a\nb\0c\n");
        AssertRefused("UTF-16", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("名称\n")]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n,\n \n")]
    public void An_empty_file_is_refused(string text) => AssertRefused("ファイルが空です。", text);

    [Fact]
    public void Each_limit_refuses_with_a_sentence()
    {
        const string text = "a,b\n1,2\n3,4\n";
        AssertRefused("上限は1行", text, new TableLimits { Rows = 1 });
        AssertRefused("上限は1列", text, new TableLimits { Columns = 1 });
        AssertRefused("上限は5）", text, new TableLimits { Cells = 5 });
        AssertRefused("上限は3文字", "a\n1234\n", new TableLimits { CellLength = 3 });
        AssertRefused("ファイルが大きすぎます", text, new TableLimits { UploadedBytes = 5 });

        using var atTheLimits = Open(text, new TableLimits { Rows = 2, Columns = 2, Cells = 6, CellLength = 1, UploadedBytes = text.Length });
        Assert.Equal(2, atTheLimits.Rows.Count());
    }

    [Fact]
    public void A_stream_that_cannot_seek_is_read_within_the_same_limits()
    {
        using var table = TableReader.Open(new OneWayStream(new MemoryStream("a\n1\n"u8.ToArray())), "x.csv");
        Assert.Single(table.Rows);

        Assert.Throws<TableRefusedException>(() => TableReader.Open(
            new OneWayStream(new MemoryStream(new byte[11])), "x.csv", new TableLimits { UploadedBytes = 10 }));
    }

    [Fact]
    public void Rows_are_handed_out_while_the_file_is_read()
    {
        var file = new MemoryStream(Encoding.UTF8.GetBytes("名称,住所\n" + string.Concat(Enumerable.Range(0, 100_000).Select(n => $"サロン{n},本町{n}番地\n"))));
        using var table = TableReader.Open(file, "x.csv");

        var ahead = table.Rows.Where(row => row.Number % 10_000 == 0).Max(row => file.Position - (file.Length * row.Number / 100_000));

        Assert.InRange(ahead, 0, 600_000);
    }

    private static TableReader Open(byte[] bytes, TableLimits? limits = null) => TableReader.Open(new MemoryStream(bytes), "一覧.csv", limits);

    private static TableReader Open(string text, TableLimits? limits = null) => Open(Encoding.UTF8.GetBytes(text), limits);

    private static void AssertRefused(string sentence, string text, TableLimits? limits = null) => AssertRefused(sentence, Encoding.UTF8.GetBytes(text), limits);

    private static void AssertRefused(string sentence, byte[] bytes, TableLimits? limits = null)
    {
        var refused = Assert.Throws<TableRefusedException>(() =>
        {
            using var table = Open(bytes, limits);
            _ = table.Rows.Count();
        });
        Assert.Contains(sentence, refused.Message);
    }
}
