using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Sasaeai.Features.Shared;

/// <summary>
/// A number that a phone can call, as it was written: of 「0999-20-1234（田中）」 or two numbers the first is called. Words
/// without a number stay words; nothing when nothing is known.
/// </summary>
[HtmlTargetElement("phone-number", TagStructure = TagStructure.WithoutEndTag)]
public sealed partial class PhoneNumberTagHelper : TagHelper
{
    public string? Of { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (string.IsNullOrWhiteSpace(Of))
        {
            output.SuppressOutput();
            return;
        }

        var called = ToCall(Of);
        output.TagName = called == "" ? null : "a";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Content.SetContent(Of);
        if (called != "")
        {
            output.Attributes.SetAttribute("href", $"tel:{called}");
        }
    }

    /// <summary>The digits of the first number; empty when there is none.</summary>
    public static string ToCall(string written)
    {
        var digits = string.Concat(Number().Match(written.Normalize(NormalizationForm.FormKC)).Value.Where(c => char.IsAsciiDigit(c) || c is '#'));
        var longest = !digits.StartsWith('0') ? digits.Length : digits is ['0', '5' or '7' or '8' or '9', '0', ..] ? 11 : 10;     // two numbers with a blank between them
        return digits[..Math.Min(digits.Length, longest)];
    }

    // 03(1234)5678, 0120-000-000, 049 251 2711, #8000, 119; a hyphen of any form.
    [GeneratedRegex(@"\(?0[0-9][0-9()\s‐‑–—―−ー-]{5,15}[0-9]|#?[0-9]{3,}")]
    private static partial Regex Number();
}
