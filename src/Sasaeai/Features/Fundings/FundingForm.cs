using System.ComponentModel.DataAnnotations;

namespace Sasaeai.Features.Fundings;

/// <summary>What a person types about the cost of a project and who bears it.</summary>
public class FundingForm
{
    [Display(Name = "事業費（円）")]
    public long? Yen { get; set; }

    [Display(Name = "国（%）")]
    public decimal Nation { get; set; }

    [Display(Name = "都道府県（%）")]
    public decimal Prefecture { get; set; }

    [Display(Name = "市町村（%）")]
    public decimal Town { get; set; }

    [Display(Name = "第1号保険料（%）")]
    public decimal FirstInsured { get; set; }

    [Display(Name = "第2号保険料（%）")]
    public decimal SecondInsured { get; set; }

    [Display(Name = "メモ・出典"), StringLength(300)]
    public string? Note { get; set; }

    public Shares Shares
    {
        get => new(Nation, Prefecture, Town, FirstInsured, SecondInsured);
        init => (Nation, Prefecture, Town, FirstInsured, SecondInsured) = (value.Nation, value.Prefecture, value.Town, value.FirstInsured, value.SecondInsured);
    }
}
