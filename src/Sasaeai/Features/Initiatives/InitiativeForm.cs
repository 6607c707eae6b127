using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Forms;
using Sasaeai.Features.Issues;
using Sasaeai.Features.Shared;
using Sasaeai.Features.TownSettings;

namespace Sasaeai.Features.Initiatives;

/// <summary>The questions of beginning and of correcting an initiative.</summary>
public class InitiativeForm
{
    [Display(Name = "取組の名前"), Required(ErrorMessage = "取組の名前を入力してください。"), StringLength(100)]
    public string Title { get; set; } = "";

    [Display(Name = "圏域"), Required(ErrorMessage = "圏域を選んでください。")]
    public Guid? Area { get; set; }

    [Display(Name = "めざすこと"), Required(ErrorMessage = "めざすことを入力してください。"), DataType(DataType.MultilineText), StringLength(2000)]
    public string Aim { get; set; } = "";

    [Display(Name = "計画"), DataType(DataType.MultilineText), StringLength(4000)]
    public string? Plan { get; set; }

    [Display(Name = "一緒に取り組む団体"), DataType(DataType.MultilineText), StringLength(2000)]
    public string? Partners { get; set; }

    [Display(Name = "応える課題")]
    public Guid[] Issues { get; set; } = [];

    [Display(Name = "始めた日")]
    public DateInput StartsOn { get; set; } = null!;

    [Display(Name = "終わった日")]
    public DateInput? EndsOn { get; set; }

    [Display(Name = "結果"), DataType(DataType.MultilineText), StringLength(4000)]
    public string? Result { get; set; }

    [Display(Name = "ふりかえり"), DataType(DataType.MultilineText), StringLength(4000)]
    public string? LookingBack { get; set; }

    /// <summary>Writes all but the steps, with the links to organizations and issues.</summary>
    public async Task WriteToAsync(Initiative initiative, AppDb db, DateTimeOffset now)
    {
        (initiative.Title, initiative.AreaId, initiative.Aim, initiative.Plan, initiative.Result, initiative.LookingBack, initiative.StartsOn) =
            (PlainText.Of(Title), Area!.Value, PlainText.Of(Aim), PlainText.Of(Plan), PlainText.Of(Result), PlainText.Of(LookingBack), IssueChoices.Day(StartsOn, "始めた日"));
        Rule.Require(initiative.Title != "" && initiative.Aim != "", "取組の名前と、めざすことを入力してください。");
        initiative.EndOn(Choices.Day(EndsOn, "終わった日"));
        initiative.Touch(now);
        var words = Choices.Words(Partners);
        var partners = await db.Organizations.Where(organization => words.Contains(organization.Name) || words.Contains(organization.Number)).Select(organization => new { organization.Id, organization.Name, organization.Number }).ToListAsync();
        var unknown = words.Where(word => partners.Count(partner => partner.Name == word || partner.Number == word) != 1).ToList();
        Rule.Require(unknown.Count == 0, $"団体の一覧に一つに決まらないものがあります：{string.Join("、", unknown)}。団体の名称か番号を、1行に1つ入力してください。");
        Rule.Require(await db.Issues.CountAsync(issue => Issues.Contains(issue.Id)) == Issues.Distinct().Count(), "課題を選び直してください。");
        await ReplaceAsync(db, db.InitiativePartners.Where(link => link.InitiativeId == initiative.Id), link => link.OrganizationId, partners.Select(partner => partner.Id).Distinct(), id => new InitiativePartner { InitiativeId = initiative.Id, OrganizationId = id });
        await ReplaceAsync(db, db.InitiativeIssues.Where(link => link.InitiativeId == initiative.Id), link => link.IssueId, Issues.Distinct(), id => new InitiativeIssue { InitiativeId = initiative.Id, IssueId = id });
    }

    private static async Task ReplaceAsync<T>(AppDb db, IQueryable<T> links, Func<T, Guid> other, IEnumerable<Guid> wanted, Func<Guid, T> make) where T : class
    {
        var (known, ids) = (await links.ToListAsync(), wanted.ToHashSet());
        db.RemoveRange(known.Where(link => !ids.Contains(other(link))));
        db.AddRange(ids.Except(known.Select(other)).Select(make));
    }
}
