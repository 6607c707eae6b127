using System.ComponentModel.DataAnnotations;
using System.Reflection;
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
    private static readonly Dictionary<Status, (string Class, string Words)> Chips = Enum.GetValues<Status>().ToDictionary(status => status,
        status => ($"chip {status.ToString().ToLowerInvariant()}", typeof(Status).GetField(status.ToString())!.GetCustomAttribute<DisplayAttribute>()!.Name!));

    public Status Is { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", Chips[Is].Class);
        output.Content.SetContent(Chips[Is].Words);
    }
}
