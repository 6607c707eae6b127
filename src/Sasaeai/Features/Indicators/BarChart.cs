using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;

namespace Sasaeai.Features.Indicators;

/// <param name="Target">Drawn as a line across the bar.</param>
public sealed record Bar(string Label, Quantity? Value, Quantity? Target = null);

/// <summary>
/// A bar chart made on the server: no script, it prints, and its colours are the style sheet's. The numbers stand on it as text;
/// the table under it says the same, so that the picture is one image for assistive technology.
/// </summary>
public sealed class BarChart(string title, IReadOnlyList<Bar> bars, string unit) : IHtmlContent
{
    private const int Left = 8, Top = 28, Height = 180, Bottom = 34;

    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        if (bars.All(bar => bar.Value is null && bar.Target is null))
        {
            return;
        }

        var step = Math.Clamp(720 / bars.Count, 56, 160);
        var (width, most) = (Left * 2 + step * bars.Count, Math.Max(1, bars.Max(bar => Math.Max(bar.Value?.Approximate ?? 0, bar.Target?.Approximate ?? 0))));
        writer.Write(string.Create(CultureInfo.InvariantCulture, $"<figure class=\"chart\"><svg viewBox=\"0 0 {width} {Top + Height + Bottom}\" width=\"{width}\" role=\"img\" aria-label=\"{encoder.Encode(Said())}\">"));
        foreach (var (index, bar) in bars.Index())
        {
            var (x, middle) = (Left + index * step, Left + index * step + step / 2);
            if (bar.Value is { } value)
            {
                var height = Height * value.Approximate / most;
                writer.Write(string.Create(CultureInfo.InvariantCulture, $"<rect class=\"bar-value\" x=\"{x + step / 5.0:F1}\" y=\"{Top + Height - height:F1}\" width=\"{step * 0.6:F1}\" height=\"{height:F1}\"/>"));
                writer.Write(string.Create(CultureInfo.InvariantCulture, $"<text x=\"{middle}\" y=\"{Top + Height - height - 8:F1}\" text-anchor=\"middle\">{encoder.Encode(value.Shown(bar.Target) + (value.IsShare ? "%" : ""))}</text>"));
            }

            if (bar.Target is { } target)
            {
                var y = Top + Height - Height * target.Approximate / most;
                writer.Write(string.Create(CultureInfo.InvariantCulture, $"<line class=\"bar-target\" x1=\"{x + step / 10.0:F1}\" x2=\"{x + step * 0.9:F1}\" y1=\"{y:F1}\" y2=\"{y:F1}\"/>"));
            }

            writer.Write(string.Create(CultureInfo.InvariantCulture, $"<text x=\"{middle}\" y=\"{Top + Height + 24}\" text-anchor=\"middle\">{encoder.Encode(bar.Label)}</text>"));
        }

        writer.Write(string.Create(CultureInfo.InvariantCulture, $"<line class=\"bar-ground\" x1=\"0\" x2=\"{width}\" y1=\"{Top + Height}\" y2=\"{Top + Height}\"/></svg><figcaption>{encoder.Encode(title)}（{encoder.Encode(unit)}）{(bars.Any(bar => bar.Target is not null) ? "　横の線は目標" : "")}</figcaption></figure>"));
    }

    private string Said() => $"{title}。" + string.Join('、', bars.Select(bar => $"{bar.Label} {bar.Value?.Shown(bar.Target) ?? "なし"}{(bar.Target is { } target ? $"（目標 {target.Shown()}）" : "")}")) + "。";
}
