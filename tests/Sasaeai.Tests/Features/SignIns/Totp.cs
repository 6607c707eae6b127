using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Sasaeai.Tests.Features.SignIns;

/// <summary>The authenticator on a telephone (RFC 6238).</summary>
public static class Totp
{
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <param name="key">The key as the page shows it, in groups.</param>
    /// <param name="steps">Half minutes from now; Identity takes two to either side.</param>
    public static string Code(string key, int steps = 0)
    {
        var bits = string.Concat(key.Replace(" ", "").Select(letter => Convert.ToString(Base32.IndexOf(letter), 2).PadLeft(5, '0')));
        var bytes = bits.Chunk(8).Where(eight => eight.Length == 8).Select(eight => Convert.ToByte(new string(eight), 2)).ToArray();
        var counter = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 30 + steps);
        var hash = HMACSHA1.HashData(bytes, counter);
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 0xf)) & int.MaxValue;
        return (number % 1_000_000).ToString("000000");
    }
}
