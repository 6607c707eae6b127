using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.ActivityRecords;
using Sasaeai.Features.Forms;
using Sasaeai.Features.Issues;
using Sasaeai.Features.Receipts;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Shared;
using Sasaeai.Web;

namespace Sasaeai.Features.Voices.Entries;

/// <summary>A voice that a person of the staff heard; the receipt number can be told to whoever raised it.</summary>
public class NewModel(AppDb db, CurrentPerson person, IssueDesk desk, TimeProvider time) : PageModel
{
    public static readonly SelectListItem[] Sources = [.. Enum.GetValues<VoiceSource>().Where(source => source is not (VoiceSource.PublicForm or VoiceSource.UnmetSearch)).Select(source => new SelectListItem(source.InWords(), $"{source}"))];
    public static readonly SelectListItem[] Kinds = [.. Enum.GetValues<VoiceKind>().Select(kind => new SelectListItem(kind.InWords(), $"{kind}"))];

    private ActivityRecord? record;

    [BindProperty]
    public Input Form { get; set; } = new();

    public TownNames Names => desk.Names;
    public IReadOnlyList<SelectListItem> Meetings { get; private set; } = [];

    public async Task OnGetAsync(Guid? meeting, Guid? activityRecord, VoiceSource? source)
    {
        Form.ActivityRecord = activityRecord;
        await LoadAsync();
        (Form.HeardOn, Form.Area) = (new DateInput(record?.OnDay ?? time.Today()), record?.AreaId);
        (Form.Meeting, Form.Source) = (meeting ?? record?.MeetingId, source ?? ((meeting ?? record?.MeetingId) is null ? VoiceSource.Visit : VoiceSource.Meeting));
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        Rule.Require(Sources.Any(source => source.Value == $"{Form.Source}"), "どこで聞いたかを選び直してください。");
        Names.RequireKnown(Form.Area, Form.Category);
        var day = IssueChoices.Day(Form.HeardOn, "聞いた日");
        Rule.Require(day <= time.Today(), "聞いた日は、今日までの日にしてください。");
        var (summary, contact, now) = (PlainText.Of(Form.Summary), PlainText.Of(Form.Contact), time.GetUtcNow());
        Form.RequireNoTraces(summary, contact);
        var voice = new Voice
        {
            Receipt = ReceiptNumber.New(), Source = Form.Source, Kind = Form.Kind, Text = PlainText.Of(Form.Text), AreaId = Form.Area, CategoryCode = Form.Category, Contact = contact, HeardOn = day,
            EnteredBy = person.Name, MeetingId = IssueChoices.Meeting(Form.Meeting, Meetings), ActivityRecordId = Form.ActivityRecord, CreatedAt = now,
        };
        voice.Summarize(summary, person.Actor);
        voice.Read(person.Actor, now);
        db.Add(voice);
        await db.SaveChangesAsync();
        TempData["Notice"] = $"声を記録しました。受付番号は {voice.Receipt} です。声を寄せた人に伝えると、その後を見てもらえます。";
        return LocalRedirect("~/voices");
    }

    private async Task LoadAsync()
    {
        person.Require(person.IsStaff);
        await desk.LoadNamesAsync();
        if (Form.ActivityRecord is { } id)
        {
            record = await db.GetAsync<ActivityRecord>(id);
            person.Require(person.CanRead(record));
        }

        Meetings = await IssueChoices.MeetingsAsync(db, time.Today());
    }

    public class Input : SummaryForm
    {
        [Display(Name = "どこで聞きましたか"), EnumDataType(typeof(VoiceSource))]
        public VoiceSource Source { get; set; }

        [Display(Name = "種類"), EnumDataType(typeof(VoiceKind))]
        public VoiceKind Kind { get; set; }

        [Display(Name = "聞いた日")]
        public DateInput HeardOn { get; set; } = null!;

        [Display(Name = "聞いたままの言葉"), DataType(DataType.MultilineText), StringLength(2000)]
        public string? Text { get; set; }

        [Display(Name = "お名前と連絡先"), StringLength(200)]
        public string? Contact { get; set; }

        [Display(Name = "圏域")]
        public Guid? Area { get; set; }

        [Display(Name = "分類"), StringLength(40)]
        public string? Category { get; set; }

        [Display(Name = "会議")]
        public Guid? Meeting { get; set; }

        public Guid? ActivityRecord { get; set; }
    }
}
