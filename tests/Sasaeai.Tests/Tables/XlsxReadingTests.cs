using System.IO.Compression;
using FsCheck;
using FsCheck.Fluent;
using Sasaeai.Tables;

namespace Sasaeai.Tests.Tables;

public class XlsxReadingTests
{
    [Fact]
    public void Texts_numbers_dates_and_times_read_as_a_person_sees_them()
    {
        var workbook = new Workbook
        {
            NumberFormats = ["yyyy/m/d", "[$-411]ge\\.m\\.d", "h:mm", "000000", "yyyy\\-mm\\-dd\\ hh:mm", "#,##0", "0.0%", "[h]:mm"],
            SharedStrings = "<si><t>名称</t><rPh sb=\"0\" eb=\"2\"><t>メイショウ</t></rPh></si><si><r><t>ふれあい</t></r><r><t xml:space=\"preserve\"> サロン</t></r></si>",
            Rows = """
                <row r="3"><c r="A3" t="s"><v>0</v></c><c r="B3" t="inlineStr"><is><t>値</t></is></c></row>
                <row r="4"><c r="A4" t="s"><v>1</v></c><c r="B4"><v>300</v></c></row>
                <row r="6"><c r="A6" t="str"><f>"式"</f><v>式の結果</v></c><c r="B6"><v>0.30000000000000004</v></c></row>
                <row r="7"><c r="B7" s="1"><v>43997</v></c></row>
                <row r="8"><c r="B8" s="2"><v>43997</v></c></row>
                <row r="9"><c r="B9" s="3"><v>0.41666666666666669</v></c></row>
                <row r="10"><c r="B10" s="4"><v>92011</v></c></row>
                <row r="11"><c r="B11" s="5"><v>43997.4375</v></c></row>
                <row r="12"><c r="B12" s="6"><v>12000</v></c></row>
                <row r="13"><c r="B13" t="b"><v>1</v></c></row>
                <row r="14"><c r="B14"><v>9012345678</v></c></row>
                <row r="15"><c r="B15" s="7"><v>0.125</v></c></row>
                <row r="16"><c r="B16" s="8"><v>1</v></c></row>
                <row r="17"><c r="A17"><v>1E+20</v></c><c r="B17" t="e"><f>VLOOKUP(1,A1,1)</f><v>#N/A</v></c></row>
                <row r="18"><c r="B18" t="d"><v>2020-06-15</v></c></row>
                """,
        };

        using var table = TableReader.Open(workbook.File(), "一覧.xlsx");

        Assert.Equal(["名称", "値"], table.Header);
        Assert.Equal(
            [
                (4, "ふれあい サロン", "300"), (6, "式の結果", "0.3"), (7, "", "2020-06-15"), (8, "", "2020-06-15"), (9, "", "10:00"), (10, "", "092011"),
                (11, "", "2020-06-15 10:30"), (12, "", "12000"), (13, "", "TRUE"), (14, "", "9012345678"), (15, "", "0.125"), (16, "", "24:00"),
                (17, "1E+20", ""), (18, "", "2020-06-15"),
            ],
            table.Rows.Select(row => (row.Number, row[0], row[1])));
        Assert.Empty(table.Problems);
    }

    [Theory]
    [InlineData("名簿.xls", "古い形式のExcelファイル（.xls）")]
    [InlineData("名簿.xlsx", "パスワード")]
    [InlineData("名簿.xlsm", "マクロ")]
    public void Old_locked_and_macro_files_are_refused_by_what_to_do(string name, string sentence)
    {
        var refused = Assert.Throws<TableRefusedException>(() => TableReader.Open(new MemoryStream([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1]), name));

        Assert.Contains(sentence, refused.Message);
        Assert.Contains("保存し直してください", refused.Message);
    }

    [Fact]
    public void A_macro_under_another_name_is_refused() =>
        AssertRefused("マクロ", new Workbook { Rows = "", OtherFiles = [("xl/VBAPROJECT.BIN", [1])] }.File());

