using System.Numerics;

namespace Sasaeai.Features.Directory;

/// <summary>A set of entries of one directory, one bit each: 64 are joined, met or counted at once.</summary>
public sealed class EntrySet(int entries)
{
    private readonly ulong[] words = new ulong[WordsFor(entries)];

    public static int WordsFor(int entries) => (entries + 63) / 64;

    public static EntrySet All(int entries)
    {
        var all = new EntrySet(entries);
        Array.Fill(all.words, ulong.MaxValue);
        if (entries % 64 != 0)
        {
            all.words[^1] = ulong.MaxValue >> 64 - entries % 64;
        }

        return all;
    }

    public bool Contains(int entry) => (words[entry >> 6] >> entry & 1) != 0;

    public void Add(int entry) => words[entry >> 6] |= 1UL << entry;

    public EntrySet Join(EntrySet other)
    {
        for (var i = 0; i < words.Length; i++)
        {
            words[i] |= other.words[i];
        }

        return this;
    }

    public EntrySet Meet(EntrySet other) => Meet(other.words);

    public EntrySet Meet(ReadOnlySpan<ulong> other)
    {
        for (var i = 0; i < words.Length; i++)
        {
            words[i] &= other[i];
        }

        return this;
    }

    /// <summary>How many are in both.</summary>
    public int CountWith(EntrySet other)
    {
        var count = 0;
        for (var i = 0; i < words.Length; i++)
        {
            count += BitOperations.PopCount(words[i] & other.words[i]);
        }

        return count;
    }

    public Enumerator GetEnumerator() => new(words);

    /// <summary>In the order of the directory.</summary>
    public struct Enumerator(ulong[] words)
    {
        private int word = -1;
        private ulong left;

        public readonly int Current => word * 64 + BitOperations.TrailingZeroCount(left);

        public bool MoveNext()
        {
            for (left &= left - 1; left == 0; left = words[word])
            {
                if (++word == words.Length)
                {
                    return false;
                }
            }

            return true;
        }
    }
}
