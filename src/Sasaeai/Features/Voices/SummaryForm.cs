using System.ComponentModel.DataAnnotations;

namespace Sasaeai.Features.Voices;

/// <summary>匿名化した要旨, and that a person looked at what may be left of somebody in it.</summary>
public class SummaryForm
{
    [Display(Name = "匿名化した要旨"), Required(ErrorMessage = "匿名化した要旨を入力してください。"), DataType(DataType.MultilineText), StringLength(1000)]
    public string Summary { get; set; } = "";

    [Display(Name = "確かめました。だれのことか分かる言葉は残っていません")]
    public bool Checked { get; set; }

    public IReadOnlyList<string> Traces { get; private set; } = [];

    /// <summary>Stops once when traces are found; the person corrects the text or says that it was checked.</summary>
    public void RequireNoTraces(string summary, string contact)
    {
        Traces = PersonalTraces.In(summary, contact);
        Rule.Require(Traces.Count == 0 || Checked, $"要旨に、だれのことか分かるかもしれない言葉があります：{string.Join("、", Traces)}。書き直すか、「確かめました」に印をつけてください。");
    }
}
