using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Sasaeai.Features.Shared;

/// <summary>All errors of the form in the order of its model's properties, each linked to its field; nothing when there is none.</summary>
[HtmlTargetElement("error-summary", TagStructure = TagStructure.WithoutEndTag)]
public sealed class ErrorSummaryTagHelper(IHtmlGenerator html) : TagHelper
{
    [ViewContext, HtmlAttributeNotBound]
    public required ViewContext ViewContext { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var errors = ViewContext.ViewData.ModelState
            .SelectMany(field => field.Value!.Errors, (field, error) => (field.Key, error.ErrorMessage))
            .OrderBy(error => Position(error.Key), Comparer<IReadOnlyList<int>>.Create(InOrder))
            .ToList();
        if (errors.Count == 0)
        {
            output.SuppressOutput();
            return;
        }

        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "error-summary");
        output.Attributes.SetAttribute("role", "alert");
        output.Attributes.SetAttribute("tabindex", "-1");
        output.Content.AppendHtml("<h2>").Append($"{errors.Count}か所を直してください").AppendHtml("</h2><p>")
            .Append("まだ保存していません。入力した内容は残っています。").AppendHtml("</p>");
        var list = new TagBuilder("ul");
        foreach (var (key, message) in errors)
        {
            list.InnerHtml.AppendHtml("<li>").AppendHtml(Entry(key, message)).AppendHtml("</li>");
        }

        output.Content.AppendHtml(list);
    }

    private TagBuilder Entry(string key, string message)
    {
        var entry = new TagBuilder(key == "" ? "span" : "a");
        entry.InnerHtml.Append(message);
        if (key != "")
        {
            entry.Attributes["href"] = "#" + TagBuilder.CreateSanitizedId(key, html.IdAttributeDotReplacement);
        }

        return entry;
    }

    /// <summary>Model state lists its keys by alphabet; a person reads the form from the top.</summary>
    private List<int> Position(string key)
    {
        var position = new List<int>();
        ModelMetadata? metadata = ViewContext.ViewData.ModelMetadata;
        foreach (var segment in key.Split('.'))
        {
            var name = segment.Split('[')[0];
            var properties = metadata?.Properties;
            position.Add(properties?.ToList().FindIndex(p => p.PropertyName == name) ?? -1);
            metadata = properties?[name];
            metadata = metadata?.ElementMetadata ?? metadata;
        }

        return position;
    }

    private static int InOrder(IReadOnlyList<int> one, IReadOnlyList<int> other) =>
        one.Zip(other, (a, b) => a.CompareTo(b)).FirstOrDefault(order => order != 0, one.Count.CompareTo(other.Count));
}
