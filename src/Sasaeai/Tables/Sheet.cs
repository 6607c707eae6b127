namespace Sasaeai.Tables;

/// <summary>One sheet of a workbook.</summary>
/// <param name="Name">Cut to 31 characters; what Excel forbids in a name becomes a space, and a name that is there already gets a number.</param>
public sealed record Sheet(string Name, IReadOnlyList<string> Header, IAsyncEnumerable<IReadOnlyList<object?>> Rows);
