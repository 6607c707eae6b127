using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using Sasaeai.Japanese;

namespace Sasaeai.Features.Meetings.Minutes;

/// <summary>会議録 as a Word document that a town goes on working with: its headings, lists and tables are Word's own styles.</summary>
public static class MinutesDocument
{
    private const string Font = "游ゴシック";

    public static byte[] Write(MinutesSheet sheet)
    {
        using var stream = new MemoryStream();
        using (var document = WordprocessingDocument.Create(stream, WordprocessingDocumentType.Document))
        {
            document.PackageProperties.Title = $"{sheet.Meeting.Title} 会議録";
            document.PackageProperties.Creator = sheet.TownName;
            document.PackageProperties.Language = "ja-JP";
            var main = document.AddMainDocumentPart();
            main.AddNewPart<StyleDefinitionsPart>().Styles = Styles();
            main.AddNewPart<NumberingDefinitionsPart>().Numbering = Bullets();
            main.Document = new Document(new Body([.. Content(sheet), Page()]));
        }

        return stream.ToArray();
    }

    private static IEnumerable<OpenXmlElement> Content(MinutesSheet sheet)
    {
        var (meeting, content) = (sheet.Meeting, sheet.Content);
        yield return Text("Title", $"{meeting.Title} 会議録");
        yield return Table(["項目", "内容"],
        [
            ["日時", meeting.When], ["会場", meeting.Place], ["種類", $"{sheet.KindName}（第{meeting.Layer}層 {sheet.AreaName}）"],
            ["出席者", string.Join("、", content.Present) + (content.Heads > 0 ? $"（{content.Heads}人）" : "")], ["欠席者", string.Join("、", content.Absent)], ["資料", string.Join("、", content.Papers)],
            ["会議録", meeting.Minutes.InWords() + (meeting.CheckedBy is { } by ? $"（確認：{by}）" : "")],
        ]);
        foreach (var (number, item) in content.Items.Index())
        {
            yield return Text("Heading1", $"{number + 1}　{item.Title}{(item.Postponed ? "（次回に持ちこし）" : "")}");
            foreach (var line in item.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                yield return Text("Normal", line);
            }

            if (item.Decisions.Count > 0)
            {
                yield return Text("Heading2", "決まったこと");
            }

            foreach (var decision in item.Decisions)
            {
                yield return Text("ListBullet", decision);
            }

            if (item.Raised.Count > 0)
            {
                yield return Text("Heading2", "課題と引継ぎ");
            }

            foreach (var raised in item.Raised)
            {
                yield return Text("ListBullet", raised);
            }

            if (item.Tasks.Count > 0)
            {
                yield return Text("Heading2", "宿題");
                yield return Table(["内容", "担当", "期限"], item.Tasks.Select(task => new[] { task.Text, task.Owner, task.DueOn is { } due ? Wareki.Date(due) : "なし" }));
            }
        }
    }

    private static Paragraph Text(string style, string text) =>
        new(new ParagraphProperties(new ParagraphStyleId { Val = style }), new Run(new Text(text) { Space = SpaceProcessingModeValues.Preserve }));

    /// <summary>The first row is marked as heading, so that it repeats on the next page and is read out as such.</summary>
    private static Table Table(string[] header, IEnumerable<string[]> rows) => new(
    [
        new TableProperties(new TableStyle { Val = "TableGrid" }, new TableWidth { Width = "5000", Type = TableWidthUnitValues.Pct }, new TableLook { Val = "0020" }),
        new TableGrid(header.Select(_ => new GridColumn())),
        new TableRow([new TableRowProperties(new TableHeader()), .. header.Select(cell => new TableCell(new Paragraph(new Run(new RunProperties(new Bold()), new Text(cell)))))]),
        .. rows.Select(row => new TableRow(row.Select(cell => new TableCell(Text("Normal", cell))))),
    ]);

    private static SectionProperties Page() => new(new PageSize { Width = 11906, Height = 16838 }, new PageMargin { Top = 1134, Bottom = 1134, Left = 1134, Right = 1134, Header = 567, Footer = 567 });

    private static Styles Styles() => new(
        new DocDefaults(
            new RunPropertiesDefault(new RunPropertiesBaseStyle(new RunFonts { Ascii = Font, HighAnsi = Font, EastAsia = Font }, new FontSize { Val = "22" }, new Languages { Val = "ja-JP", EastAsia = "ja-JP" })),
            new ParagraphPropertiesDefault(new ParagraphPropertiesBaseStyle(new SpacingBetweenLines { After = "120", Line = "320", LineRule = LineSpacingRuleValues.Auto }))),
        Style("Normal", "Normal", null, isDefault: true),
        Style("Title", "Title", 36), Style("Heading1", "heading 1", 28, level: 0), Style("Heading2", "heading 2", 24, level: 1),
        new Style(new StyleName { Val = "List Bullet" }, new BasedOn { Val = "Normal" }, new StyleParagraphProperties(new NumberingProperties(new NumberingId { Val = 1 }))) { Type = StyleValues.Paragraph, StyleId = "ListBullet" },
        new Style(new StyleName { Val = "Table Grid" }, new StyleTableProperties(new TableBorders(
            new TopBorder { Val = BorderValues.Single, Size = 4 }, new LeftBorder { Val = BorderValues.Single, Size = 4 }, new BottomBorder { Val = BorderValues.Single, Size = 4 },
            new RightBorder { Val = BorderValues.Single, Size = 4 }, new InsideHorizontalBorder { Val = BorderValues.Single, Size = 4 }, new InsideVerticalBorder { Val = BorderValues.Single, Size = 4 }))) { Type = StyleValues.Table, StyleId = "TableGrid" });

    private static Style Style(string id, string name, int? halfPoints, int? level = null, bool isDefault = false)
    {
        var style = new Style(new StyleName { Val = name }) { Type = StyleValues.Paragraph, StyleId = id, Default = isDefault };
        if (!isDefault)
        {
            style.Append(new BasedOn { Val = "Normal" }, new NextParagraphStyle { Val = "Normal" });
        }

        if (level is { } outline)
        {
            style.Append(new StyleParagraphProperties(new KeepNext(), new SpacingBetweenLines { Before = "240", After = "120" }, new OutlineLevel { Val = outline }));
        }

        if (halfPoints is { } size)
        {
            style.Append(new StyleRunProperties(new Bold(), new FontSize { Val = $"{size}" }));
        }

        return style;
    }

    private static Numbering Bullets() => new(
        new AbstractNum(new Level(new NumberingFormat { Val = NumberFormatValues.Bullet }, new LevelText { Val = "・" }, new PreviousParagraphProperties(new Indentation { Left = "420", Hanging = "420" })) { LevelIndex = 0 }) { AbstractNumberId = 0 },
        new NumberingInstance(new AbstractNumId { Val = 0 }) { NumberID = 1 });
}
