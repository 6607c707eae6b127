using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.AspNetCore.WebUtilities;

namespace Sasaeai.Features.Shared;

/// <summary>
/// 「全152件のうち 51〜100件」 and links to the other pages, which keep the rest of the query.
/// The page number travels as <c>?p=2</c>, since Razor Pages keeps <c>page</c> for itself.
/// </summary>
[HtmlTargetElement("pager", TagStructure = TagStructure.WithoutEndTag)]
public sealed class PagerTagHelper : TagHelper
{
    public const string Parameter = "p";

    /// <summary>From 1.</summary>
    public int Number { get; set; } = 1;

    /// <summary>Rows on a page.</summary>
    public int Size { get; set; } = 50;

    /// <summary>Rows on all pages.</summary>
    public int Total { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public required ViewContext ViewContext { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var last = (Total + Size - 1) / Size;
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "pager");
        output.Content.AppendHtml("<p>").Append(Total == 0 ? "0件" : $"全{Total:N0}件のうち {(Number - 1) * Size + 1:N0}〜{Math.Min(Number * Size, Total):N0}件").AppendHtml("</p>");
        if (last < 2)
        {
            return;
        }

        var list = new TagBuilder("ul");
        Add(list, Number > 1, Number - 1, "前へ", rel: "prev");
        var shown = Enumerable.Range(1, last).Where(n => n == 1 || n == last || Math.Abs(n - Number) <= 1).ToList();
        foreach (var (previous, n) in shown.Prepend(0).Zip(shown))
        {
            if (n > previous + 1)
            {
                list.InnerHtml.AppendHtml("<li class=\"gap\">…</li>");
            }

            Add(list, true, n, $"{n}", rel: null);
        }

        Add(list, Number < last, Number + 1, "次へ", rel: "next");
        output.Content.AppendHtml("<nav aria-label=\"ページ\">").AppendHtml(list).AppendHtml("</nav>");
    }

    private void Add(TagBuilder list, bool exists, int number, string text, string? rel)
    {
        if (!exists)
        {
            return;
        }

        var query = QueryHelpers.ParseQuery(ViewContext.HttpContext.Request.QueryString.Value);
        query[Parameter] = $"{number}";
        var link = new TagBuilder("a");
        link.Attributes["href"] = QueryHelpers.AddQueryString("", query);
        if (rel is not null)
        {
            link.Attributes["rel"] = rel;
        }
        else
        {
            link.Attributes["aria-label"] = $"{number}ページ目";
        }

        if (number == Number)
        {
            link.Attributes["aria-current"] = "page";
        }

        link.InnerHtml.Append(text);
        list.InnerHtml.AppendHtml("<li>").AppendHtml(link).AppendHtml("</li>");
    }
}
