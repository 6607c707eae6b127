using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using CsvHelper;
using Row = System.Collections.Generic.IReadOnlyDictionary<string, string>;

namespace Sasaeai.Tests.Demo;

/// <summary>The demo town and the default master lists are data that people wrote: these tests read the files as they are.</summary>
public partial class DemoDataTests
{
    const string Town = "999997";


    static readonly Row[] Areas = Read("Demo/areas.csv");
    static readonly Row[] Organizations = Read("Demo/organizations.csv");
    static readonly Row[] Resources = Read("Demo/resources.csv");
    static readonly Row[] Accounts = Read("Demo/accounts.csv");
    static readonly Row[] Categories = Read("Masters/categories.csv");
    static readonly Row[] Troubles = Read("Masters/troubles.csv");
    static readonly Row[] Synonyms = Read("Masters/synonyms.csv");
    static readonly Dictionary<string, (double Lng, double Lat)[]> Rings = ReadRings();

    [Theory]
    [InlineData("Masters/categories.csv", "コード,名称,名称_カナ,親コード,観点,確認間隔日数,非公開までの日数,並び順,説明")]
    [InlineData("Masters/troubles.csv", "困りごと,分類コード,並び順,アイコン名")]
    [InlineData("Masters/synonyms.csv", "代表語,同義語,分類コード")]
    [InlineData("Masters/operator-kinds.csv", "コード,名称")]
    [InlineData("Masters/service-kinds.csv", "コード,名称,説明")]
    [InlineData("Masters/barrier-free.csv", "コード,名称")]
    [InlineData("Masters/fee-kinds.csv", "コード,名称")]
    [InlineData("Demo/areas.csv", "コード,種類,層,名称,名称_カナ,親コード,開始日,終了日,緯度,経度")]
    [InlineData("Demo/organizations.csv", "団体番号,名称,名称_カナ,通称,主体種別,設立年月日,代表者,代表者公開,郵便番号,住所,緯度,経度,電話番号,電話公開,メールアドレス,メール公開,URL,法人番号,会員数,説明,備考")]
    [InlineData("Demo/resources.csv", "管理番号,名称,名称_カナ,通称,観点,分類,サービス類型,実施主体番号,実施主体,説明,場所名称,郵便番号,住所,方書,緯度,経度,アクセス方法,駐車場,バリアフリー情報,活動範囲,開催日,休止,対象者,定員,空き状況,空き状況の期限,利用料区分,利用料,利用料の補足,申込方法,電話番号,電話公開,FAX番号,メールアドレス,メール公開,URL,担当者,担当者公開,タグ,情報源,公開範囲,掲載同意日,最終確認日,確認方法,備考")]
    [InlineData("Demo/accounts.csv", "メールアドレス,氏名,役割,範囲,所属")]
    public void A_file_has_its_columns_and_as_many_cells_in_every_row(string file, string columns)
    {
        var text = File.ReadAllText(SourceFile(file));
        Assert.StartsWith(columns + "\n", text);
        Assert.DoesNotContain('\r', text);
        Assert.NotEmpty(Read(file));
    }

    [Theory]
    [InlineData("Masters/categories.csv", "コード")]
    [InlineData("Masters/categories.csv", "名称")]
    [InlineData("Masters/troubles.csv", "困りごと")]
    [InlineData("Masters/synonyms.csv", "代表語")]
    [InlineData("Masters/operator-kinds.csv", "コード")]
    [InlineData("Masters/service-kinds.csv", "コード")]
    [InlineData("Masters/barrier-free.csv", "コード")]
    [InlineData("Masters/fee-kinds.csv", "コード")]
    [InlineData("Demo/areas.csv", "コード")]
    [InlineData("Demo/organizations.csv", "団体番号")]
    [InlineData("Demo/resources.csv", "管理番号")]
    [InlineData("Demo/resources.csv", "名称")]
    [InlineData("Demo/resources.csv", "説明")]
    [InlineData("Demo/accounts.csv", "メールアドレス")]
    public void No_two_rows_share_a_number_a_name_or_a_description(string file, string column) =>
        Assert.Empty(Read(file).GroupBy(row => row[column]).Where(same => same.Count() > 1 || same.Key == "").Select(same => same.Key));

