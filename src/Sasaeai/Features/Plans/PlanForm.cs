using System.ComponentModel.DataAnnotations;

namespace Sasaeai.Features.Plans;

/// <summary>What a person types about a plan.</summary>
public class PlanForm
{
    [Display(Name = "計画の名前"), StringLength(120)]
    public string Title { get; set; } = "";

    [Display(Name = "この事業が載っているところ"), StringLength(120)]
    public string? Heading { get; set; }
}
