using System.Text;
using Sasaeai.Tables;

namespace Sasaeai.Tests.Tables;

public class ColumnCatalogueTests
{
    private static readonly ColumnCatalogue resources = new([
        new("管理番号", "NO", "ID"),
        new("名称"),
        new("名称カナ", "名称_フリガナ"),
        new("住所", "所在地_連結表記"),
        new("利用料", "費用"),
    ]);

    [Theory]
    [InlineData("ＮＯ.", "管理番号")]
    [InlineData("No", "管理番号")]
    [InlineData(" 名　称※", "名称")]
    [InlineData("名称_カナ", "名称カナ")]
    [InlineData("名称(カナ)", "名称カナ")]
    [InlineData("名称（ｶﾅ）", "名称カナ")]
    [InlineData("所在地＿連結表記", "住所")]
    [InlineData("利用料（円）", "利用料")]
    [InlineData("費用【必須】", "利用料")]
    public void A_header_is_recognised_in_its_variants(string header, string field) =>
        Assert.Equal(0, resources.Match([header]).Columns[field]);

    [Theory]
    [InlineData("住所（カナ）")]
    [InlineData("名称変更日")]
    [InlineData("---")]
    [InlineData("")]
    public void Another_thing_is_not_mistaken_for_a_field(string header) =>
        Assert.Equal([0], resources.Match([header]).Unmatched);

    [Fact]
    public void Two_columns_for_one_field_are_left_to_the_person()
    {
        var match = resources.Match(["NO", "名称", "ID", "メモ"]);

        Assert.DoesNotContain("管理番号", match.Columns.Keys);
        Assert.Equal([0, 2], Assert.Single(match.Ambiguous).Columns);
        Assert.Equal([3], match.Unmatched);
    }

    [Fact]
    public void A_map_decides_before_the_known_names()
    {
        var map = ColumnMap.Read(new MemoryStream(Encoding.UTF8.GetBytes("ファイルの列名,項目\nNO,\nＩＤ,管理番号\n場所,住所\nない列,名称\n")), "map.csv");

        var match = resources.Match(["NO", "id", "場所"], map);

        Assert.Equal([("管理番号", 1), ("住所", 2)], match.Columns.Select(column => (column.Key, column.Value)));
        Assert.Empty(match.Unmatched);
        Assert.Equal(["ない列"], match.MissingFromFile);
    }

    [Fact]
    public void A_map_to_an_unknown_field_or_without_its_columns_is_refused()
    {
        Assert.Contains("項目「番地」はありません", Assert.Throws<TableRefusedException>(() => resources.Match(["a"], new Dictionary<string, string> { ["a"] = "番地" })).Message);
        Assert.Throws<TableRefusedException>(() => ColumnMap.Read(new MemoryStream("a,b\n"u8.ToArray()), "map.csv"));
        Assert.Contains("3行目", Assert.Throws<TableRefusedException>(() => ColumnMap.Read(new MemoryStream("ファイルの列名,項目\na,b\na,c\n"u8.ToArray()), "map.csv")).Message);
    }

    [Fact]
    public void Two_fields_cannot_claim_the_same_header() =>
        Assert.Throws<ArgumentException>(() => new ColumnCatalogue([new("費用"), new("利用料", "費 用")]));
}