    [Fact]
    public void The_lists_are_as_large_as_a_real_town_needs()
    {
        Assert.InRange(Resources.Length, 160, 400);
        Assert.InRange(Organizations.Length, 30, 100);
        Assert.InRange(Troubles.Length, 40, 80);
        Assert.InRange(Synonyms.Length, 180, 400);
        Assert.Equal([1, 5, 9, 7], new[] { "市町村", "日常生活圏域", "小学校区", "地区社協" }.Select(kind => Areas.Count(area => area["種類"] == kind)));
        Assert.InRange(Areas.Count(area => area["種類"] == "町丁目"), 55, 70);
    }

    [Fact]
    public void Every_code_points_at_a_row()
    {
        var areas = Values(Areas, "コード");
        var categories = Values(Categories, "コード");
        var organizations = Values(Organizations, "団体番号");

        AllIn(areas, Areas, "親コード");
        AllIn(categories, Categories, "親コード");
        AllIn(categories, Troubles, "分類コード");
        AllIn(categories, Synonyms, "分類コード");
        AllIn(Values(Read("Masters/operator-kinds.csv"), "名称"), Organizations, "主体種別");
        AllIn(categories, Resources, "分類");
        AllIn(organizations, Resources, "実施主体番号");
        AllIn(areas, Resources, "活動範囲");
        AllIn(Values(Read("Masters/service-kinds.csv"), "名称"), Resources, "サービス類型");
        AllIn(Values(Read("Masters/barrier-free.csv"), "名称"), Resources, "バリアフリー情報");
        AllIn(Values(Read("Masters/fee-kinds.csv"), "名称"), Resources, "利用料区分");
        AllIn([.. areas, .. organizations], Accounts, "範囲");
    }

    [Theory]
    [InlineData("観点", "参加する活動；利用するサービス；実施主体；場・拠点")]
    [InlineData("公開範囲", "公開；専門職限定；内部")]
    [InlineData("空き状況", "；空きあり；要相談；満員")]
    [InlineData("確認方法", "；電話；訪問；本人")]
    [InlineData("電話公開", "；する；しない")]
    [InlineData("メール公開", "；する；しない")]
    [InlineData("担当者公開", "；する；しない")]
    public void A_resource_uses_only_the_words_of_the_list(string column, string words) =>
        Assert.All(Resources, resource => Assert.Contains(resource[column], words.Split('；')));

    [Fact]
    public void A_resource_belongs_to_the_organization_that_it_names()
    {
        var names = Organizations.ToDictionary(organization => organization["団体番号"], organization => organization["名称"]);
        Assert.All(Resources.Where(resource => resource["実施主体番号"] != ""), resource => Assert.Equal(names[resource["実施主体番号"]], resource["実施主体"]));
    }

    [Fact]
    public void Every_point_lies_in_the_town_and_every_neighbourhood_in_its_zone()
    {
        foreach (var neighbourhood in Areas.Where(area => area["種類"] == "町丁目"))
        {
            var zone = Assert.Single(Codes(neighbourhood["親コード"]), Rings.ContainsKey);
            Assert.True(Contains(Rings[zone], Point(neighbourhood)), neighbourhood["名称"]);
        }
        Assert.All(Resources.Concat(Organizations), place => Assert.True(Contains(Rings[Town], Point(place)), place["名称"]));
    }

    [Fact]
    public void The_address_of_a_resource_and_its_point_are_in_the_same_zone()
    {
        var neighbourhoods = Areas.Where(area => area["種類"] == "町丁目" && area["終了日"] == "").ToArray();
        foreach (var place in Resources.Concat(Organizations))
        {
            var neighbourhood = neighbourhoods.Single(area => place["住所"].StartsWith("見本県みほん市" + area["名称"], StringComparison.Ordinal));
            var zone = Codes(neighbourhood["親コード"]).Single(Rings.ContainsKey);
            Assert.True(Contains(Rings[zone], Point(place)), place["名称"]);
        }
    }

