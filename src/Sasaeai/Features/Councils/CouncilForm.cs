using System.ComponentModel.DataAnnotations;
using Sasaeai.Features.Forms;
using Sasaeai.Features.Shared;
using Sasaeai.Features.TownSettings;

namespace Sasaeai.Features.Councils;

/// <summary>What a person types about a council.</summary>
public class CouncilForm
{
    [Display(Name = "名称"), StringLength(80)]
    public string Name { get; set; } = "";

    [Display(Name = "愛称"), StringLength(80)]
    public string? Nickname { get; set; }

    [Display(Name = "今の段階"), EnumDataType(typeof(CouncilKind))]
    public CouncilKind Kind { get; set; }

    [Display(Name = "既存の話し合いを協議体とみなす")]
    public bool Regarded { get; set; }

    [Display(Name = "層"), Range(1, 2)]
    public int Layer { get; set; } = 2;

    [Display(Name = "圏域"), Required]
    public Guid? AreaId { get; set; }

    [Display(Name = "事務局"), StringLength(120)]
    public string? Secretariat { get; set; }

    [Display(Name = "目的・話し合うこと"), DataType(DataType.MultilineText), StringLength(2000)]
    public string? Purpose { get; set; }

    [Display(Name = "設置した日")]
    public DateInput? FoundedOn { get; set; }

    [Display(Name = "終わった日")]
    public DateInput? ClosedOn { get; set; }

    public static CouncilForm Of(Council council) => new()
    {
        Name = council.Name, Nickname = council.Nickname, Kind = council.Kind, Regarded = council.Regarded, Layer = council.Layer, AreaId = council.AreaId, Secretariat = council.Secretariat, Purpose = council.Purpose,
        FoundedOn = council.FoundedOn is { } founded ? new DateInput(founded) : null, ClosedOn = council.ClosedOn is { } closed ? new DateInput(closed) : null,
    };

    public void ApplyTo(Council council)
    {
        (council.Name, council.Nickname, council.Kind, council.Regarded) = (PlainText.Of(Name), PlainText.Of(Nickname), Kind, Regarded);
        (council.Layer, council.AreaId, council.Secretariat, council.Purpose) = (Layer, AreaId!.Value, PlainText.Of(Secretariat), PlainText.Of(Purpose));
        (council.FoundedOn, council.ClosedOn) = (Choices.Day(FoundedOn, "設置した日"), Choices.Day(ClosedOn, "終わった日"));
        council.RequireWhole();
    }
}
