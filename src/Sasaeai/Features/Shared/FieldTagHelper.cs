using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Sasaeai.Features.Shared;

/// <summary>How a question is asked. <see cref="ByType"/> follows the property's type.</summary>
public enum FieldKind { ByType, Text, Textarea, Select, Radios, Checkboxes, Checkbox, Date, File }

/// <summary>
/// One question of a form: label, 必須 or 任意, hint, error and control, joined for assistive technology.
/// The label is the property's <c>Display</c> name; a non-nullable property is 必須. The kind follows the
/// property's type unless <see cref="As"/> says otherwise. Other attributes go to the control.
/// </summary>
[HtmlTargetElement("field", Attributes = "asp-for", TagStructure = TagStructure.WithoutEndTag)]
public sealed class FieldTagHelper(IHtmlGenerator html) : TagHelper
{
    [HtmlAttributeName("asp-for")]
    public required ModelExpression For { get; set; }

    public FieldKind As { get; set; }

    public string? Hint { get; set; }

    /// <summary>The choices; an enum property brings its own.</summary>
    public IEnumerable<SelectListItem>? Items { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public required ViewContext ViewContext { get; set; }

    private string Name => ViewContext.ViewData.TemplateInfo.GetFullHtmlFieldName(For.Name);

    private string Id => TagBuilder.CreateSanitizedId(Name, html.IdAttributeDotReplacement);

    private string Label => For.Metadata.GetDisplayName();

    private string? Error => ViewContext.ViewData.ModelState[Name]?.Errors.FirstOrDefault()?.ErrorMessage;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var kind = As == FieldKind.ByType ? KindOfProperty() : As;
        var isGroup = kind is FieldKind.Radios or FieldKind.Checkboxes or FieldKind.Date;
        var control = output.Attributes.ToDictionary(a => a.Name, a => (object?)a.Value);
        output.Attributes.Clear();
        output.TagName = isGroup ? "fieldset" : "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", Error is null ? "field" : "field invalid");

        Describe(isGroup ? attribute => output.Attributes.SetAttribute("aria-describedby", attribute) : attribute => control["aria-describedby"] = attribute);
        if (Error is not null && kind is not (FieldKind.Radios or FieldKind.Checkboxes))
        {
            control["aria-invalid"] = "true";
        }

        if (For.Metadata.IsRequired && kind is FieldKind.Text or FieldKind.Textarea or FieldKind.Select)
        {
            control["aria-required"] = "true";
        }

        if (kind != FieldKind.Checkbox)
        {
            output.Content.AppendHtml(Heading(isGroup));
        }

