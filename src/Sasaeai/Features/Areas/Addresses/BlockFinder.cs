using System.Globalization;
using System.Text.RegularExpressions;

namespace Sasaeai.Features.Areas.Addresses;

/// <summary>A town block (町丁目・大字).</summary>
/// <param name="Name">As registered: 水谷東二丁目, 大字水子; with the ward before it where one town holds the blocks of several wards.</param>
/// <param name="SubName">小字, where the block is one of several under the name.</param>
/// <param name="Lat">Degrees north of a point in it.</param>
/// <param name="Lng">Degrees east of a point in it.</param>
public sealed record TownBlock(Guid Id, string Name, string? SubName, double? Lat, double? Lng);

/// <summary>The block of an address, or why there is none.</summary>
/// <param name="Rest">What follows the block, as it was written (15-3 ○○ハイツ101); the whole address when there is no block.</param>
/// <param name="Reason">A Japanese sentence when <paramref name="Block"/> is null.</param>
public sealed record BlockMatch(TownBlock? Block, string Rest, string? Reason);

/// <summary>Finds the town block of an address in one town. Built once; then safe for many threads.</summary>
public sealed partial class BlockFinder
{
    private const double MetresPerDegree = 111_195;

    // A name followed by one of these is part of a longer one: 東 is not the block of 東町3-1.
    private const string LongerName = "町台丘東西南北上中下新本元";

    private readonly Dictionary<string, Place> places = [];
    private readonly List<TownBlock> located;
    private readonly string prefecture;
    private readonly List<string> municipalities;
    private readonly int longestName;

    /// <param name="prefecture">埼玉県.</param>
    /// <param name="municipalities">The town's names with 郡 or ward: 比企郡川島町, 北九州市八幡西区. Their parts are known too.</param>
    public BlockFinder(IEnumerable<TownBlock> blocks, string prefecture, params IEnumerable<string> municipalities)
    {
        var all = blocks.ToList();
        located = [.. all.Where(block => block is { Lat: not null, Lng: not null })];
        this.prefecture = AddressKey.Fold(prefecture);

        var names = municipalities.Select(name => CountyOrCity().Match(name).Groups).ToList();
        var wardsInNames = names.Select(name => name["own"].Value)
            .Where(own => own.EndsWith('区') && all.Any(block => block.Name.StartsWith(own, StringComparison.Ordinal))).ToHashSet();
        this.municipalities = [.. names
            .SelectMany(name => (string[])[name["city"].Value, .. wardsInNames.Contains(name["own"].Value) ? [] : new[] { name[0].Value, name["own"].Value }])
            .Where(name => name.Length > 0).Select(AddressKey.Fold).Distinct()];

        foreach (var block in all)
        {
            Add(block, block.Name + block.SubName);
            if (wardsInNames.FirstOrDefault(ward => block.Name.StartsWith(ward, StringComparison.Ordinal)) is { } ward)
            {
                Add(block, block.Name[ward.Length..] + block.SubName);
            }
        }

        longestName = places.Keys.Select(name => name.Length).DefaultIfEmpty().Max();
    }

    /// <summary>
    /// The block with the longest name that the address begins with, after postal code, prefecture and town if they are written.
    /// Where both 大字鶴馬 and 鶴馬一丁目 exist, 鶴馬1-5 is the latter, and 大字鶴馬1-5 and 鶴馬1番地 are the former.
    /// </summary>
    public BlockMatch Find(string address)
    {
        var folded = FoldedAddress.Of(address);
        if (folded.Key.Length == 0)
        {
            return new BlockMatch(null, "", "住所が空です。");
        }

        var placesByName = places.GetAlternateLookup<ReadOnlySpan<char>>();
        var saysOaza = address.Contains("大字", StringComparison.Ordinal);
        string? reason = null;
        foreach (var start in Starts(folded.Key))
        {
            for (var end = Math.Min(folded.Key.Length, start + longestName); end > start; end--)
            {
                if (placesByName.TryGetValue(folded.Key.AsSpan(start..end), out var place))
                {
                    var (block, restAt, refusal) = place.At(folded, end, saysOaza);
                    if (block is not null)
                    {
                        return new BlockMatch(block, folded.WrittenFrom(restAt), null);
                    }

                    reason ??= refusal;
                }
            }
        }

        return new BlockMatch(null, address.Trim(), reason ?? "町名が見つかりません。町名を確かめてください。");
    }

    /// <summary>The block whose point is nearest, and how far it is; null when no block has a point.</summary>
    public (TownBlock Block, double Metres)? Nearest(double lat, double lng)
    {
        var eastScale = Math.Cos(lat * Math.PI / 180);
        double Metres(TownBlock block) =>
            MetresPerDegree * Math.Sqrt(Math.Pow(block.Lat!.Value - lat, 2) + Math.Pow((block.Lng!.Value - lng) * eastScale, 2));

        return located.MinBy(Metres) is { } nearest ? (nearest, Metres(nearest)) : null;
    }

