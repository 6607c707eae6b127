using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Forms;
using Sasaeai.Features.Shared;
using Sasaeai.Features.TownSettings;

namespace Sasaeai.Features.Councils.Members;

/// <summary>What a person types about a member.</summary>
public class MemberForm
{
    [Display(Name = "氏名"), StringLength(80)]
    public string Name { get; set; } = "";

    [Display(Name = "選ばれ方"), Required, EnumDataType(typeof(Chosen))]
    public Chosen? Chosen { get; set; }

    [Display(Name = "団体")]
    public Guid? OrganizationId { get; set; }

    [Display(Name = "所属（名簿に載せる言葉）"), StringLength(120)]
    public string? Affiliation { get; set; }

    [Display(Name = "役"), EnumDataType(typeof(CouncilPost))]
    public CouncilPost Post { get; set; } = CouncilPost.Member;

    [Display(Name = "電話番号"), Phone, StringLength(30)]
    public string? Phone { get; set; }

    [Display(Name = "メールアドレス"), EmailAddress, StringLength(200)]
    public string? Email { get; set; }

    [Display(Name = "任期の始まり")]
    public DateInput StartsOn { get; set; } = null!;

    [Display(Name = "任期の終わり")]
    public DateInput? EndsOn { get; set; }

    public static MemberForm Of(CouncilMember member) => new()
    {
        Name = member.Name, Chosen = member.Chosen, OrganizationId = member.OrganizationId, Affiliation = member.Affiliation, Post = member.Post, Phone = member.Phone, Email = member.Email,
        StartsOn = new DateInput(member.StartsOn), EndsOn = member.EndsOn is { } end ? new DateInput(end) : null,
    };

    public void ApplyTo(CouncilMember member, IReadOnlyList<SelectListItem> organizations)
    {
        var organization = organizations.FirstOrDefault(one => one.Value == OrganizationId?.ToString());
        Rule.Require(OrganizationId is null || organization is not null, "団体を選び直してください。");
        (member.Name, member.Chosen, member.OrganizationId, member.Post) = (PlainText.Of(Name), Chosen!.Value, OrganizationId, Post);
        member.Affiliation = PlainText.Of(Affiliation) is { Length: > 0 } written ? written : organization?.Text ?? "";
        (member.Phone, member.Email) = (PlainText.Of(Phone), PlainText.Of(Email));
        (member.StartsOn, member.EndsOn) = (Choices.Day(StartsOn, "任期の始まり")!.Value, Choices.Day(EndsOn, "任期の終わり"));
        member.RequireWhole();
    }

    /// <param name="held">That of the member who is changed, though it may have ended.</param>
    public static Task<List<SelectListItem>> OrganizationsAsync(AppDb db, Guid? held = null) => db.Organizations.AsNoTracking().Where(one => one.ClosedOn == null || one.Id == held)
        .OrderBy(one => one.Kana).ThenBy(one => one.Name).Select(one => new SelectListItem(one.Name, one.Id.ToString())).Take(5000).ToListAsync();
}
