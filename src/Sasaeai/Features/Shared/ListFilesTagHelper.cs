using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.AspNetCore.WebUtilities;

namespace Sasaeai.Features.Shared;

/// <summary>Links to the list as a file, under the same conditions: the page's handler <c>Table</c> with <c>format</c>.</summary>
[HtmlTargetElement("list-files", TagStructure = TagStructure.WithoutEndTag)]
public sealed class ListFilesTagHelper : TagHelper
{
    [ViewContext, HtmlAttributeNotBound]
    public required ViewContext ViewContext { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "p";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "actions");
        output.Content.Append("この一覧をファイルで受け取る：");
        foreach (var (text, format) in new[] { ("Excel", "xlsx"), ("CSV", "csv") })
        {
            var query = QueryHelpers.ParseQuery(ViewContext.HttpContext.Request.QueryString.Value);
            query.Remove(PagerTagHelper.Parameter);
            (query["handler"], query["format"]) = ("Table", format);
            var link = new TagBuilder("a");
            link.Attributes["href"] = QueryHelpers.AddQueryString("", query);
            link.InnerHtml.Append(text);
            output.Content.AppendHtml(link).Append(" ");
        }
    }
}
