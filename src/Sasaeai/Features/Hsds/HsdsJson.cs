using System.Net.Mail;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace Sasaeai.Features.Hsds;

/// <summary>How HSDS writes values: snake_case, no null, kanji as they are.</summary>
public static class HsdsJson
{
    public static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    private static readonly Guid Namespace = new("5c0f9e5e-6d0b-5f0c-9a39-3d1d9d7b2f10");

    /// <summary>The same names give the same id for ever (UUID version 5, RFC 9562 section 5.5).</summary>
    public static Guid Id(params ReadOnlySpan<object> names)
    {
        Span<byte> hash = stackalloc byte[20];
        SHA1.HashData([.. Namespace.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(string.Join('/', names.ToArray()))], hash);
        hash[6] = (byte)(hash[6] & 0x0F | 0x50);
        hash[8] = (byte)(hash[8] & 0x3F | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }

    public static string? OrNull(this string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    public static IReadOnlyList<T>? OrNull<T>(this IReadOnlyList<T> list) => list.Count == 0 ? null : list;

    /// <summary>Only what the schema's format takes: a whole http address in ASCII.</summary>
    public static string? AsUri(this string? text) =>
        Uri.TryCreate(text?.Trim(), UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Host != ""
            ? $"{uri.Scheme}://{uri.IdnHost}{(uri.IsDefaultPort ? "" : $":{uri.Port}")}{uri.PathAndQuery}{uri.Fragment}" : null;

    public static string? AsEmail(this string? text) =>
        text is not null && Ascii.IsValid(text) && MailAddress.TryCreate(text, out var address) && address.Address == text ? text : null;
}
