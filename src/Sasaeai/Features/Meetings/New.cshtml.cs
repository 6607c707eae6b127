using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Councils;
using Sasaeai.Features.Forms;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Shared;
using Sasaeai.Web;

namespace Sasaeai.Features.Meetings;

public class NewModel(AppDb db, MeetingDesk desk, CurrentPerson person, TimeProvider time) : PageModel
{
    [BindProperty]
    public MeetingForm Form { get; set; } = new();

    [BindProperty, Display(Name = "議題"), DataType(DataType.MultilineText), StringLength(4000)]
    public string? Agenda { get; set; }

    public MeetingChoices Choices { get; private set; } = null!;
    public IReadOnlyList<CarryOver.Carried> Waiting { get; private set; } = [];

    public async Task OnGetAsync(Guid? council)
    {
        await LoadAsync();
        Form.HeldOn = new DateInput(time.Today());
        if (council is { } id)
        {
            var chosen = await db.GetAsync<Council>(id);
            person.Require(person.CanChange(chosen));
            Form = new MeetingForm
            {
                CouncilId = id, Name = chosen.Nickname == "" ? chosen.Name : chosen.Nickname, Layer = chosen.Layer, AreaId = chosen.AreaId, CountsAsCouncil = true, HeldOn = Form.HeldOn,
                KindCode = chosen.Kind != CouncilKind.Council ? "preparation" : chosen.Layer == 1 ? "council-1" : "council-2",
            };
            Waiting = await CarryOver.WaitingAsync(db, id);
        }
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        var (plan, now) = (Form.Read(Choices.Kinds, Choices.Areas, Choices.Councils), time.GetUtcNow());
        var meeting = new Meeting(plan, await desk.NumberAsync(plan, Form.Number), person.Actor, now);
        db.Meetings.Add(meeting);
        await CarryOver.IntoAsync(db, meeting, person.Actor, now);
        var position = db.AgendaItems.Local.Count;
        foreach (var title in AgendaLines.Read(Agenda))
        {
            CarryOver.Add(db, new AgendaItem { MeetingId = meeting.Id, Position = ++position, Title = title }, person.Actor, now);
        }

        await db.SaveChangesAsync();
        TempData["Notice"] = $"「{meeting.Title}」を登録しました。";
        return RedirectToPage("Show", new { meeting.Id });
    }

    private async Task LoadAsync()
    {
        person.Require(person.IsStaff);
        Choices = await desk.ChoicesAsync();
    }
}

public static class AgendaLines
{
    /// <summary>One item a line.</summary>
    public static IReadOnlyList<string> Read(string? typed)
    {
        var lines = PlainText.Of(typed?.ReplaceLineEndings("\n")).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        Rule.Require(lines.Length <= 50, "議題は50件までにしてください。");
        Rule.Require(lines.All(line => line.Length <= AgendaItem.LongestTitle), $"議題の名前は{AgendaItem.LongestTitle}文字以内にしてください。");
        return lines;
    }
}
