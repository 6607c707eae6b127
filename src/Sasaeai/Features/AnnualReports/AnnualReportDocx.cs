using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using Sasaeai.Japanese;

namespace Sasaeai.Features.AnnualReports;

/// <summary>The paper for Word: headings and captions are real styles, header rows repeat, nothing is a picture.</summary>
public static class AnnualReportDocx
{
    private const string Font = "游ゴシック";
    private const int PageWidth = 11906, PageHeight = 16838, Margin = 1134, TextWidth = PageWidth - 2 * Margin;     // A4 in twentieths of a point

    public static byte[] Write(AnnualReport report)
    {
        using var file = new MemoryStream();
        using (var document = WordprocessingDocument.Create(file, WordprocessingDocumentType.Document))
        {
            document.PackageProperties.Title = $"{AnnualReport.Title} {report.Year.Label}";
            document.PackageProperties.Creator = report.Town;
            document.PackageProperties.Language = "ja-JP";
            var main = document.AddMainDocumentPart();
            main.AddNewPart<StyleDefinitionsPart>().Styles = Styles();
            var footer = main.AddNewPart<FooterPart>();
            footer.Footer = new Footer(new Paragraph(new ParagraphProperties(new Justification { Val = JustificationValues.Center }),
                new Run(new FieldChar { FieldCharType = FieldCharValues.Begin }), new Run(new FieldCode("PAGE") { Space = SpaceProcessingModeValues.Preserve }), new Run(new FieldChar { FieldCharType = FieldCharValues.End })));
            main.Document = new Document(new Body([.. Content(report), Section(main.GetIdOfPart(footer))]));
        }

        return file.ToArray();
    }

    private static IEnumerable<OpenXmlElement> Content(AnnualReport report)
    {
        yield return Line($"{report.Town}　{report.Year.Label}", "Right");
        yield return Line(AnnualReport.Title, "Title");
        if (report.Heading != "")
        {
            yield return Line(report.Heading, "Subtitle");
        }

        foreach (var element in report.Parts.SelectMany(part => part switch
        {
            ReportHeading heading => [Line(heading.Text, $"Heading{heading.Level - 1}")],
            ReportText text => Text(text),
            ReportTable table => Table(table),
            _ => Enumerable.Empty<OpenXmlElement>(),
        }))
        {
            yield return element;
        }

        yield return Line($"{Wareki.Date(report.MadeOn)}に、記録から作りました。", "Right");
    }

    private static IEnumerable<OpenXmlElement> Text(ReportText text) => text.Text == "" ? [] :
        [.. text.Title is null ? Enumerable.Empty<OpenXmlElement>() : [Line(text.Title, "Heading3")], .. text.Text.ReplaceLineEndings("\n").Split('\n').Where(line => line.Trim() != "").Select(line => Line(line, text.Title is null ? "BodyText" : "Situation"))];

    private static IEnumerable<OpenXmlElement> Table(ReportTable table)
    {
        yield return Line(table.Caption, "Caption");
        var width = TextWidth / table.Columns.Count;
        var grid = new TableGrid(table.Columns.Select(_ => new GridColumn { Width = $"{width}" }));
        var properties = new TableProperties(new TableStyle { Val = "TableGrid" }, new TableWidth { Width = $"{TextWidth}", Type = TableWidthUnitValues.Dxa }, new TableLook { FirstRow = true, FirstColumn = true, NoVerticalBand = true });
        properties.Append(new TableCaption { Val = table.Caption });
        yield return new Table([properties, grid, .. Header(table), .. table.Rows.Select((_, row) => Row(table, row))]);
        yield return Line(table.Note, table.Note == "" ? "BodyText" : "Note");
    }

    private static IEnumerable<TableRow> Header(ReportTable table)
    {
        TableRow Repeated(IEnumerable<TableCell> cells) => new([new TableRowProperties(new CantSplit(), new TableHeader()), .. cells]);
        if (table.HasGroups)
        {
            yield return Repeated(Groups(table));
            yield return Repeated(table.Columns.Select(column => column.Group is null ? Merged("", MergedCellValues.Continue) : Cell(column.Name, "TableHeading")));
        }
        else
        {
            yield return Repeated(table.Columns.Select(column => Cell(column.Name, "TableHeading")));
        }
    }

    private static IEnumerable<TableCell> Groups(ReportTable table)
    {
        for (var column = 0; column < table.Columns.Count;)
        {
            if (table.Columns[column].Group is not { } group)
            {
                yield return Merged(table.Columns[column++].Name, MergedCellValues.Restart);
                continue;
            }

            var span = table.Columns.Skip(column).TakeWhile(other => other.Group == group).Count();
            var cell = Cell(group, "TableHeading");
            cell.PrependChild(new TableCellProperties(new GridSpan { Val = span }));
            yield return cell;
            column += span;
        }
    }

