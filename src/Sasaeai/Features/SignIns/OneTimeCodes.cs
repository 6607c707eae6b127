using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Sasaeai.Features.SignIns;

/// <summary>The codes of an authenticator app: six digits, HMAC-SHA1, a new one every 30 seconds (RFC 6238).</summary>
public static class OneTimeCodes
{
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int Seconds = 30, Digits = 1_000_000;

    /// <summary>A telephone's clock may be off by one step, and people type slowly (5.2).</summary>
    private const int Drift = 1;

    /// <summary>The half minute since 1970 that the code belongs to, or null when it fits none around now.</summary>
    /// <param name="key">In Base32, as the app was given it.</param>
    public static long? StepOf(string key, string code, DateTimeOffset now)
    {
        var (secret, present, typed) = (Decode(key), now.ToUnixTimeSeconds() / Seconds, Encoding.ASCII.GetBytes(code));
        long? found = null;
        for (var step = present - Drift; step <= present + Drift; step++)
        {
            if (CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Code(secret, step)), typed))
            {
                found = step;
            }
        }

        return found;
    }

    private static string Code(byte[] secret, long step)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)], hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
#pragma warning disable CA5350 // what authenticator apps speak; the weakness of SHA-1 does not touch HMAC
        HMACSHA1.HashData(secret, counter, hash);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[^1] & 0xf)..]) & int.MaxValue;
        return (number % Digits).ToString("000000", CultureInfo.InvariantCulture);
    }

    private static byte[] Decode(string key)
    {
        var bytes = new List<byte>();
        var (bits, held) = (0, 0);
        foreach (var letter in key.TrimEnd('='))
        {
            (held, bits) = ((held << 5 | Base32.IndexOf(char.ToUpperInvariant(letter), StringComparison.Ordinal)) & 0xffff, bits + 5);
            if (bits >= 8)
            {
                bits -= 8;
                bytes.Add((byte)(held >> bits));
            }
        }

        return [.. bytes];
    }
}
