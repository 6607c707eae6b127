using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Categories;
using Sasaeai.Features.Resources;
using Sasaeai.Japanese;

namespace Sasaeai.Features.Records;

/// <summary>Who reads and changes a record: staff, the group that runs it, or its operator by a link without account.</summary>
public enum Editor { Staff, Group, Operator }

/// <summary>One field of a record as people read it.</summary>
/// <param name="Key">Its name in the stored content and in the audit.</param>
/// <param name="InWords">The value in words; empty when it is not known.</param>
/// <param name="Until">The last of <see cref="Editor"/> that sees it.</param>
public sealed record ResourceField(string Key, string Label, Func<ResourceContent, TownLists, string> InWords, Editor Until = Editor.Operator)
{
    /// <summary>The words of one stored value, such as an audit entry holds; empty for no value.</summary>
    public string WordsOf(JsonNode? value, TownLists lists) => value is null ? ""
        : InWords(JsonSerializer.Deserialize<ResourceContent>(new JsonObject { [Key] = value.DeepClone() }, JsonColumn.Options)!, lists);
}

/// <summary>The fields of <see cref="ResourceContent"/> in the order of the form: the one list behind pages, differences, history and files.</summary>
public static class ResourceFields
{
    public static readonly IReadOnlyList<ResourceField> All =
    [
        new("name", "名称", (content, _) => content.Name),
        new("kana", "名称（カナ）", (content, _) => content.Kana),
        new("commonName", "通称", (content, _) => content.CommonName),
        new("viewpoint", "観点", (content, _) => content.Viewpoint.InWords()),
        new("categories", "分類", (content, lists) => string.Join('、', content.Categories.Select(lists.Category))),
        new("serviceKind", "サービスの類型", (content, lists) => lists.Code(CodeList.ServiceKind, content.ServiceKind)),
        new("organizationId", "実施団体", (content, lists) => lists.Organization(content.OrganizationId)),
        new("operatorName", "実施主体の名前", (content, _) => content.OperatorName),
        new("description", "説明", (content, _) => content.Description),
        new("venue", "会場", (content, _) => content.Venue),
        new("postalCode", "郵便番号", (content, _) => content.PostalCode),
        new("address", "住所", (content, _) => content.Address),
        new("building", "建物・部屋", (content, _) => content.Building),
        new("addressDetail", "住所を公開する範囲", (content, _) => content.AddressDetail.InWords()),
        new("blockId", "町丁目", (content, lists) => lists.Area(content.BlockId), Records.Editor.Group),
        new("lat", "緯度", (content, _) => Number(content.Lat), Records.Editor.Group),
        new("lng", "経度", (content, _) => Number(content.Lng), Records.Editor.Group),
        new("access", "行き方", (content, _) => content.Access),
        new("parking", "駐車場", (content, _) => content.Parking),
        new("barrierFree", "バリアフリー", (content, lists) => string.Join('、', content.BarrierFree.Select(code => lists.Code(CodeList.BarrierFree, code)))),
        new("visitAreas", "活動範囲", (content, lists) => string.Join('、', content.VisitAreas.Select(area => lists.Area(area)))),
        new("schedule", "日時", (content, _) => content.Schedule.InJapanese()),
        new("forWhom", "対象", (content, _) => content.ForWhom),
        new("capacity", "定員", (content, _) => content.Capacity is { } people ? $"{people:N0}人" : ""),
        new("availability", "空き状況", (content, _) => content.Availability?.InWords() ?? ""),
        new("availabilityUntil", "空き状況の期限", (content, _) => Date(content.AvailabilityUntil)),
        new("feeKind", "利用料の区分", (content, lists) => lists.Code(CodeList.FeeKind, content.FeeKind)),
        new("feeYen", "利用料", (content, _) => content.FeeYen is { } yen ? $"{yen:N0}円" : ""),
        new("feeNote", "利用料の説明", (content, _) => content.FeeNote),
        new("howToJoin", "参加・申込みの方法", (content, _) => content.HowToJoin),
        new("phone", "電話番号", (content, _) => Contact(content.Phone)),
        new("fax", "FAX番号", (content, _) => Contact(content.Fax)),
        new("email", "メールアドレス", (content, _) => Contact(content.Email)),
        new("person", "担当者", (content, _) => Contact(content.Person)),
        new("url", "ホームページ", (content, _) => content.Url),
        new("tags", "タグ", (content, _) => string.Join('、', content.Tags)),
        new("source", "情報源", (content, _) => content.Source, Records.Editor.Staff),
        new("audience", "公開範囲", (content, _) => content.Audience.InWords(), Records.Editor.Group),
        new("consentedOn", "掲載同意日", (content, _) => Date(content.ConsentedOn), Records.Editor.Group),
        new("note", "内部メモ", (content, _) => content.Note, Records.Editor.Staff),
    ];

    public static IEnumerable<ResourceField> For(Editor editor) => All.Where(known => editor <= known.Until);

    /// <summary>As which the signed-in person reads records.</summary>
    public static Editor Editor(this CurrentPerson person) => person.IsStaff ? Records.Editor.Staff : Records.Editor.Group;

    /// <summary>The stored value of each field.</summary>
    public static JsonObject Values(ResourceContent content) => (JsonObject)JsonSerializer.SerializeToNode(content, JsonColumn.Options)!;

    public static ResourceContent FromValues(JsonObject values) => values.Deserialize<ResourceContent>(JsonColumn.Options)!;

    /// <summary>What I changed since then, on top of what others made of it now; where both changed a field, mine.</summary>
    public static ResourceContent Merge(ResourceContent then, ResourceContent now, ResourceContent mine)
    {
        var (before, merged, after) = (Values(then), Values(now), Values(mine));
        foreach (var field in All.Where(field => !JsonNode.DeepEquals(before[field.Key], after[field.Key])))
        {
            merged[field.Key] = after[field.Key]?.DeepClone();
        }

        return FromValues(merged);
    }

    private static string Contact(ContactField field) => field.Value == "" ? "" : field.Publish ? $"{field.Value}（公開）" : $"{field.Value}（公開しない）";

    private static string Date(DateOnly? day) => day is { } known ? Wareki.Long(known) : "";

    private static string Number(double? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "";
}

/// <summary>Contents side by side, field by field; the first is the ground from which the others differ.</summary>
public sealed class Comparison
{
    public Comparison(TownLists lists, Editor editor, params IReadOnlyList<(string Heading, ResourceContent Content)> columns)
    {
        Headings = [.. columns.Select(column => column.Heading)];
        var values = columns.Select(column => ResourceFields.Values(column.Content)).ToList();
        Rows = [.. ResourceFields.For(editor).Select(field => new Row(field.Label,
            [.. columns.Zip(values, (column, value) => new Cell(field.InWords(column.Content, lists), !JsonNode.DeepEquals(value[field.Key], values[0][field.Key])))]))];
    }

    public IReadOnlyList<string> Headings { get; }
    public IReadOnlyList<Row> Rows { get; }
    public IReadOnlyList<Row> Changed => [.. Rows.Where(row => row.IsChanged)];
    public IReadOnlyList<Row> Same => [.. Rows.Where(row => !row.IsChanged && row.Cells[0].Words != "")];

    public sealed record Row(string Label, IReadOnlyList<Cell> Cells)
    {
        public bool IsChanged => Cells.Any(cell => cell.Differs);
    }

    public sealed record Cell(string Words, bool Differs);
}
