using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Forms;
using Sasaeai.Features.Resources;
using Sasaeai.Web;

namespace Sasaeai.Features.Meetings;

/// <summary>What became of a decision or a task; the same page for both.</summary>
public abstract class EndingModel<T>(AppDb db, CurrentPerson person, TimeProvider time) : PageModel where T : MeetingOutcome
{
    [BindProperty]
    public Input Form { get; set; } = new();

    /// <summary>A page of this town to return to.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Back { get; set; }

    public T Outcome { get; private set; } = null!;
    public Meeting Meeting { get; private set; } = null!;

    public async Task OnGetAsync(Guid id) => await LoadAsync(id);

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        await LoadAsync(id);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        Outcome.End(Form.State!.Value, PlainText.Of(Form.Result), person.Actor, time.Today());
        await db.SaveChangesAsync();
        TempData["Notice"] = "結果を記録しました。";
        return LocalRedirect("~" + ReturnTo);
    }

    public async Task<IActionResult> OnPostTakeUpAsync(Guid id)
    {
        await LoadAsync(id);
        ModelState.Clear();
        Outcome.TakeUpAgain();
        await db.SaveChangesAsync();
        TempData["Notice"] = "進行中にもどしました。";
        return LocalRedirect("~" + ReturnTo);
    }

    public string ReturnTo => Back is { } back && back.StartsWith('/') && Url.IsLocalUrl(back) ? back : $"/meetings/{Meeting.Id}";

    private async Task LoadAsync(Guid id)
    {
        Outcome = await db.GetAsync<T>(id);
        Meeting = await db.GetAsync<Meeting>(Outcome.MeetingId);
        person.Require(person.CanWrite(Meeting));
    }

    public class Input
    {
        [Display(Name = "どうなりましたか"), Required(ErrorMessage = "「済み」か「取りやめ」を選んでください。"), EnumDataType(typeof(OutcomeState))]
        public OutcomeState? State { get; set; }

        [Display(Name = "結果"), DataType(DataType.MultilineText), StringLength(500)]
        public string? Result { get; set; }
    }
}
