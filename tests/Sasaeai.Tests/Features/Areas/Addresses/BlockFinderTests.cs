using System.Text.Json;
using Sasaeai.Features.Areas.Addresses;

namespace Sasaeai.Tests.Features.Areas.Addresses;

public class BlockFinderTests
{
    private static readonly BlockFinder fujimi = Town("埼玉県", ["富士見市"],
        "水谷東一丁目", "水谷東二丁目", "水谷一丁目", "大字水子", "大字鶴馬", "鶴馬一丁目", "鶴馬二丁目", "鶴瀬東一丁目", "大字針ケ谷", "針ケ谷一丁目", "榎町", "東一丁目", "大字表");

    [Theory]
    [InlineData("水谷東2-15-3", "水谷東二丁目", "15-3")]
    [InlineData("水子123", "大字水子", "123")]
    [InlineData("鶴瀬東1丁目3-1", "鶴瀬東一丁目", "3-1")]
    [InlineData("〒354-0014 埼玉県富士見市水谷1丁目１３番６号 水谷ハイツ２０１", "水谷一丁目", "１３番６号 水谷ハイツ２０１")]
    [InlineData("富士見市　水谷東　二丁目１５番地", "水谷東二丁目", "１５番地")]
    [InlineData("埼玉県水谷東二の十五", "水谷東二丁目", "十五")]
    [InlineData("鶴馬1-5", "鶴馬一丁目", "5")]
    [InlineData("大字鶴馬1-5", "大字鶴馬", "1-5")]
    [InlineData("鶴馬1番地5", "大字鶴馬", "1番地5")]
    [InlineData("鶴馬3575-1", "大字鶴馬", "3575-1")]
    [InlineData("針が谷1-33", "針ケ谷一丁目", "33")]
    [InlineData("水子字石井123", "大字水子", "石井123")]
    [InlineData("榎町公民館", "榎町", "公民館")]
    [InlineData("大字表12", "大字表", "12")]
    public void An_address_finds_its_block(string address, string block, string rest)
    {
        var match = fujimi.Find(address);

        Assert.Equal((block, rest), (match.Block?.Name, match.Rest));
        Assert.Null(match.Reason);
    }

    [Theory]
    [InlineData(" ", "住所が空です。")]
    [InlineData("本郷1-2", "町名が見つかりません。町名を確かめてください。")]
    [InlineData("新座市東一丁目", "町名が見つかりません。町名を確かめてください。")]
    [InlineData("東町3-1", "町名が見つかりません。町名を確かめてください。")]
    [InlineData("表参道1", "町名が見つかりません。町名を確かめてください。")]
    [InlineData("水谷東9-1", "水谷東に9丁目はありません。丁目を確かめてください。")]
    [InlineData("水谷東", "水谷東の何丁目か分かりません（1・2丁目があります）。")]
    [InlineData("水谷東999999999999", "水谷東に999999999丁目はありません。丁目を確かめてください。")]
    public void What_is_not_found_says_why(string address, string reason)
    {
        var match = fujimi.Find(address);

        Assert.Null(match.Block);
        Assert.Equal(reason, match.Reason);
    }

    [Theory]
    [InlineData("埼玉県比企郡川島町大字中山1")]
    [InlineData("比企郡川島町中山1")]
    [InlineData("川島町中山1")]
    [InlineData("埼玉県川島町中山1")]
    public void A_county_may_be_written_or_not(string address) =>
        Assert.Equal("大字中山", Town("埼玉県", ["比企郡川島町"], "大字中山").Find(address).Block?.Name);

    [Theory]
    [InlineData("福岡県北九州市門司区本町1-2", "門司区本町")]
    [InlineData("若松区本町一丁目2", "若松区本町一丁目")]
    [InlineData("北九州市黒崎1-2-3", "八幡西区黒崎一丁目")]
    [InlineData("北九州市門司区黒崎1-2", null)]
    public void A_city_of_wards_tells_equal_names_apart(string address, string? block) =>
        Assert.Equal(block, Town("福岡県", ["北九州市門司区", "北九州市若松区", "北九州市八幡西区"], "門司区本町", "若松区本町一丁目", "八幡西区黒崎一丁目").Find(address).Block?.Name);

