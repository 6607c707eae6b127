using System.Globalization;
using System.IO.Compression;
using System.Security;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;

namespace Sasaeai.Tables;

/// <summary>
/// The few parts of a workbook of plain sheets (ECMA-376), written as a stream. The Open XML SDK is not used here because its
/// package keeps every part in memory until the end and writes synchronously, which the web server forbids.
/// </summary>
internal sealed partial class XlsxWriter : IDisposable
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string OfficeRelationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string PackageRelationships = "http://schemas.openxmlformats.org/package/2006/relationships";
    private const int SendAtBytes = 64 * 1024;

    // Positions in the cellXfs of the styles part.
    private const string HeaderStyle = "1", DateStyle = "2", DateTimeStyle = "3", TimeStyle = "4";

    private static readonly DateTime firstUsableDay = new(1900, 3, 1);

    private readonly Stream file;
    private readonly CancellationToken cancellation;
    private readonly OutgoingBytes outgoing = new();
    private readonly ZipArchive zip;
    private XmlWriter? current;
    private IReadOnlyList<string> header = [];
    private int sheets;
    private int row;

    public XlsxWriter(Stream file, IReadOnlyList<string> sheetNames, CancellationToken cancellation)
    {
        this.file = file;
        this.cancellation = cancellation;
        zip = new ZipArchive(outgoing, ZipArchiveMode.Create, leaveOpen: true);
        foreach (var (name, content) in Parts(Different(sheetNames.Select(SheetName))))
        {
            using var part = zip.CreateEntry(name).Open();
            part.Write(Encoding.UTF8.GetBytes(content));
        }
    }

    private XmlWriter Sheet => current ?? throw new InvalidOperationException("No sheet was begun.");

    /// <summary>What is written from here on stands on the next sheet.</summary>
    public void BeginSheet()
    {
        current?.Dispose();
        row = 0;
        current = XmlWriter.Create(zip.CreateEntry($"xl/worksheets/sheet{++sheets}.xml").Open(), new XmlWriterSettings { Encoding = new UTF8Encoding(false), CloseOutput = true });
        Sheet.WriteStartElement("worksheet", Main);
        Sheet.WriteRaw("""<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>""");
        Sheet.WriteStartElement("sheetData", Main);
    }

    /// <summary>Writes the next row; the first is the header.</summary>
    public async Task WriteAsync(IReadOnlyList<object?> values)
    {
        if (++row == 1)
        {
            header = [.. values.Select(CellText.Of)];
        }

        if (row > TableLimits.SheetRows)
        {
            throw new TableRefusedException($"Excelの1つのシートには{TableLimits.SheetRows:N0}行までしか入りません。CSVで書き出すか、条件を絞ってください。");
        }

        Sheet.WriteStartElement("row", Main);
        foreach (var value in values.Index())
        {
            WriteCell(value.Item, value.Index);
        }

        Sheet.WriteEndElement();
        if (outgoing.Length > SendAtBytes)
        {
            await outgoing.SendAsync(file, cancellation).ConfigureAwait(false);
        }
    }

    public async Task FinishAsync()
    {
        Dispose();
        await outgoing.SendAsync(file, cancellation).ConfigureAwait(false);
    }

    public void Dispose()
    {
        current?.Dispose();
        zip.Dispose();
    }

    private void WriteCell(object? value, int column)
    {
        switch (value)
        {
            case DateOnly date when date.ToDateTime(default) >= firstUsableDay:
                WriteNumber(date.ToDateTime(default).ToOADate(), DateStyle);
                break;
            case DateTime moment when moment >= firstUsableDay:
                WriteNumber(moment.ToOADate(), DateTimeStyle);
                break;
            case DateTimeOffset moment when moment.DateTime >= firstUsableDay:
                WriteNumber(moment.DateTime.ToOADate(), DateTimeStyle);
                break;
            case TimeOnly time:
                WriteNumber(time.ToTimeSpan().TotalDays, TimeStyle);
                break;
            case bool truth:
                WriteValue("b", truth ? "1" : "0", null);
                break;
            // Excel keeps 15 digits of a number: a longer one is a code and stays text.
            case sbyte or byte or short or ushort or int or uint or long or ulong or float or double or decimal
                when Math.Abs(Convert.ToDouble(value, CultureInfo.InvariantCulture)) < 1e15:
                WriteValue("n", CellText.Of(value), null);
                break;
            default:
                WriteText(CellText.Of(value), column);
                break;
        }
    }

    private void WriteNumber(double number, string style) => WriteValue("n", number.ToString("R", CultureInfo.InvariantCulture), style);

    private void WriteValue(string type, string value, string? style)
    {
        StartCell(type, style);
        Sheet.WriteElementString("v", Main, value);
        Sheet.WriteEndElement();
    }

    private void WriteText(string text, int column)
    {
        if (text.Length > TableLimits.SheetCellLength)
        {
            throw new TableRefusedException($"{row}行目の「{header.ElementAtOrDefault(column)}」は{TableLimits.SheetCellLength:N0}文字を超えるため、Excelのマスに入りません。CSVで書き出してください。");
        }

        if (text.Length == 0)
        {
            Sheet.WriteElementString("c", Main, null);
            return;
        }

        StartCell("inlineStr", row == 1 ? HeaderStyle : null);
        Sheet.WriteStartElement("is", Main);
        Sheet.WriteStartElement("t", Main);
        Sheet.WriteAttributeString("xml", "space", null, "preserve");
        Sheet.WriteString(Escaped(text));
        Sheet.WriteEndElement();
        Sheet.WriteEndElement();
        Sheet.WriteEndElement();
    }

    private void StartCell(string type, string? style)
    {
        Sheet.WriteStartElement("c", Main);
        Sheet.WriteAttributeString("t", type);
        if (style is not null)
        {
            Sheet.WriteAttributeString("s", style);
        }
    }

    /// <summary>Line breaks as Excel's own, and what XML cannot hold as _xHHHH_ (ECMA-376, ST_Xstring).</summary>
    private static string Escaped(string text) =>
        ToEscape().Replace(text.Replace("\r\n", "\n"), match => $"_x{(int)match.Value[0]:X4}_");

    [GeneratedRegex(@"[\0-\x08\x0B-\x1F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]|_(?=x[0-9A-Fa-f]{4}_)")]
    private static partial Regex ToEscape();

    [GeneratedRegex(@"[\[\]:*?/\\\p{C}]")]
    private static partial Regex ForbiddenInSheetName();

    private static string SheetName(string wanted)
    {
        var name = ForbiddenInSheetName().Replace(wanted, " ").Trim(' ', '\'');
        return name.Length == 0 ? "Sheet1" : name[..Math.Min(name.Length, 31)];
    }

    /// <summary>Excel refuses a workbook in which two sheets have one name.</summary>
    private static List<string> Different(IEnumerable<string> names)
    {
        var different = new List<string>();
        foreach (var name in names)
        {
            var other = name;
            for (var number = 2; different.Contains(other, StringComparer.OrdinalIgnoreCase); number++)
            {
                other = $"{name[..Math.Min(name.Length, 27)]} {number}";
            }

            different.Add(other);
        }

        return different;
    }

    private static IEnumerable<(string Name, string Content)> Parts(List<string> sheetNames)
    {
        const string contentTypes = "http://schemas.openxmlformats.org/package/2006/content-types";
        const string spreadsheet = "application/vnd.openxmlformats-officedocument.spreadsheetml";
        string Each(Func<int, string> part) => string.Concat(Enumerable.Range(1, sheetNames.Count).Select(part));
        yield return ("[Content_Types].xml", $"""
            <Types xmlns="{contentTypes}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{spreadsheet}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="{spreadsheet}.styles+xml"/>{Each(number => $"<Override PartName=\"/xl/worksheets/sheet{number}.xml\" ContentType=\"{spreadsheet}.worksheet+xml\"/>")}</Types>
            """);
        yield return ("_rels/.rels", $"""
            <Relationships xmlns="{PackageRelationships}"><Relationship Id="rId1" Type="{OfficeRelationships}/officeDocument" Target="xl/workbook.xml"/></Relationships>
            """);
        yield return ("xl/workbook.xml", $"""
            <workbook xmlns="{Main}" xmlns:r="{OfficeRelationships}"><sheets>{Each(number => $"<sheet name=\"{SecurityElement.Escape(sheetNames[number - 1])}\" sheetId=\"{number}\" r:id=\"rId{number}\"/>")}</sheets></workbook>
            """);
        yield return ("xl/_rels/workbook.xml.rels", $"""
            <Relationships xmlns="{PackageRelationships}">{Each(number => $"<Relationship Id=\"rId{number}\" Type=\"{OfficeRelationships}/worksheet\" Target=\"worksheets/sheet{number}.xml\"/>")}<Relationship Id="styles" Type="{OfficeRelationships}/styles" Target="styles.xml"/></Relationships>
            """);
        yield return ("xl/styles.xml", $"""
            <styleSheet xmlns="{Main}"><numFmts count="3"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/><numFmt numFmtId="165" formatCode="yyyy\-mm\-dd\ hh:mm"/><numFmt numFmtId="166" formatCode="hh:mm"/></numFmts><fonts count="2"><font><sz val="11"/><name val="游ゴシック"/></font><font><b/><sz val="11"/><name val="游ゴシック"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="5"><xf xfId="0"/><xf xfId="0" fontId="1" applyFont="1"/><xf xfId="0" numFmtId="164" applyNumberFormat="1"/><xf xfId="0" numFmtId="165" applyNumberFormat="1"/><xf xfId="0" numFmtId="166" applyNumberFormat="1"/></cellXfs></styleSheet>
            """);
    }

    /// <summary>Takes the archive's synchronous writes and sends them on asynchronously.</summary>
    private sealed class OutgoingBytes : MemoryStream
    {
        public override bool CanSeek => false;

        public async Task SendAsync(Stream file, CancellationToken cancellation)
        {
            await file.WriteAsync(GetBuffer().AsMemory(0, (int)Length), cancellation).ConfigureAwait(false);
            SetLength(0);
        }
    }
}
