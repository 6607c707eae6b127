using System.Globalization;

namespace Sasaeai.Features.Issues;

/// <summary>Cuts texts for a paper of one page, and remembers whether it had to.</summary>
public sealed class Brief
{
    public bool WasCut { get; private set; }

    /// <summary>The text in one line, at most so many characters as a person counts them.</summary>
    public string Of(string? text, int most)
    {
        var line = string.Join(' ', (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var counted = new StringInfo(line);
        if (counted.LengthInTextElements <= most)
        {
            return line;
        }

        WasCut = true;
        return counted.SubstringByTextElements(0, most - 1) + "…";
    }

    /// <summary>The first few of a list.</summary>
    public IReadOnlyList<T> Of<T>(IReadOnlyList<T> rows, int most)
    {
        WasCut |= rows.Count > most;
        return [.. rows.Take(most)];
    }
}