    [Fact]
    public void Two_blocks_of_one_name_are_not_guessed()
    {
        var town = Town("福岡県", ["北九州市門司区", "北九州市若松区"], "門司区本町", "若松区本町");

        Assert.Equal("門司区本町", town.Find("北九州市門司区本町3").Block?.Name);
        Assert.Equal("本町という町名がいくつかあります。区や小字まで書いてください。", town.Find("北九州市本町3").Reason);
    }

    [Fact]
    public void The_nearest_block_is_told_with_its_distance()
    {
        var town = new BlockFinder([new(Guid.NewGuid(), "榎町", null, 35.85, 139.55), new(Guid.NewGuid(), "羽沢", null, 35.86, 139.55), new(Guid.NewGuid(), "山室", null, null, null)], "埼玉県", "富士見市");

        var (block, metres) = town.Nearest(35.859, 139.55)!.Value;

        Assert.Equal("羽沢", block.Name);
        Assert.InRange(metres, 110, 112);
        Assert.Null(fujimi.Nearest(35.8, 139.5));
    }

    [Fact]
    public void Every_block_of_the_real_towns_is_found_however_it_is_written()
    {
        var files = SharedData.Files("geolonia", "*_*.json");
        var (tried, misses) = (0, new List<string>());
        foreach (var file in files)
        {
            var (prefecture, municipality) = Path.GetFileNameWithoutExtension(file).Split('_') is [var first, var second] ? (first, second) : default;
            var blocks = Blocks(file).ToList();
            var town = new BlockFinder(blocks, prefecture, municipality);
            foreach (var block in blocks)
            {
                foreach (var address in Ways(block.Name, prefecture, municipality))
                {
                    tried++;
                    var found = town.Find(address).Block;
                    if (found != block)
                    {
                        misses.Add($"{municipality} {address} → {found?.Name ?? "なし"}（{block.Name}）");
                    }
                }
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{files.Length} files, {tried} addresses, {misses.Count} misses\n{string.Join('\n', misses)}");
        Assert.True(misses.Count <= tried * 0.005, $"{misses.Count} of {tried} missed:\n{string.Join('\n', misses)}");
    }

    /// <summary>By rule: 丁目 in kanji, digits, wide digits and left out; 大字 or not; ケ as ヶ and が; prefixes; what follows.</summary>
    private static IEnumerable<string> Ways(string name, string prefecture, string municipality)
    {
        const string kanji = "一二三四五六七八九";
        var chome = name.EndsWith("丁目", StringComparison.Ordinal) ? kanji.IndexOf(name[^3]) + 1 : 0;
        string[] names = chome == 0
            ? [name, name.Replace("大字", "")]
            : [name, $"{name[..^3]}{chome}丁目", $"{name[..^3]}{(char)('０' + chome)}丁目", $"{name[..^3]}{chome}", $"{name[..^3]}{(char)('０' + chome)}"];
        foreach (var written in names.SelectMany(way => (string[])[way, way.Replace('ケ', 'ヶ'), way.Replace('ケ', 'が').Replace('ノ', 'の')]).Distinct())
        {
            var bare = chome > 0 && !written.EndsWith("丁目", StringComparison.Ordinal);
            foreach (var after in bare ? (string[])["-15-3", "－１５－３ みほんハイツ101"] : ["", "15番3号", "１２３４番地の５", "15-3"])
            {
                yield return written + after;
                yield return $"{municipality}{written}{after}";
                yield return $"{prefecture}{municipality} {written}{after}";
            }
        }
    }

    private static IEnumerable<TownBlock> Blocks(string file)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(file));
        foreach (var block in json.RootElement.EnumerateArray())
        {
            yield return new TownBlock(Guid.NewGuid(), block.GetProperty("town").GetString()!, block.GetProperty("koaza").GetString(), block.GetProperty("lat").GetDouble(), block.GetProperty("lng").GetDouble());
        }
    }

    private static BlockFinder Town(string prefecture, string[] municipalities, params string[] blocks) =>
        new(blocks.Select(name => new TownBlock(Guid.NewGuid(), name, null, null, null)), prefecture, municipalities);
}