    private void Add(TownBlock block, string name)
    {
        var key = AddressKey.Fold(name);
        var numbered = Chome().Match(key);
        var placeName = numbered.Success ? numbered.Groups["place"].Value : key;
        if (!places.TryGetValue(placeName, out var place))
        {
            places[placeName] = place = new Place(ChomeAsWritten().Replace(name, ""));
        }

        place.Add(block, numbered.Success ? int.Parse(numbered.Groups["number"].ValueSpan, CultureInfo.InvariantCulture) : null);
    }

    /// <summary>Where the block's name may begin, the farthest first: a town's own name may also begin a block's.</summary>
    private IEnumerable<int> Starts(string key)
    {
        var starts = new SortedSet<int> { 0, PostalCode().Match(key).Length };
        foreach (var start in starts.ToList().Where(start => Follows(prefecture, start)))
        {
            starts.Add(start + prefecture.Length);
        }

        // Twice, for a city and then its ward.
        for (var pass = 0; pass < 2; pass++)
        {
            foreach (var start in starts.ToList())
            {
                starts.UnionWith(municipalities.Where(name => Follows(name, start)).Select(name => start + name.Length));
            }
        }

        return starts.Reverse();

        bool Follows(string name, int start) => key.AsSpan(start).StartsWith(name, StringComparison.Ordinal);
    }

    [GeneratedRegex("^(?:(?<county>.+?郡)|(?<city>.+?市)(?=.+区$))?(?<own>.+)$")]
    private static partial Regex CountyOrCity();

    [GeneratedRegex("^(?<place>.+?)(?<number>[0-9]{1,3})丁目$")]
    private static partial Regex Chome();

    [GeneratedRegex("[0-9０-９〇一二三四五六七八九十百]+丁目?$")]
    private static partial Regex ChomeAsWritten();

    [GeneratedRegex(@"^(?:〒[0-9]{1,7}(?:-[0-9]{1,4})?|[0-9]{2,3}-[0-9]{1,4})(?![0-9-])")]
    private static partial Regex PostalCode();

    [GeneratedRegex(@"\G(?<number>[0-9]{1,9})(?<after>丁目-?|-|番|号)?")]
    private static partial Regex Number();

    /// <summary>The blocks of one name: the 丁目, and the one without.</summary>
    private sealed class Place(string name)
    {
        private readonly SortedDictionary<int, List<TownBlock>> chomes = [];
        private readonly List<TownBlock> whole = [];

        public void Add(TownBlock block, int? chome)
        {
            var blocks = whole;
            if (chome is { } number && !chomes.TryGetValue(number, out blocks!))
            {
                chomes[number] = blocks = [];
            }

            blocks.Add(block);
        }

        /// <summary>Decides by what follows the name at a position of the key.</summary>
        public (TownBlock? Block, int RestAt, string? Refusal) At(FoldedAddress address, int position, bool saysOaza)
        {
            var number = Number().Match(address.Key, position);
            return number.Success ? ByNumber(number, position, saysOaza) : WithoutNumber(address, position, saysOaza);
        }

        private (TownBlock?, int, string?) ByNumber(Match match, int position, bool saysOaza)
        {
            var number = int.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture);
            var after = match.Groups["after"].Value;
            var saysChome = after.StartsWith('丁');
            var isLot = saysOaza || after is "番" or "号" || (after.Length == 0 && whole.Count > 0);
            if ((saysChome || !isLot) && chomes.TryGetValue(number, out var blocks))
            {
                return One(blocks, position + match.Length);
            }

            return whole.Count > 0 && !saysChome ? One(whole, position)
                : (null, 0, $"{name}に{number}丁目はありません。丁目を確かめてください。");
        }

        private (TownBlock?, int, string?) WithoutNumber(FoldedAddress address, int position, bool saysOaza)
        {
            var ends = position == address.Key.Length;
            if (!ends && !saysOaza && !address.HasAzaBefore(position) && (position == 1 || LongerName.Contains(address.Key[position])))
            {
                return (null, 0, null);
            }

            return whole.Count > 0 ? One(whole, position)
                : (null, 0, $"{name}の何丁目か分かりません（{string.Join("・", chomes.Keys)}丁目があります）。");
        }

        private (TownBlock?, int, string?) One(List<TownBlock> blocks, int restAt) =>
            blocks is [var only] ? (only, restAt, null)
            : (null, 0, $"{name}という町名がいくつかあります。区や小字まで書いてください。");
    }
}
