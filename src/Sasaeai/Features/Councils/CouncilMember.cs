using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sasaeai.Data;
using Sasaeai.Japanese;

namespace Sasaeai.Features.Councils;

/// <summary>How a member came to the council.</summary>
public enum Chosen
{
    [Display(Name = "団体からの選出")] Delegate,
    [Display(Name = "個人・公募")] Individual,
    [Display(Name = "自薦")] Volunteered,
    [Display(Name = "推薦")] Recommended,
}

public enum CouncilPost
{
    [Display(Name = "リーダー")] Leader,
    [Display(Name = "副リーダー")] Deputy,
    [Display(Name = "委員")] Member,
    [Display(Name = "招待（オブザーバー）")] Invited,
}

/// <summary>A person in a council for a term. Telephone and e-mail are for those who invite.</summary>
public class CouncilMember : TownRecord
{
    public required Guid CouncilId { get; init; }
    public required string Name { get; set; }
    /// <summary>所属 as the member list prints it.</summary>
    public string Affiliation { get; set; } = "";
    public Guid? OrganizationId { get; set; }
    public required Chosen Chosen { get; set; }
    public CouncilPost Post { get; set; } = CouncilPost.Member;
    [Secret] public string Phone { get; set; } = "";
    [Secret] public string Email { get; set; } = "";
    public required DateOnly StartsOn { get; set; }
    public DateOnly? EndsOn { get; set; }

    public bool ServesOn(DateOnly day) => StartsOn <= day && (EndsOn is null || day <= EndsOn);

    /// <summary>「令和7年4月1日から令和9年3月31日まで」.</summary>
    public string Term => $"{Wareki.Date(StartsOn)}から" + (EndsOn is { } end ? $"{Wareki.Date(end)}まで" : "");

    public void RequireWhole()
    {
        Rule.Require(EndsOn is null || EndsOn >= StartsOn, "任期の終わりは、始まり以後の日にしてください。");
        Rule.Require(Chosen != Chosen.Delegate || OrganizationId is not null || Affiliation != "", "団体から選ばれた委員は、団体を選ぶか、所属を入力してください。");
    }
}

public class CouncilMemberMapping : IEntityTypeConfiguration<CouncilMember>
{
    public void Configure(EntityTypeBuilder<CouncilMember> builder)
    {
        builder.Property<uint>("xmin").IsRowVersion();
        builder.Ignore(member => member.Term);
    }
}