        AppendText(output, "hint", Hint);
        AppendText(output, "error", Error);
        output.Content.AppendHtml(Control(kind, control));
    }

    private FieldKind KindOfProperty() => For.Metadata switch
    {
        { ModelType: var type } when type == typeof(DateInput) => FieldKind.Date,
        { ModelType: var type } when typeof(IFormFile).IsAssignableFrom(type) => FieldKind.File,
        { UnderlyingOrModelType: var type } when type == typeof(bool) => FieldKind.Checkbox,
        { IsEnumerableType: true } => FieldKind.Checkboxes,
        { IsEnum: true } => FieldKind.Select,
        { DataTypeName: "MultilineText" } => FieldKind.Textarea,
        _ => Items is null ? FieldKind.Text : FieldKind.Select,
    };

    private void Describe(Action<string> set)
    {
        string[] parts = [.. Hint is null ? [] : new[] { $"{Id}-hint" }, .. Error is null ? [] : new[] { $"{Id}-error" }];
        if (parts.Length > 0)
        {
            set(string.Join(' ', parts));
        }
    }

    private TagBuilder Heading(bool isGroup)
    {
        var mark = Tag("span", "mark", For.Metadata.IsRequired ? "必須" : "任意");
        mark.AddCssClass(For.Metadata.IsRequired ? "required" : "optional");
        var label = isGroup ? Tag("span", "label", Label) : html.GenerateLabel(ViewContext, For.ModelExplorer, For.Name, Label, null);
        var heading = new TagBuilder(isGroup ? "legend" : "div");
        heading.AddCssClass("heading");
        heading.InnerHtml.AppendHtml(label).Append(" ").AppendHtml(mark);
        return heading;
    }

    private void AppendText(TagHelperOutput output, string part, string? text)
    {
        if (text is not null)
        {
            var paragraph = Tag("p", part, text);
            paragraph.Attributes["id"] = $"{Id}-{part}";
            output.Content.AppendHtml(paragraph);
        }
    }

    private IHtmlContent Control(FieldKind kind, Dictionary<string, object?> attributes)
    {
        switch (kind)
        {
            case FieldKind.Textarea:
                var area = html.GenerateTextArea(ViewContext, For.ModelExplorer, For.Name, rows: 5, columns: 0, attributes);
                area.MergeAttributes(attributes, replaceExisting: true);
                return WithoutMaxLength(area);
            case FieldKind.Select:
                return html.GenerateSelect(ViewContext, For.ModelExplorer, For.Metadata.IsRequired ? "選んでください" : "指定しない", For.Name, Choices(), CurrentValues(false), allowMultiple: false, attributes);
            case FieldKind.Radios:
                return ChoiceList("radio", attributes);
            case FieldKind.Checkboxes:
                return ChoiceList("checkbox", attributes);
            case FieldKind.Checkbox:
                var box = html.GenerateCheckBox(ViewContext, For.ModelExplorer, For.Name, isChecked: null, attributes);
                return new HtmlContentBuilder()
                    .AppendHtml(Choice(box, html.GenerateLabel(ViewContext, For.ModelExplorer, For.Name, Label, null)))
                    .AppendHtml(html.GenerateHiddenForCheckbox(ViewContext, For.ModelExplorer, For.Name));
            case FieldKind.Date:
                return DateBoxes(attributes);
            case FieldKind.File:
                attributes["type"] = "file";
                return html.GenerateTextBox(ViewContext, For.ModelExplorer, For.Name, value: null, format: null, attributes);
            default:
                return TextBox(attributes);
        }
    }

    private TagBuilder TextBox(Dictionary<string, object?> attributes)
    {
        if (For.Metadata.DataTypeName == "Password")
        {
            return WithoutMaxLength(html.GeneratePassword(ViewContext, For.ModelExplorer, For.Name, value: null, attributes));
        }

        if (For.Metadata.UnderlyingOrModelType == typeof(int))
        {
            attributes.TryAdd("inputmode", "numeric");
        }

        attributes.TryAdd("type", For.Metadata.DataTypeName switch { "EmailAddress" => "email", "PhoneNumber" => "tel", "Url" => "url", _ => "text" });
        return WithoutMaxLength(html.GenerateTextBox(ViewContext, For.ModelExplorer, For.Name, For.Model, For.Metadata.EditFormatString, attributes));
    }

    /// <summary>A browser cuts pasted text at maxlength without a word; the server says so instead.</summary>
    private static TagBuilder WithoutMaxLength(TagBuilder control)
    {
        control.Attributes.Remove("maxlength");
        return control;
    }

    private IHtmlContent DateBoxes(Dictionary<string, object?> attributes)
    {
        var boxes = new HtmlContentBuilder();
        foreach (var (part, unit, id) in new[] { (nameof(DateInput.Year), "年", Id), (nameof(DateInput.Month), "月", $"{Id}_Month"), (nameof(DateInput.Day), "日", $"{Id}_Day") })
        {
            var explorer = For.ModelExplorer.GetExplorerForProperty(part);
            var isYear = part == nameof(DateInput.Year);
            var box = html.GenerateTextBox(ViewContext, explorer, $"{For.Name}.{part}", explorer.Model, format: null,
                new Dictionary<string, object?>(attributes) { ["type"] = "text", ["id"] = id, ["inputmode"] = isYear ? "text" : "numeric", ["class"] = isYear ? "year" : "short" });
            var label = Tag("label", null, unit);
            label.Attributes["for"] = id;
            boxes.AppendHtml("<span>").AppendHtml(box).AppendHtml(label).AppendHtml("</span>");
        }

        return new HtmlContentBuilder().AppendHtml("<div class=\"date\">").AppendHtml(boxes).AppendHtml("</div>");
    }

    private IHtmlContent ChoiceList(string type, Dictionary<string, object?> attributes)
    {
        var current = CurrentValues(type == "checkbox");
        var list = new HtmlContentBuilder();
        foreach (var (number, item) in Choices().Index())
        {
            var id = number == 0 ? Id : $"{Id}_{number + 1}";
            var value = item.Value ?? item.Text;
            var input = new TagBuilder("input") { TagRenderMode = TagRenderMode.SelfClosing };
            input.MergeAttributes(attributes);
            input.MergeAttributes(new Dictionary<string, string?> { ["type"] = type, ["id"] = id, ["name"] = Name, ["value"] = value });
            if (current is null ? item.Selected : current.Contains(value))
            {
                input.Attributes["checked"] = "checked";
            }

            var label = Tag("label", null, item.Text);
            label.Attributes["for"] = id;
            list.AppendHtml(Choice(input, label));
        }

        return new HtmlContentBuilder().AppendHtml("<div class=\"choices\">").AppendHtml(list).AppendHtml("</div>");
    }

    private IEnumerable<SelectListItem> Choices() =>
        Items
        ?? For.Metadata.EnumGroupedDisplayNamesAndValues?.Select(e => new SelectListItem(e.Key.Name, e.Value))
        ?? throw new InvalidOperationException($"The field {Name} needs items.");

    private ICollection<string>? CurrentValues(bool allowMultiple) => html.GetCurrentValues(ViewContext, For.ModelExplorer, For.Name, allowMultiple);

    private static TagBuilder Choice(IHtmlContent input, IHtmlContent label)
    {
        var choice = Tag("div", "choice", null);
        choice.InnerHtml.AppendHtml(input).AppendHtml(label);
        return choice;
    }

    private static TagBuilder Tag(string name, string? className, string? text)
    {
        var tag = new TagBuilder(name);
        if (className is not null)
        {
            tag.AddCssClass(className);
        }

        tag.InnerHtml.Append(text ?? "");
        return tag;
    }
}
