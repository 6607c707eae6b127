using Sasaeai.Features.Categories;
using Sasaeai.Japanese;

namespace Sasaeai.Features.Directory;

/// <summary>What a typed word stands for: itself, the other words that mean the same, and the categories behind it.</summary>
public sealed record Term(string Word, string[] Others, IReadOnlySet<string> CategoryCodes)
{
    /// <summary>Features of entries that the word names: 「手すり」 is one of バリアフリー.</summary>
    public IReadOnlyList<string> Features { get; init; } = [];
}

/// <summary>
/// The town's synonyms, troubles and category names, folded. Turns what a person types — a word, several words, or
/// a sentence like 「ゴミ出しに困っている」 — into terms.
/// </summary>
public sealed class Thesaurus
{
    private static readonly HashSet<string> NoCategory = [];

    private sealed record Group(string[] Words, HashSet<string> CategoryCodes)
    {
        /// <summary>A word that holds another of the group is left out: wherever it is found, the shorter one is.</summary>
        public Term As(string word)
        {
            var all = Words.Prepend(word).Distinct().ToList();
            return new Term(word, [.. all.Skip(1).Where(other => !all.Any(shorter => shorter != other && other.Contains(shorter, StringComparison.Ordinal)))], CategoryCodes);
        }
    }

    // What is left of a sentence when the words that carry its meaning are taken out.
    private static readonly string[] Phrases =
        [.. new[]
        {
            "に困っています", "に困っている", "に困った", "で困っている", "が困る", "困っています", "困っている", "困りごと", "困った", "困る", "がつらい", "がしんどい", "が大変", "が心配", "が不安",
            "がほしい", "が欲しい", "をしてほしい", "してほしい", "て欲しい", "をしたい", "がしたい", "したい", "たい", "ができない", "できない", "に行けない", "へ行けない", "行けない", "行きたい",
            "を手伝ってほしい", "を手伝って", "手伝ってほしい", "お願いしたい", "を頼みたい", "を探している", "を探す", "探したい", "教えて", "ください", "について", "の相談", "ところ", "場所",
            "近くの", "近所の", "です", "ます", "ない", "なく", "って", "から", "ので", "けど", "とき", "ひとりで", "一人で", "最近",
        }.Select(Folding.Fold).Distinct().OrderByDescending(phrase => phrase.Length)];

    private readonly Dictionary<string, Group> groups = [];
    private readonly List<string> longestFirst;
    private readonly List<(string Key, string Feature)> features;
    private readonly List<(string Key, string Text, SuggestionKind Kind)> suggestions = [];

    public Thesaurus(IEnumerable<Synonym> synonyms, IEnumerable<Trouble> troubles, IEnumerable<Category> categories, IEnumerable<CodeItem> barrierFree)
    {
        features = [.. barrierFree.Select(item => (Folding.Fold(item.Name), $"barrier:{item.Code}"))];
        foreach (var category in categories)
        {
            Add([category.Name], [category.Code]);
            Suggest(category.Name, SuggestionKind.Category);
            Suggest(category.Kana, category.Name, SuggestionKind.Category);
        }

        foreach (var synonym in synonyms)
        {
            Add([synonym.Word, .. synonym.Others], synonym.CategoryCodes);
            Suggest(synonym.Word, SuggestionKind.Word);
            foreach (var other in synonym.Others)
            {
                Suggest(other, synonym.Word, SuggestionKind.Word);
            }
        }

        // A trouble also means the words in it: for 「ゴミ出しがつらい」 what is called ゴミ出し comes first.
        var known = groups.Where(group => group.Key.Length > 1).ToList();
        foreach (var trouble in troubles)
        {
            var key = Key(trouble.Words);
            groups[key] = new Group([key, .. known.Where(word => key.Contains(word.Key, StringComparison.Ordinal)).SelectMany(word => word.Value.Words).Distinct()], [.. trouble.CategoryCodes]);
            Suggest(trouble.Words, SuggestionKind.Trouble);
        }

        longestFirst = [.. groups.Keys.Where(word => word.Length > 1).OrderByDescending(word => word.Length)];
    }

    /// <summary>Memory in bytes, roughly.</summary>
    public long Size => 400L * groups.Count + 150L * suggestions.Count;

    public IReadOnlyList<Term> Read(string? query) => 
        [.. Folding.Words(query).SelectMany(ReadWord).DistinctBy(term => term.Word).Take(8).Select(term => term with { Features = FeaturesOf(term.Word) })];

    /// <summary>Troubles, categories and words that begin with (or hold) what is typed so far.</summary>
    public IEnumerable<(string Text, SuggestionKind Kind)> Suggest(string typed, int most)
    {
        var key = Key(typed);
        return key == "" ? [] : suggestions.Where(item => item.Key.Contains(key, StringComparison.Ordinal))
            .OrderBy(item => !item.Key.StartsWith(key, StringComparison.Ordinal)).ThenBy(item => item.Kind).ThenBy(item => item.Key.Length)
            .Select(item => (item.Text, item.Kind)).Distinct().Take(most);
    }

    private IEnumerable<Term> ReadWord(string word)
    {
        if (groups.TryGetValue(word, out var group))
        {
            return [group.As(word)];
        }

        // A sentence: the known words in it, longest first, and what remains after the usual phrases.
        var (rest, terms) = (word, new List<Term>());
        foreach (var known in longestFirst)
        {
            if (known.Length < word.Length && rest.Contains(known, StringComparison.Ordinal))
            {
                terms.Add(groups[known].As(known));
                rest = rest.Replace(known, "\n", StringComparison.Ordinal);
            }
        }

        if (terms.Count > 0 || word.Length > 4)
        {
            foreach (var phrase in Phrases)
            {
                rest = rest.Replace(phrase, "\n", StringComparison.Ordinal);
            }
        }

        var remains = rest.Split('\n').Select(part => part.Trim('の', 'を', 'に', 'が', 'は', 'へ', 'で', 'と', 'も', 'お', 'や')).Where(part => part.Length > (terms.Count > 0 ? 1 : 0));
        terms.AddRange(remains.Select(part => groups.TryGetValue(part, out var meaning) ? meaning.As(part) : new Term(part, [], NoCategory)));
        return terms.Count > 0 ? terms : [new Term(word, [], NoCategory)];
    }

    private List<string> FeaturesOf(string word) => word.Length < 2 ? [] : [.. features.Where(feature => feature.Key.Contains(word, StringComparison.Ordinal)).Select(feature => feature.Feature)];

    private void Add(IEnumerable<string> words, IEnumerable<string> categoryCodes)
    {
        var keys = words.Select(Key).Where(key => key != "").Distinct().ToArray();
        foreach (var key in keys)
        {
            groups[key] = groups.TryGetValue(key, out var known)
                ? new Group([.. known.Words.Union(keys)], [.. known.CategoryCodes.Union(categoryCodes)])
                : new Group(keys, [.. categoryCodes]);
        }
    }

    private static string Key(string word) => Folding.Stem(Folding.Fold(word));

    private void Suggest(string text, SuggestionKind kind) => Suggest(text, text, kind);

    private void Suggest(string word, string text, SuggestionKind kind)
    {
        if (Key(word) is { Length: > 0 } key)
        {
            suggestions.Add((key, text, kind));
        }
    }
}

/// <summary>困りごと, 分類, ことば, 名前.</summary>
public enum SuggestionKind { Trouble, Category, Word, Name }
