using System.Text;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;

namespace Sasaeai.Features.Tickets;

/// <summary>
/// Numbers of tickets as people type, scan or copy them: 「1-000123」 and 「1-000123-K7Q2AB」 as printed, 「123」, and runs:
/// 「120〜129」, 「120-129」, 「1-000120〜000129」. What is printed is always a number and never a run from 1 on.
/// </summary>
public static partial class TicketNumbers
{
    public const int Most = 1000;

    /// <param name="Unit">Of the type that stands before the number; null when only the number was typed.</param>
    /// <param name="Code">The letters after it, or empty.</param>
    public sealed record Typed(short? Unit, int Serial, string Code)
    {
        public override string ToString() => Unit is { } unit ? $"{unit - 1}-{Serial:000000}" : $"{Serial}";
    }

    /// <exception cref="RuleBrokenException">Something is no number, or there are more than <see cref="Most"/>.</exception>
    public static IReadOnlyList<Typed> Read(string? text)
    {
        var typed = new List<Typed>();
        foreach (var word in Waves().Replace(Dashes().Replace((text ?? "").Normalize(NormalizationForm.FormKC), "-"), "~").Split([' ', ',', '、', '・', '/', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries))
        {
            typed.AddRange(OfWord(word));
            Rule.Require(typed.Count <= Most, $"一度に入れられる番号は{Most:N0}枚までです。");
        }

        return typed;
    }

    /// <summary>What was typed, as numbers of one type.</summary>
    /// <exception cref="RuleBrokenException">A number stands twice, is of another type, or its letters are not those that this group printed.</exception>
    public static async Task<IReadOnlyList<int>> OfAsync(AppDb db, TicketType type, IReadOnlyList<Typed> typed)
    {
        var twice = typed.GroupBy(number => number.Serial).FirstOrDefault(same => same.Count() > 1);
        Rule.Require(twice is null, $"券の番号{twice?.Key}が二度入っています。番号を確かめてください。");
        var foreign = typed.FirstOrDefault(number => number.Unit is { } unit && unit != type.Unit);
        Rule.Require(foreign is null, $"「{foreign}」は、この団体の「{type.Name}」の番号ではありません。券を見て、もう一度入れてください。");
        var lettered = typed.Where(number => number.Code != "").ToList();
        var serials = lettered.Select(number => number.Serial).ToList();
        var codes = lettered.Count == 0 ? [] : await db.Tickets.AsNoTracking().Where(ticket => ticket.GroupId == type.GroupId && ticket.Unit == type.Unit && serials.Contains(ticket.Serial)).ToDictionaryAsync(ticket => ticket.Serial, ticket => ticket.Code);
        var other = lettered.Find(number => codes.TryGetValue(number.Serial, out var code) && !code.Equals(number.Code, StringComparison.OrdinalIgnoreCase));
        Rule.Require(other is null, $"券の番号{other?.Serial}の確かめの文字が、発行した券と違います。ほかの団体の券でないか、券を見て確かめてください。");
        return [.. typed.Select(number => number.Serial)];
    }

    /// <summary>「3〜10、12」.</summary>
    public static string Runs(IEnumerable<int> serials) => Runs(serials, serial => $"{serial}", serial => $"{serial}");

    /// <param name="first">How the first number of a run is written, and a number alone.</param>
    public static string Runs(IEnumerable<int> serials, Func<int, string> first, Func<int, string> last) =>
        string.Join("、", serials.Order().Select((serial, place) => (serial, place)).GroupBy(one => one.serial - one.place).Select(run => first(run.First().serial) + (run.Count() == 1 ? "" : $"〜{last(run.Last().serial)}")));

    private static IEnumerable<Typed> OfWord(string word)
    {
        if (Number().Match(word) is { Success: true } number)
        {
            return [new Typed(UnitOf(number.Groups["type"]), int.Parse(number.Groups["serial"].ValueSpan), number.Groups["code"].Value)];
        }

        var run = Run().Match(word);
        var (first, last) = run.Success ? (int.Parse(run.Groups["first"].ValueSpan), int.Parse(run.Groups["last"].ValueSpan)) : (0, -1);
        Rule.Require(last >= first, $"「{(word.Length > 30 ? word[..30] + "…" : word)}」を券の番号として読めません。券に書いてある番号を入れてください。続きの番号は 120~129 のように、小さいほうから入れます。");
        Rule.Require(last - first < Most, $"一度に入れられる番号は{Most:N0}枚までです。");
        return Enumerable.Range(first, last - first + 1).Select(serial => new Typed(UnitOf(run.Groups["type"]), serial, ""));
    }

    private static short? UnitOf(Group type) => type.Success ? (short)(short.Parse(type.ValueSpan) + 1) : null;

    /// <summary>As printed (six digits after the type), or a number alone.</summary>
    [GeneratedRegex("^(?:(?<type>[1-9][0-9]{0,2})-(?<serial>[0-9]{6,9})(?:-(?<code>[0-9A-Za-z]{6}))?|(?<serial>[0-9]{1,9}))$")]
    private static partial Regex Number();

    [GeneratedRegex("^(?:(?<type>[1-9][0-9]{0,2})-)?(?<first>[0-9]{1,9})(?:~(?:[1-9][0-9]{0,2}-)?|-(?!0))(?<last>[0-9]{1,9})$")]
    private static partial Regex Run();

    [GeneratedRegex("[ー−‐‑–—―]")]
    private static partial Regex Dashes();

    [GeneratedRegex("[〜～]")]
    private static partial Regex Waves();
}
