using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Sasaeai.Features.Forms;

/// <summary>A field that people do not see and programs fill in.</summary>
[HtmlTargetElement("trap", TagStructure = TagStructure.WithoutEndTag)]
public sealed class TrapTagHelper : TagHelper
{
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "trap");
        output.Attributes.SetAttribute("aria-hidden", "true");
        output.Content.SetHtmlContent($"<label for=\"{Trap.Field}\">ここには何も入れないでください</label><input id=\"{Trap.Field}\" name=\"{Trap.Field}\" tabindex=\"-1\" autocomplete=\"off\">");
    }
}

public static class Trap
{
    public const string Field = "website";

    public static void RequireEmpty(HttpRequest request) => Rule.Require(string.IsNullOrEmpty(request.Form[Field]), "自動で送られたものと見分けられなかったため、受け付けていません。お手数ですが、お電話でお知らせください。");
}
