using System.Linq.Expressions;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.AspNetCore.WebUtilities;

namespace Sasaeai.Features.Shared;

/// <summary>By which column a list is ordered; travels as <c>?sort=name</c>, or <c>?sort=-name</c> from the end.</summary>
public sealed record ListOrder(string Column, bool Descending)
{
    public const string Parameter = "sort";

    /// <param name="asked">What the address says.</param>
    /// <param name="usual">As the list is without being asked.</param>
    /// <param name="columns">Those by which the list can be ordered; any other is the usual order.</param>
    public static ListOrder Of(string? asked, string usual, params string[] columns) =>
        columns.Contains(asked?.TrimStart('-')) ? Read(asked!) : Read(usual);

    private static ListOrder Read(string text) => new(text.TrimStart('-'), text.StartsWith('-'));
}

public static class ListOrders
{
    /// <summary>Words by their characters, as the database orders them; the rest by its own order; what is missing comes first.</summary>
    private static readonly Comparer<IComparable?> Keys = Comparer<IComparable?>.Create((one, other) => (one, other) is (string words, string others) ? string.CompareOrdinal(words, others) : Comparer<IComparable?>.Default.Compare(one, other));

    /// <summary>For a list that is short enough to be read whole.</summary>
    public static IOrderedEnumerable<TRow> By<TRow>(this IEnumerable<TRow> rows, ListOrder order, Func<TRow, IComparable?> key) =>
        order.Descending ? rows.OrderByDescending(key, Keys) : rows.OrderBy(key, Keys);

    public static IOrderedQueryable<TRow> By<TRow, TKey>(this IQueryable<TRow> rows, ListOrder order, Expression<Func<TRow, TKey>> key) =>
        order.Descending ? rows.OrderByDescending(key) : rows.OrderBy(key);
}

/// <summary>The heading of a column by which the list can be ordered: a link, which turns the order round when the column leads already.</summary>
[HtmlTargetElement("th", Attributes = "sort,order")]
public sealed class SortHeadTagHelper : TagHelper
{
    /// <summary>The column's name in the address.</summary>
    public string Sort { get; set; } = "";

    /// <summary>As the list is ordered now.</summary>
    [HtmlAttributeName("order")]
    public ListOrder Now { get; set; } = null!;

    [ViewContext, HtmlAttributeNotBound]
    public required ViewContext ViewContext { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var leads = Now.Column == Sort;
        output.Attributes.SetAttribute("class", $"sorts {output.Attributes["class"]?.Value}".TrimEnd());     // a phone shows these headings only
        var query = QueryHelpers.ParseQuery(ViewContext.HttpContext.Request.QueryString.Value);
        query.Remove(PagerTagHelper.Parameter);
        query.Remove("handler");
        query[ListOrder.Parameter] = leads && !Now.Descending ? $"-{Sort}" : Sort;
        var link = new TagBuilder("a");
        link.Attributes["href"] = QueryHelpers.AddQueryString("", query);
        link.InnerHtml.AppendHtml(await output.GetChildContentAsync());
        if (leads)
        {
            link.InnerHtml.AppendHtml($"<span aria-hidden=\"true\"> {(Now.Descending ? '▼' : '▲')}</span>");
            output.Attributes.SetAttribute("aria-sort", Now.Descending ? "descending" : "ascending");
        }

        output.Content.SetHtmlContent(link);
    }
}