    private static TableRow Row(ReportTable table, int row) => new([new TableRowProperties(new CantSplit()), .. table.Rows[row].Select((cell, column) =>
        column >= table.Headings ? Cell(cell.Text, cell.Value is null ? "TableText" : "TableNumber")
        : column == table.Headings - 1 ? Cell(cell.Text, "TableHeading")
        : row > 0 && table.Rows[row - 1][column].Text == cell.Text ? Merged("", MergedCellValues.Continue) : Merged(cell.Text, MergedCellValues.Restart))]);

    private static TableCell Merged(string text, MergedCellValues merge)
    {
        var cell = Cell(text, "TableHeading");
        cell.PrependChild(new TableCellProperties(new VerticalMerge { Val = merge }));
        return cell;
    }

    private static TableCell Cell(string text, string style) => new(Line(text, style));

    private static Paragraph Line(string text, string style) => new(new ParagraphProperties(new ParagraphStyleId { Val = style }), new Run(new Text(text) { Space = SpaceProcessingModeValues.Preserve }));

    private static SectionProperties Section(string footer) => new(new FooterReference { Type = HeaderFooterValues.Default, Id = footer }, new PageSize { Width = PageWidth, Height = PageHeight }, new PageMargin { Top = Margin, Bottom = Margin, Left = Margin, Right = Margin, Header = 600, Footer = 600, Gutter = 0 });

    private static Styles Styles()
    {
        var language = new Languages { Val = "ja-JP", EastAsia = "ja-JP" };
        return new Styles(
            new DocDefaults(new RunPropertiesDefault(new RunPropertiesBaseStyle(new RunFonts { Ascii = Font, HighAnsi = Font, EastAsia = Font }, new FontSize { Val = "21" }, language)), new ParagraphPropertiesDefault()),
            Of("Normal", "Normal", null, 21), Of("BodyText", "Body Text", null, 21, after: 120), Of("Title", "Title", null, 32, bold: true, centre: true, after: 240), Of("Subtitle", "Subtitle", null, 24, after: 200),
            Of("Heading1", "heading 1", 0, 26, bold: true, before: 360, after: 120), Of("Heading2", "heading 2", 1, 23, bold: true, before: 240, after: 80), Of("Heading3", "heading 3", 2, 21, bold: true, before: 120, after: 40),
            Of("Caption", "caption", null, 20, bold: true, before: 160, after: 60, next: true), Of("Situation", "Situation", null, 20, after: 60, indent: 240), Of("Note", "Note", null, 18, after: 160), Of("Right", "Right", null, 20, right: true),
            Of("TableText", "Table Text", null, 19), Of("TableNumber", "Table Number", null, 19, right: true), Of("TableHeading", "Table Heading", null, 19, bold: true), Grid());
    }

    private static Style Of(string id, string name, int? outline, int size, bool bold = false, bool centre = false, bool right = false, int before = 0, int after = 0, int indent = 0, bool next = false)
    {
        var paragraph = new StyleParagraphProperties();
        if (outline is not null || next)
        {
            paragraph.Append(new KeepNext());
        }

        paragraph.Append(new SpacingBetweenLines { Before = $"{before}", After = $"{after}" });
        if (indent > 0)
        {
            paragraph.Append(new Indentation { Left = $"{indent}" });
        }

        if (centre || right)
        {
            paragraph.Append(new Justification { Val = centre ? JustificationValues.Center : JustificationValues.Right });
        }

        if (outline is { } level)
        {
            paragraph.Append(new OutlineLevel { Val = level });
        }

        var run = new StyleRunProperties();
        if (bold)
        {
            run.Append(new Bold());
        }

        run.Append(new FontSize { Val = $"{size}" });
        var style = new Style(new StyleName { Val = name }) { Type = StyleValues.Paragraph, StyleId = id, Default = id == "Normal" ? true : null };
        if (id != "Normal")
        {
            style.Append(new BasedOn { Val = "Normal" });
        }

        style.Append(new PrimaryStyle(), paragraph, run);
        return style;
    }

    private static Style Grid()
    {
        T Border<T>() where T : BorderType, new() => new() { Val = BorderValues.Single, Size = 4, Color = "404040" };
        return new Style(new StyleName { Val = "Table Grid" }, new StyleTableProperties(
            new TableBorders(Border<TopBorder>(), Border<LeftBorder>(), Border<BottomBorder>(), Border<RightBorder>(), Border<InsideHorizontalBorder>(), Border<InsideVerticalBorder>()),
            new TableCellMarginDefault(new TopMargin { Width = "40", Type = TableWidthUnitValues.Dxa }, new TableCellLeftMargin { Width = 100, Type = TableWidthValues.Dxa }, new BottomMargin { Width = "40", Type = TableWidthUnitValues.Dxa }, new TableCellRightMargin { Width = 100, Type = TableWidthValues.Dxa })))
        { Type = StyleValues.Table, StyleId = "TableGrid" };
    }
}