    [Fact]
    public void A_zip_bomb_is_refused_however_it_lies_about_its_size()
    {
        var bomb = new Workbook { Rows = "", OtherFiles = [("xl/media/image1.png", new byte[30_000_000])] }.File().ToArray();
        // The uncompressed size in the central directory (offset 24) and the local header (offset 22) of every file says 10 bytes.
        foreach (var (signature, offset) in new[] { (0x02014B50u, 24), (0x04034B50u, 22) })
        {
            for (var at = 0; at + 30 < bomb.Length; at++)
            {
                if (BitConverter.ToUInt32(bomb, at) == signature)
                {
                    BitConverter.GetBytes(10).CopyTo(bomb, at + offset);
                }
            }
        }

        AssertRefused("", new MemoryStream(bomb));
        AssertRefused("大きくなりすぎます", new Workbook { Rows = "", OtherFiles = [("xl/media/image1.png", new byte[30_000_000])] }.File());
        AssertRefused("大きくなりすぎます", new Workbook { Rows = "" }.File(), new TableLimits { UnpackedBytes = 100 });
        AssertRefused("中のファイルが多すぎます", new Workbook { Rows = "" }.File(), new TableLimits { PackedFiles = 3 });
    }

    [Fact]
    public void A_document_type_is_refused_so_no_outside_file_is_ever_read()
    {
        var secret = Path.GetTempFileName();
        try
        {
            AssertRefused("Excelファイルとして読めません", new Workbook
            {
                Prolog = $"""<!DOCTYPE worksheet [<!ENTITY x SYSTEM "file://{secret}">]>""",
                Rows = """<row r="1"><c r="A1" t="inlineStr"><is><t>&x;</t></is></c></row>""",
            }.File());
        }
        finally
        {
            File.Delete(secret);
        }
    }

    [Fact]
    public void Other_archives_and_text_named_xlsx_are_refused()
    {
        AssertRefused("Excelファイルとして読めません", Workbook.Zip([("word/document.xml", "<a/>"u8.ToArray())]));
        AssertRefused("Excelファイルとして読めません", new MemoryStream("名称,住所"u8.ToArray()));
    }

    [Fact]
    public void A_cell_far_away_is_refused_without_walking_there() =>
        AssertRefused("", new Workbook { Rows = """<row r="2000000000"><c r="A2000000000"><v>1</v></c></row>""" }.File());

    [Fact]
    public void Blank_cells_far_to_the_right_do_not_count()
    {
        using var table = TableReader.Open(new Workbook { Rows = """<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"/></row><row r="2"><c r="A2"><v>2</v></c></row>""" }.File(), "x.xlsx");

        Assert.Equal(["1"], table.Header);
        Assert.Equal("2", Assert.Single(table.Rows)[0]);
    }

    [Fact]
    public void Damaged_workbooks_are_read_or_refused_but_never_break()
    {
        var good = new Workbook { Rows = """<row r="1"><c r="A1"><v>1</v></c></row>""", SharedStrings = "<si><t>あ</t></si>" }.File().ToArray();
        var damages = ArbMap.Default.GeneratorFor<(int At, byte Value)>().ArrayOf(3).ToArbitrary();

        Prop.ForAll(damages, changes =>
        {
            var bytes = good.ToArray();
            foreach (var (at, value) in changes)
            {
                bytes[(int)((uint)(at * 7919) % bytes.Length)] = value;
            }

            try
            {
                using var table = TableReader.Open(new MemoryStream(bytes), "x.xlsx");
                return table.Rows.Count() >= 0;
            }
            catch (TableRefusedException)
            {
                return true;
            }
        }).QuickCheckThrowOnFailure();
    }

    private static void AssertRefused(string sentence, Stream file, TableLimits? limits = null)
    {
        var refused = Assert.Throws<TableRefusedException>(() =>
        {
            using var table = TableReader.Open(file, "一覧.xlsx", limits);
            _ = table.Rows.Count();
        });
        Assert.Contains(sentence, refused.Message);
    }
}
