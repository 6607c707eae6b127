using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace Sasaeai.Features;

/// <summary>What people call a choice of the program's own lists: its <c>Display</c> name.</summary>
public static class EnumWords
{
    private static readonly ConcurrentDictionary<Enum, string> known = new();

    public static string Words<T>(this T value) where T : struct, Enum => known.GetOrAdd(value, one => typeof(T).GetField(one.ToString())?.GetCustomAttribute<DisplayAttribute>()?.Name ?? one.ToString());
}
