using System.Text;
using System.Text.RegularExpressions;

namespace Sasaeai.Tables;

/// <summary>A field that an import fills, and the column names under which files are known to carry it.</summary>
/// <param name="Name">The field's own name; is also a known header.</param>
public sealed record ColumnField(string Name, params IReadOnlyList<string> Headers);

/// <summary>Columns of one file that all look like the same field; none of them is taken.</summary>
public sealed record AmbiguousColumns(string Field, IReadOnlyList<int> Columns);

/// <summary>Which column of a file carries which field.</summary>
/// <param name="Columns">Field to column, counted from 0.</param>
/// <param name="Unmatched">Columns that no field takes, without those that the map sets aside.</param>
/// <param name="Ambiguous">Fields that several columns claim.</param>
/// <param name="MissingFromFile">Headers that the map names and the file does not have.</param>
public sealed record ColumnMatch(
    IReadOnlyDictionary<string, int> Columns,
    IReadOnlyList<int> Unmatched,
    IReadOnlyList<AmbiguousColumns> Ambiguous,
    IReadOnlyList<string> MissingFromFile);

/// <summary>
/// Recognises the columns of a municipal table. Width, case, spaces, underscores, brackets and other marks do not matter
/// (名称_カナ = 名称（カナ）= 名称カナ), and a unit or hint in brackets may be left out (利用料(円) = 利用料).
/// </summary>
public sealed partial class ColumnCatalogue
{
    private readonly Dictionary<string, string> fieldsByKey = [];
    private readonly HashSet<string> names;

    /// <exception cref="ArgumentException">Two fields claim the same header.</exception>
    public ColumnCatalogue(IEnumerable<ColumnField> fields)
    {
        var all = fields.ToList();
        names = [.. all.Select(field => field.Name)];
        foreach (var field in all)
        {
            foreach (var header in field.Headers.Prepend(field.Name))
            {
                if (!fieldsByKey.TryAdd(Key(header), field.Name) && fieldsByKey[Key(header)] != field.Name)
                {
                    throw new ArgumentException($"{field.Name} and {fieldsByKey[Key(header)]} both claim the header {header}.", nameof(fields));
                }
            }
        }
    }

    /// <param name="map">Header to field, before all recognition; an empty field sets the column aside.</param>
    /// <exception cref="TableRefusedException">The map names a field that is not in the catalogue.</exception>
    public ColumnMatch Match(IReadOnlyList<string> header, IReadOnlyDictionary<string, string>? map = null)
    {
        map ??= new Dictionary<string, string>();
        if (map.Values.FirstOrDefault(field => field.Length > 0 && !names.Contains(field)) is { } unknown)
        {
            throw new TableRefusedException($"列の対応表にある項目「{unknown}」はありません。使える項目は、{string.Join("、", names)}です。");
        }

        var mapped = new Dictionary<string, string>();
        foreach (var (name, field) in map)
        {
            mapped[Key(name)] = field;
        }

        var fields = header.Select(name => mapped.GetValueOrDefault(Key(name)) ?? Recognise(name)).ToList();
        var claims = fields.Index().Where(claim => claim.Item is { Length: > 0 })
            .GroupBy(claim => claim.Item!, claim => claim.Index)
            .ToDictionary(group => group.Key, group => group.ToList());
        var keys = header.Select(Key).ToHashSet();
        return new ColumnMatch(
            claims.Where(claim => claim.Value.Count == 1).ToDictionary(claim => claim.Key, claim => claim.Value[0]),
            [.. fields.Index().Where(claim => claim.Item is null).Select(claim => claim.Index)],
            [.. claims.Where(claim => claim.Value.Count > 1).Select(claim => new AmbiguousColumns(claim.Key, claim.Value))],
            [.. map.Keys.Where(name => !keys.Contains(Key(name)))]);
    }

    private string? Recognise(string header) =>
        fieldsByKey.GetValueOrDefault(Key(header)) ?? fieldsByKey.GetValueOrDefault(Key(UnitInBrackets().Replace(Folded(header), "")));

    private static string Key(string header) => string.Concat(Folded(header).Where(char.IsLetterOrDigit));

    private static string Folded(string header) => header.Normalize(NormalizationForm.FormKC).ToLowerInvariant();

    // Only units and hints: 住所(カナ) without its brackets would be another field.
    [GeneratedRegex(@"[(\[〔【「<](円|税込|税抜|人|名|人数|分|時間|時|日|年|月|回|件|歳|才|km|m|m2|箇所|か所|必須|任意|半角|全角|西暦|和暦|例[^)]*|※[^)]*|注[^)]*|度|%)[)\]〕】」>]")]
    private static partial Regex UnitInBrackets();
}
