using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.AspNetCore.WebUtilities;

namespace Sasaeai.Features.Shared;

/// <summary>The head of a column by which the list can be put in order: <c>?sort=name</c>, pressed again <c>&amp;desc=true</c>. The rest of the query stays.</summary>
[HtmlTargetElement("sort-head")]
public sealed class SortHeadTagHelper : TagHelper
{
    public const string Parameter = "sort", Descending = "desc";

    public required string By { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public required ViewContext ViewContext { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var query = QueryHelpers.ParseQuery(ViewContext.HttpContext.Request.QueryString.Value);
        var leads = query.TryGetValue(Parameter, out var sort) && sort == By;
        var falls = leads && query.TryGetValue(Descending, out var descending) && descending == "true";
        (query[Parameter], query[Descending]) = (By, leads && !falls ? "true" : "false");
        query.Remove(PagerTagHelper.Parameter);
        output.TagName = "th";
        output.Attributes.SetAttribute("scope", "col");
        if (leads)
        {
            output.Attributes.SetAttribute("aria-sort", falls ? "descending" : "ascending");
        }

        var link = new TagBuilder("a");
        link.Attributes["href"] = QueryHelpers.AddQueryString("", query);
        output.PreContent.AppendHtml(link.RenderStartTag());
        output.PostContent.Append(leads ? falls ? " ▼" : " ▲" : "").AppendHtml("</a>");
    }
}

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
