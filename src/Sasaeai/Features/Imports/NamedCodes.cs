using Sasaeai.Japanese;

namespace Sasaeai.Features.Imports;

/// <summary>A list whose entries people write by code, by name, or by a word that means the same.</summary>
public sealed class NamedCodes<T>(string label) where T : struct
{
    private const int MostCandidates = 5;
    private readonly Dictionary<string, T> byKey = [];
    private readonly List<string> names = [];

    /// <summary>Earlier entries win over later ones of the same name.</summary>
    public NamedCodes<T> Add(T value, string code, params IEnumerable<string> others)
    {
        var all = others.ToList();
        names.AddRange(all.Take(1));
        foreach (var key in all.Prepend(code).Prepend(code.TrimStart('0')).Select(Folding.Fold).Where(key => key != ""))
        {
            byKey.TryAdd(key, value);
        }

        return this;
    }

    public T? Find(string written) => byKey.TryGetValue(Folding.Fold(written), out var value) ? value : null;

    /// <summary>The value of the field, or null with the row refused and the likely entries named.</summary>
    public T? Find(ImportRow row, string field, string written)
    {
        var found = Find(written);
        if (found is null)
        {
            row.Refuse(field, $"「{written}」は{label}にありません。{Candidates(written)}");
        }

        return found;
    }

    private string Candidates(string written)
    {
        var key = Folding.Fold(written);
        var near = names.Select(name => (Name: name, Alike: Alike(Folding.Fold(name), key))).Where(name => name.Alike > 0)
            .OrderByDescending(name => name.Alike).Take(MostCandidates).Select(name => name.Name).ToList();
        return near.Count > 0 ? $"次のどれかに直してください：{string.Join("、", near)}" : $"{label}のコードか名称に直してください。";
    }

    /// <summary>Pairs of characters that both words have.</summary>
    private static int Alike(string one, string other) =>
        Enumerable.Range(0, Math.Max(0, other.Length - 1)).Count(at => one.AsSpan().Contains(other.AsSpan(at, 2), StringComparison.Ordinal));
}
