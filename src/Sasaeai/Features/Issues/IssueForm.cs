using System.ComponentModel.DataAnnotations;
using Sasaeai.Data;
using Sasaeai.Features.Bodies;
using Sasaeai.Features.Forms;

namespace Sasaeai.Features.Issues;

/// <summary>The questions of writing and of correcting an issue.</summary>
public class IssueForm
{
    [Display(Name = "課題の名前"), Required(ErrorMessage = "課題の名前を入力してください。"), StringLength(100)]
    public string Title { get; set; } = "";

    [Display(Name = "くわしい内容"), DataType(DataType.MultilineText), StringLength(4000)]
    public string? Text { get; set; }

    [Display(Name = "地域")]
    public Guid? Area { get; set; }

    [Display(Name = "分野"), StringLength(40)]
    public string? Category { get; set; }

    [Display(Name = "緊急度"), EnumDataType(typeof(Urgency))]
    public Urgency Urgency { get; set; } = Urgency.Middle;

    [Display(Name = "頻度"), EnumDataType(typeof(Frequency))]
    public Frequency Frequency { get; set; } = Frequency.Sometimes;

    [Display(Name = "持ち主"), Required(ErrorMessage = "持ち主を選んでください。"), StringLength(60)]
    public string Owner { get; set; } = "";

    [Display(Name = "団体の番号か名称"), StringLength(200)]
    public string? OwnerOrganization { get; set; }

    public BodyInput OwnerInput => new(Owner, OwnerOrganization);

    /// <summary>Writes name, text and field; area, urgency and frequency are moves.</summary>
    public void WriteTo(Issue issue)
    {
        (issue.Title, issue.Text, issue.CategoryCode) = (PlainText.Of(Title), PlainText.Of(Text), Category);
        Rule.Require(issue.Title != "", "課題の名前を入力してください。");
    }
}