    [Fact]
    public void The_zones_tile_the_town()
    {
        Assert.Equal(6, Rings.Count);
        Assert.All(Rings.Values, ring => Assert.True(ring.Length > 30 && ring[0] == ring[^1]));
        Assert.Equal(Size(Rings[Town]), Rings.Where(ring => ring.Key != Town).Sum(ring => Size(ring.Value)), 9);

        // Every side is walked twice, once from either side: borders are shared point by point, the outer one with the town.
        var sides = Rings.Values.SelectMany(ring => ring.Zip(ring.Skip(1), (a, b) => a.CompareTo(b) < 0 ? (a, b) : (b, a)));
        Assert.All(sides.GroupBy(side => side), side => Assert.Equal(2, side.Count()));
    }

    [Fact]
    public void Nobody_can_be_reached_by_a_number_or_an_address_of_the_demo()
    {
        foreach (var row in Resources.Concat(Organizations))
        {
            Assert.Matches("^0999-[0-9]{2}-[0-9]{4}$", row["電話番号"]);
            Assert.Matches("^(0999-[0-9]{2}-[0-9]{4})?$", row.GetValueOrDefault("FAX番号", ""));
            Assert.Matches(@"^([a-z0-9-]+@mihon\.example\.jp)?$", row["メールアドレス"]);
            Assert.Matches(@"^(https://example\.jp/[a-z0-9/-]+)?$", row["URL"]);
            Assert.Matches("^000-[0-9]{4}$", row["郵便番号"]);
        }
        Assert.All(Accounts, account => Assert.EndsWith("@mihon.example.jp", account["メールアドレス"]));
        Assert.All(Resources, resource => Assert.DoesNotMatch("[0-9]{2,4}-[0-9]{2,4}-[0-9]{4}", resource["説明"] + resource["申込方法"] + resource["備考"]));
    }

    [Fact]
    public void No_person_bears_the_name_of_a_real_town()
    {
        var towns = SharedData.Path("data", "localgov", "localgovjp-utf8.csv");

        var names = ReadFile(towns).SelectMany(town => town["city"].Split(' ').Append(town["pref"]))
            .SelectMany(name => new[] { name, name.TrimEnd('都', '道', '府', '県', '市', '区', '町', '村') }).ToHashSet();
        var people = Values(Resources, "担当者").Concat(Values(Organizations, "代表者")).Concat(Values(Accounts, "氏名"))
            .SelectMany(person => person.Split(' ')).Select(name => Variants().Replace(name, variant => Usual(variant.Value)));
        Assert.All(people, name => Assert.DoesNotContain(name, names));
    }

    [Fact]
    public void Kana_are_katakana()
    {
        foreach (var row in Areas.Concat(Organizations).Concat(Resources).Concat(Categories))
            Assert.Matches("^[ァ-ヴー・（）]+$", row["名称_カナ"]);
    }

    [Fact]
    public void A_description_says_enough_to_decide_whether_to_go() =>
        Assert.All(Resources, resource => Assert.InRange(resource["説明"].Length, 60, 250));

    [Fact]
    public void Dates_of_a_resource_count_from_the_day_of_loading()
    {
        foreach (var resource in Resources)
        {
            Assert.Matches("^(@-[0-9]+)?$", resource["掲載同意日"]);
            Assert.Matches("^(@-[0-9]+)?$", resource["最終確認日"]);
            Assert.Matches(@"^(@[+-][0-9]+)?$", resource["空き状況の期限"]);
            Assert.Matches(@"^(@[+-][0-9]+〜@[+-][0-9]+ .+)?$", resource["休止"]);
            Assert.Equal(resource["最終確認日"] == "", resource["確認方法"] == "");
            Assert.Equal(resource["空き状況"] == "", resource["空き状況の期限"] == "");
            Assert.True(resource["公開範囲"] != "内部" || resource["掲載同意日"] == "", resource["名称"]);
        }
    }

    [Fact]
    public void Most_resources_are_fresh_some_are_due_and_a_few_are_too_old_to_show()
    {
        var fresh = Share(resource => Age(resource) is { } age && age <= Days(resource, "確認間隔日数"));
        var hidden = Share(resource => Age(resource) is { } age && age > Days(resource, "非公開までの日数"));
        var never = Share(resource => Age(resource) is null);

        Assert.InRange(fresh, 0.5, 0.7);
        Assert.InRange(hidden, 0.06, 0.15);
        Assert.InRange(never, 0.01, 0.05);
        Assert.InRange(1 - fresh - hidden - never, 0.2, 0.35);
    }

