using System.Buffers.Binary;
using System.Globalization;

namespace Sasaeai.Features.Attachments;

/// <summary>A file that may be kept: what it is by its content, and its bytes without metadata.</summary>
public sealed record CleanFile(string MediaType, byte[] Bytes)
{
    public bool IsPicture => MediaType != "application/pdf";

    /// <summary>The last part of what the browser sent, short enough to show, without signs that nobody sees: some of them turn 「fdp.exe」 around.</summary>
    public static string NameOf(string sent)
    {
        var name = new string([.. Path.GetFileName(sent.Replace('\\', '/')).Where(character => !char.IsControl(character) && char.GetUnicodeCategory(character) != UnicodeCategory.Format)]);
        return name == "" ? "file" : name[^Math.Min(name.Length, 100)..];
    }
}

/// <summary>
/// Says by its first bytes what a file is, and rewrites pictures without what a camera or program wrote beside the
/// picture: place (GPS), device, times, names, comments. The picture data itself is copied, not encoded again.
/// </summary>
public static class PictureCleaning
{
    private static readonly HashSet<string> PngChunks = ["IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "sBIT", "bKGD", "pHYs", "acTL", "fcTL", "fdAT"];
    private static readonly HashSet<string> WebpChunks = ["VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF", "ICCP"];

    /// <returns>Null when the file is none of JPEG, PNG, WebP and PDF, or is broken.</returns>
    public static CleanFile? Clean(byte[] bytes)
    {
        ReadOnlySpan<byte> file = bytes;
        return file.StartsWith<byte>([0xFF, 0xD8, 0xFF]) ? Kept("image/jpeg", Jpeg(file))
            : file.Length > 8 && file[0] == 0x89 && file[1..].StartsWith("PNG\r\n\x1a\n"u8) ? Kept("image/png", Png(file))
            : file.Length > 12 && file.StartsWith("RIFF"u8) && file[8..].StartsWith("WEBP"u8) ? Kept("image/webp", Webp(file))
            : file.StartsWith("%PDF-"u8) ? new CleanFile("application/pdf", bytes)
            : null;
    }

    private static CleanFile? Kept(string mediaType, byte[]? bytes) => bytes is null ? null : new CleanFile(mediaType, bytes);

    /// <summary>Keeps JFIF, colour profile and Adobe's colour transform of the application segments; of Exif only which way is up.</summary>
    private static byte[]? Jpeg(ReadOnlySpan<byte> file)
    {
        using var clean = new MemoryStream(file.Length);
        clean.Write(file[..2]);
        for (var at = 2; at + 4 <= file.Length;)
        {
            var marker = file[at + 1];
            if (file[at] != 0xFF)
            {
                return null;
            }

            if (marker == 0xFF)
            {
                at++;       // fill byte
                continue;
            }

            var end = at + 2 + BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]);
            if (end > file.Length)
            {
                return null;
            }

            var content = file[(at + 4)..end];
            var isMetadata = marker == 0xFE || marker is >= 0xE1 and <= 0xEF && marker != 0xEE && !(marker == 0xE2 && content.StartsWith("ICC_PROFILE"u8));
            if (!isMetadata)
            {
                clean.Write(file[at..end]);
            }
            else if (marker == 0xE1 && content.StartsWith("Exif\0\0"u8) && Orientation(content[6..]) is var turn and > 1 and <= 8)
            {
                clean.Write([0xFF, 0xE1, 0, 34, .. "Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0"u8, (byte)turn, 0, 0, 0, 0, 0, 0]);
            }

            at = end;
            if (marker == 0xDA)
            {
                var next = EndOfScan(file, at);
                clean.Write(file[at..next]);
                at = next;
                if (at + 1 < file.Length && file[at + 1] == 0xD9)
                {
                    clean.Write([0xFF, 0xD9]);      // what follows the end is no part of the picture
                    return clean.ToArray();
                }
            }
        }

        return null;
    }

    /// <summary>The next marker after compressed data, which holds FF only before 00 or a restart.</summary>
    private static int EndOfScan(ReadOnlySpan<byte> file, int at)
    {
        while (at + 1 < file.Length && !(file[at] == 0xFF && file[at + 1] is not 0 and not (>= 0xD0 and <= 0xD7)))
        {
            at++;
        }

        return Math.Min(at, file.Length);
    }

    /// <summary>Exif tag 0x0112 of the first directory, or 1.</summary>
    private static int Orientation(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 8)
        {
            return 1;
        }

        var little = tiff[0] == (byte)'I';
        int Number16(ReadOnlySpan<byte> from) => little ? BinaryPrimitives.ReadUInt16LittleEndian(from) : BinaryPrimitives.ReadUInt16BigEndian(from);
        var start = little ? BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..]) : BinaryPrimitives.ReadUInt32BigEndian(tiff[4..]);
        if (start + 2 > tiff.Length)
        {
            return 1;
        }

        var directory = tiff[(int)start..];
        for (int i = 0, entry = 2; i < Number16(directory) && entry + 12 <= directory.Length; i++, entry += 12)
        {
            if (Number16(directory[entry..]) == 0x0112)
            {
                return Number16(directory[(entry + 8)..]);
            }
        }

        return 1;
    }

    private static byte[]? Png(ReadOnlySpan<byte> file)
    {
        using var clean = new MemoryStream(file.Length);
        clean.Write(file[..8]);
        for (var at = 8; at + 12 <= file.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(file[at..]);
            if (length > file.Length - at - 12)
            {
                return null;
            }

            var chunk = file.Slice(at, (int)length + 12);
            var name = System.Text.Encoding.ASCII.GetString(chunk.Slice(4, 4));
            if (PngChunks.Contains(name))
            {
                clean.Write(chunk);
            }

            if (name == "IEND")
            {
                return clean.ToArray();
            }

            at += chunk.Length;
        }

        return null;
    }

    private static byte[]? Webp(ReadOnlySpan<byte> file)
    {
        using var clean = new MemoryStream(file.Length);
        clean.Write(file[..12]);
        for (var at = 12; at + 8 <= file.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(file[(at + 4)..]);
            if (length > file.Length - at - 8)
            {
                return null;
            }

            var padded = (int)Math.Min(8 + length + (length & 1), (uint)(file.Length - at));
            var chunk = file.Slice(at, padded).ToArray();
            var name = System.Text.Encoding.ASCII.GetString(chunk, 0, 4);
            if (name == "VP8X" && length >= 1)
            {
                chunk[8] &= 0b1111_0011;        // no Exif, no XMP
            }

            if (WebpChunks.Contains(name))
            {
                clean.Write(chunk);
            }

            at += padded;
        }

        var bytes = clean.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4), (uint)bytes.Length - 8);
        return bytes.Length > 20 ? bytes : null;
    }
}
