using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace Sasaeai.Features.Postings;

public static class PostingWords
{
    public static string InWords(this PostingKind kind) => NameOf(kind);

    public static string InWords(this PostingLayer layer) => NameOf(layer);

    public static string InWords(this Employer employer) => NameOf(employer);

    private static string NameOf<T>(T value) where T : struct, Enum => typeof(T).GetField(value.ToString())!.GetCustomAttribute<DisplayAttribute>()!.Name!;
}
