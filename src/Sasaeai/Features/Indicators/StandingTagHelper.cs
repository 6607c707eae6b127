using Microsoft.AspNetCore.Razor.TagHelpers;
using Sasaeai.Features.Shared;

namespace Sasaeai.Features.Indicators;

/// <summary>達成, 未達 or 年度の途中 as a chip; nothing where there is no target or no result.</summary>
[HtmlTargetElement("standing", TagStructure = TagStructure.WithoutEndTag)]
public sealed class StandingTagHelper : TagHelper
{
    public Standing Is { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (Is is Standing.NoTarget or Standing.NoResult)
        {
            output.SuppressOutput();
            return;
        }

        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", $"chip {Is switch { Standing.Reached => "open", Standing.Missed => "askfirst", _ => "underway" }}");
        output.Content.SetContent(Is.Words());
    }
}
