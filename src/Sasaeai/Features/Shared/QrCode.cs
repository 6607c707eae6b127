using System.Text;
using Microsoft.AspNetCore.Html;
using QRCoder;

namespace Sasaeai.Features.Shared;

/// <summary>A QR code as one SVG path: sharp on paper, and without the inline styles that the policy forbids.</summary>
public static class QrCode
{
    /// <param name="label">What a person hears who cannot see it.</param>
    public static IHtmlContent Svg(string text, string label)
    {
        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var rows = code.ModuleMatrix;
        var path = new StringBuilder();
        for (var y = 0; y < rows.Count; y++)
        {
            for (var x = 0; x < rows.Count; x++)
            {
                if (rows[y][x])
                {
                    path.Append($"M{x} {y}h1v1h-1z");
                }
            }
        }

        return new HtmlContentBuilder().AppendHtml($"<svg class=\"qr\" role=\"img\" viewBox=\"0 0 {rows.Count} {rows.Count}\" aria-label=\"").Append(label).AppendHtml($"\"><path fill=\"#fff\" d=\"M0 0h{rows.Count}v{rows.Count}H0z\"/><path d=\"{path}\"/></svg>");
    }
}
