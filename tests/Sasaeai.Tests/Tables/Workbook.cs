using System.IO.Compression;
using System.Text;

namespace Sasaeai.Tests.Tables;

/// <summary>Workbooks as Excel writes them, down to the parts that the tests need to bend.</summary>
internal sealed class Workbook
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Package = "http://schemas.openxmlformats.org/package/2006";

    /// <summary>The rows of the sheet as XML.</summary>
    public required string Rows { get; init; }

    /// <summary>What stands before the root of the sheet, such as a document type.</summary>
    public string Prolog { get; init; } = "";

    /// <summary>The shared strings as XML.</summary>
    public string SharedStrings { get; init; } = "";

    /// <summary>Number formats; cell style n (from 1) has the n-th.</summary>
    public string[] NumberFormats { get; init; } = [];

    public (string Name, byte[] Content)[] OtherFiles { get; init; } = [];

    public MemoryStream File()
    {
        var formats = string.Concat(NumberFormats.Index().Select(format => $"""<numFmt numFmtId="{170 + format.Index}" formatCode="{format.Item}"/>"""));
        var styles = string.Concat(NumberFormats.Index().Select(format => $"""<xf numFmtId="{170 + format.Index}" applyNumberFormat="1"/>"""));
        return Zip([
            ("[Content_Types].xml", Utf8($"""<Types xmlns="{Package}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>""")),
            ("_rels/.rels", Utf8($"""<Relationships xmlns="{Package}/relationships"><Relationship Id="rId1" Type="{Office}/officeDocument" Target="xl/workbook.xml"/></Relationships>""")),
            ("xl/workbook.xml", Utf8($"""<workbook xmlns="{Main}" xmlns:r="{Office}"><sheets><sheet name="地域資源" sheetId="1" r:id="rId1"/></sheets></workbook>""")),
            ("xl/_rels/workbook.xml.rels", Utf8($"""<Relationships xmlns="{Package}/relationships"><Relationship Id="rId1" Type="{Office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{Office}/styles" Target="styles.xml"/><Relationship Id="rId3" Type="{Office}/sharedStrings" Target="sharedStrings.xml"/></Relationships>""")),
            ("xl/styles.xml", Utf8($"""<styleSheet xmlns="{Main}"><numFmts>{formats}</numFmts><cellXfs><xf numFmtId="0"/>{styles}</cellXfs></styleSheet>""")),
            ("xl/sharedStrings.xml", Utf8($"""<sst xmlns="{Main}">{SharedStrings}</sst>""")),
            ("xl/worksheets/sheet1.xml", Utf8($"""{Prolog}<worksheet xmlns="{Main}"><sheetData>{Rows}</sheetData></worksheet>""")),
            .. OtherFiles,
        ]);
    }

    public static MemoryStream Zip(IEnumerable<(string Name, byte[] Content)> files)
    {
        var zipped = new MemoryStream();
        using (var zip = new ZipArchive(zipped, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(content);
            }
        }

        zipped.Position = 0;
        return zipped;
    }

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
