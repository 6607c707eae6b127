using System.Collections;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sasaeai.Features.Resources.Schedules;

/// <summary>A set of whole numbers from 1 to 31, such as days of a month; as JSON <c>[5, 15, 25]</c>. Bit n stands for n.</summary>
[CollectionBuilder(typeof(Numbers), nameof(Of)), JsonConverter(typeof(AsArray))]
public readonly record struct Numbers(uint Bits) : IEnumerable<int>
{
    /// <exception cref="ArgumentOutOfRangeException">A number is not from 1 to 31.</exception>
    public static Numbers Of(ReadOnlySpan<int> numbers)
    {
        var bits = 0u;
        foreach (var number in numbers)
            bits |= number is >= 1 and <= 31 ? 1u << number : throw new ArgumentOutOfRangeException(nameof(numbers), number, "1から31までの数だけです。");
        return new(bits);
    }

    public bool IsEmpty => Bits == 0;

    public int Count => BitOperations.PopCount(Bits);

    public bool Contains(int number) => number is >= 1 and <= 31 && (Bits >> number & 1) != 0;

    /// <summary>Ascending.</summary>
    public IEnumerator<int> GetEnumerator()
    {
        for (var rest = Bits; rest != 0; rest &= rest - 1)
            yield return BitOperations.TrailingZeroCount(rest);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    sealed class AsArray : JsonConverter<Numbers>
    {
        public override Numbers Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
        {
            var numbers = JsonSerializer.Deserialize<int[]>(ref reader, options) ?? [];
            return numbers.All(number => number is >= 1 and <= 31) ? Of(numbers) : throw new JsonException("1から31までの数だけです。");
        }

        public override void Write(Utf8JsonWriter writer, Numbers value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value.ToArray(), options);
    }
}
