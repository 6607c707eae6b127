using System.Text;
using Microsoft.Playwright;
using Sasaeai.Features.Attachments;
using Sasaeai.Tests.Browser;

namespace Sasaeai.Tests.Features.Attachments;

public class PictureCleaningTests(Chromium chromium)
{
    private const string Secret = "GPS 35.681236 139.767125";

    [Theory, InlineData("image/jpeg"), InlineData("image/png"), InlineData("image/webp")]
    public async Task Metadata_is_gone_and_the_picture_still_opens(string mediaType)
    {
        var page = await chromium.OpenAsync(new Uri("about:blank"));
        var marked = WithMetadata(mediaType, await PaintAsync(page, mediaType));
        Assert.Contains(Secret, Encoding.Latin1.GetString(marked));

        var clean = PictureCleaning.Clean(marked)!;

        Assert.Equal(mediaType, clean.MediaType);
        Assert.DoesNotContain(Secret, Encoding.Latin1.GetString(clean.Bytes));
        Assert.Equal("40x20", await SizeAsync(page, clean));
    }

    [Fact]
    public async Task A_photo_taken_upright_stays_upright()
    {
        var page = await chromium.OpenAsync(new Uri("about:blank"));
        var jpeg = await PaintAsync(page, "image/jpeg");
        byte[] exif = [.. "Exif\0\0II*\0\x08\0\0\0\x02\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\x25\x88\x04\0\x01\0\0\0\0\0\0\0\0\0\0\0"u8, .. Encoding.ASCII.GetBytes(Secret)];

        var clean = PictureCleaning.Clean([.. jpeg[..2], 0xFF, 0xE1, .. Length16(exif.Length + 2), .. exif, .. jpeg[2..]])!;

        Assert.DoesNotContain(Secret, Encoding.Latin1.GetString(clean.Bytes));
        Assert.Equal("20x40", await SizeAsync(page, clean));
    }

    [Fact]
    public void What_is_no_picture_or_is_broken_is_refused()
    {
        Assert.Null(PictureCleaning.Clean([]));
        Assert.Null(PictureCleaning.Clean("<svg onload=alert(1)>"u8.ToArray()));
        Assert.Null(PictureCleaning.Clean([0xFF, 0xD8, 0xFF, 0xE1, 0xFF, 0xFF, 1, 2, 3]));
        Assert.Null(PictureCleaning.Clean([0x89, .. "PNG\r\n\x1a\n"u8, 0xFF, 0xFF, 0xFF, 0xFF, .. "IHDR1234"u8]));
        Assert.Null(PictureCleaning.Clean([.. "RIFF\0\0\0\0WEBPVP8 "u8, 0xFF, 0xFF, 0xFF, 0xFF]));
        Assert.Equal("application/pdf", PictureCleaning.Clean("%PDF-1.7"u8.ToArray())!.MediaType);
    }

    private static byte[] WithMetadata(string mediaType, byte[] picture) => mediaType switch
    {
        "image/jpeg" => [.. picture[..2], 0xFF, 0xFE, .. Length16(Secret.Length + 2), .. Encoding.ASCII.GetBytes(Secret), .. picture[2..], .. Encoding.ASCII.GetBytes(Secret)],
        "image/png" => [.. picture[..33], .. Length32(Secret.Length, false), .. "tEXt"u8, .. Encoding.ASCII.GetBytes(Secret), 0, 0, 0, 0, .. picture[33..]],
        _ => [.. "RIFF"u8, .. Length32(picture.Length + Secret.Length, true), .. picture[8..], .. "EXIF"u8, .. Length32(Secret.Length, true), .. Encoding.ASCII.GetBytes(Secret)],
    };

    private static byte[] Length16(int length) => [(byte)(length >> 8), (byte)length];

    private static byte[] Length32(int length, bool little)
    {
        var bytes = BitConverter.GetBytes(length);
        return little ? bytes : [.. bytes.Reverse()];
    }

    private static async Task<byte[]> PaintAsync(IPage page, string mediaType) => Convert.FromBase64String((await page.EvaluateAsync<string>("""
        type => { const c = document.createElement('canvas'); c.width = 40; c.height = 20; c.getContext('2d').fillRect(0, 0, 20, 20); return c.toDataURL(type); }
        """, mediaType)).Split(',')[1]);

    private static Task<string> SizeAsync(IPage page, CleanFile file) => page.EvaluateAsync<string>("""
        async url => { const i = new Image(); i.src = url; await i.decode(); return `${i.naturalWidth}x${i.naturalHeight}`; }
        """, $"data:{file.MediaType};base64,{Convert.ToBase64String(file.Bytes)}");
}
