using Microsoft.AspNetCore.Razor.TagHelpers;
using Sasaeai.Features.Members;

namespace Sasaeai.Features.Shared;

/// <summary>A number that a phone can call, as it was written; nothing when there is none.</summary>
[HtmlTargetElement("phone-number", TagStructure = TagStructure.WithoutEndTag)]
public sealed class PhoneNumberTagHelper : TagHelper
{
    public string? Of { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var digits = Member.PhoneDigits(Of ?? "");
        if (digits == "")
        {
            output.SuppressOutput();
            return;
        }

        output.TagName = "a";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("href", $"tel:{digits}");
        output.Content.SetContent(Of);
    }
}
