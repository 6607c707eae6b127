namespace Sasaeai.Features.KeptForms;

/// <summary>What a person typed into a form that could not be taken yet: for one town and one address.</summary>
public sealed record KeptForm(int Town, string Path, IReadOnlyList<KeptField> Fields)
{
    /// <summary>What a person recognises, question by question; hidden values are sent but not shown.</summary>
    public IEnumerable<(string Label, string Text)> Answers =>
        from typed in Fields
        where typed.Label is not null && typed.Shown is { Length: > 0 }
        group typed.Shown by typed.Label into answers
        select (answers.Key, string.Join(" ", answers));
}

/// <param name="Label">The question on the form, where it is known.</param>
/// <param name="Shown">The answer in words; null if it would say nothing to a person.</param>
public sealed record KeptField(string Name, string Value, string? Label, string? Shown);