    [Fact]
    public void A_synonym_group_names_each_word_once() =>
        Assert.All(Synonyms, group => Assert.Distinct(Codes(group["同義語"]).Append(group["代表語"])));

    [Fact]
    public void A_trouble_leads_to_something_that_the_demo_town_offers()
    {
        var offered = Resources.Where(resource => resource["公開範囲"] == "公開").SelectMany(resource => Codes(resource["分類"])).ToHashSet();
        Assert.All(Troubles, trouble => Assert.True(Codes(trouble["分類コード"]).Any(offered.Contains), trouble["困りごと"]));
    }

    static double Share(Func<Row, bool> which) => Resources.Count(which) / (double)Resources.Length;

    static int? Age(Row resource) => resource["最終確認日"] is "" ? null : int.Parse(resource["最終確認日"][2..], CultureInfo.InvariantCulture);

    /// <summary>The strictest rule, in days, among the categories of a resource.</summary>
    static int Days(Row resource, string rule) => Codes(resource["分類"])
        .Min(code => int.Parse(Categories.Single(category => category["コード"] == code)[rule], CultureInfo.InvariantCulture));

    static void AllIn(HashSet<string> known, IEnumerable<Row> rows, string column) =>
        Assert.Empty(rows.SelectMany(row => Codes(row[column])).Where(code => !known.Contains(code)).Select(code => $"{column}: {code}"));

    static IEnumerable<string> Codes(string cell) => cell.Split('；', StringSplitOptions.RemoveEmptyEntries);

    static HashSet<string> Values(IEnumerable<Row> rows, string column) => rows.Select(row => row[column]).ToHashSet();

    static (double Lng, double Lat) Point(Row row) =>
        (double.Parse(row["経度"], CultureInfo.InvariantCulture), double.Parse(row["緯度"], CultureInfo.InvariantCulture));

    static bool Contains((double Lng, double Lat)[] ring, (double Lng, double Lat) point) =>
        ring.Zip(ring.Skip(1)).Count(side =>
            side.First.Lat > point.Lat != side.Second.Lat > point.Lat
            && point.Lng < (side.Second.Lng - side.First.Lng) * (point.Lat - side.First.Lat) / (side.Second.Lat - side.First.Lat) + side.First.Lng) % 2 == 1;

    static double Size((double Lng, double Lat)[] ring) =>
        Math.Abs(ring.Zip(ring.Skip(1)).Sum(side => side.First.Lng * side.Second.Lat - side.Second.Lng * side.First.Lat)) / 2;

    static Dictionary<string, (double Lng, double Lat)[]> ReadRings()
    {
        using var boundary = JsonDocument.Parse(File.ReadAllText(SourceFile("Demo/boundary.geojson")));
        return boundary.RootElement.GetProperty("features").EnumerateArray().ToDictionary(
            feature => feature.GetProperty("properties").GetProperty("code").GetString()!,
            feature => feature.GetProperty("geometry").GetProperty("coordinates")[0].EnumerateArray()
                .Select(point => (point[0].GetDouble(), point[1].GetDouble())).ToArray());
    }

    static Row[] Read(string file) => ReadFile(SourceFile(file));

    static Row[] ReadFile(string path)
    {
        using var csv = CsvReader.Create(new StreamReader(path), new CsvReaderOptions { HasHeader = false });
        csv.Read();
        var columns = Cells(csv);
        var rows = new List<Row>();
        while (csv.Read())
        {
            var cells = Cells(csv);
            Assert.Equal(columns.Length, cells.Length);
            rows.Add(columns.Zip(cells).ToDictionary());
        }
        return [.. rows];
    }

    static string[] Cells(CsvReader csv) => [.. Enumerable.Range(0, csv.FieldCount).Select(csv.GetString)];

    static string SourceFile(string file) => Path.Combine(SharedData.Repository, "src", "Sasaeai", file);

    [GeneratedRegex("[髙﨑邉齋濵德]|𠮷|\U000E0100")]
    private static partial Regex Variants();

    static string Usual(string variant) => variant switch
    {
        "髙" => "高", "﨑" => "崎", "邉" => "辺", "齋" => "斎", "濵" => "浜", "德" => "徳", "𠮷" => "吉", _ => ""
    };
}
