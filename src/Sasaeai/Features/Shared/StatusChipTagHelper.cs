using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Sasaeai.Features.Shared;

/// <summary>What a chip says of a resource: how fresh its facts are, and whether a person can go now.</summary>
public enum Status
{
    [Display(Name = "確認済み")] Verified,
    [Display(Name = "確認が近い")] DueSoon,
    [Display(Name = "未確認")] Unverified,
    [Display(Name = "休止中")] Paused,
    [Display(Name = "満員")] Full,
    [Display(Name = "空きあり")] Open,
    [Display(Name = "要相談")] AskFirst,
}

/// <summary>A word with a shape and a colour, in that order of importance.</summary>
[HtmlTargetElement("status-chip", TagStructure = TagStructure.WithoutEndTag)]
public sealed class StatusChipTagHelper : TagHelper
{
    private static readonly HtmlString[] Chips = [.. Enum.GetValues<Status>().Select(status => new HtmlString(
        $"<span class=\"chip {status.ToString().ToLowerInvariant()}\">{typeof(Status).GetField(status.ToString())!.GetCustomAttribute<DisplayAttribute>()!.Name}</span>"))];

    public Status Is { get; set; }

    /// <summary>The same, for lists so long that a tag helper for each chip would cost more than all else.</summary>
    public static IHtmlContent Of(Status status) => Chips[(int)status];

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        output.Content.SetHtmlContent(Of(Is));
    }
}
