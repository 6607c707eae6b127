using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Groups;
using Sasaeai.Features.HelpRequests;
using Sasaeai.Web;

namespace Sasaeai.Features.HelpRules;

/// <summary>調整のきまり: how candidates are ranked, what helpers must have, who may arrange.</summary>
public class EditModel(AppDb db, CurrentPerson person, TimeProvider time) : PageModel
{
    [BindProperty]
    public Input Form { get; set; } = new();

    public HelpGroup Group { get; private set; } = null!;

    public async Task OnGetAsync(Guid id)
    {
        Group = await db.RunAsync(person, id);
        var rule = await HelpRule.OfAsync(db, id);
        var kinds = await HelpKind.OfGroupAsync(db, id);
        Form = new Input
        {
            Counsellors = rule.Counsellors, Way = rule.Content.Way, Stranger = rule.Content.Stranger, Fair = rule.Content.Fair, InsuranceRequired = rule.Content.InsuranceRequired, MostMinutesAWeek = rule.Content.MostMinutesAWeek,
            Courses = string.Join('\n', rule.Content.Courses.Select(course => course.InWords(kinds))), HoursSeen = rule.Content.HoursSeen, LateDays = rule.Content.LateDays, YearsKept = rule.Content.YearsKept, HoldTickets = rule.Content.HoldTickets, SameOthers = rule.Content.SameOthers, UnmetAsVoices = rule.Content.UnmetAsVoices,
        };
    }

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        Group = await db.RunAsync(person, id);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        var rule = await HelpRule.OfAsync(db, id);
        var kinds = await HelpKind.OfGroupAsync(db, id);
        rule.Change(Form.Counsellors, rule.Content with
        {
            Way = Form.Way, Stranger = Form.Stranger, Fair = Form.Fair, InsuranceRequired = Form.InsuranceRequired, MostMinutesAWeek = Form.MostMinutesAWeek, HoursSeen = Form.HoursSeen, LateDays = Form.LateDays, YearsKept = Form.YearsKept, HoldTickets = Form.HoldTickets, SameOthers = Form.SameOthers, UnmetAsVoices = Form.UnmetAsVoices,
            Courses = [.. (Form.Courses ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(line => CourseRule.Read(line, kinds)).Distinct()],
        }, time.GetUtcNow());
        if (db.Entry(rule).State == Microsoft.EntityFrameworkCore.EntityState.Detached)
        {
            db.HelpRules.Add(rule);
        }

        await db.SaveChangesAsync();
        TempData["Notice"] = "調整のきまりを保存しました。";
        return RedirectToPage("/Visits/Index", new { id });
    }

    public class Input
    {
        [Display(Name = "道のりの重み"), Range(0, 100)]
        public int Way { get; set; }

        [Display(Name = "顔なじみの重み"), Range(0, 100)]
        public int Stranger { get; set; }

        [Display(Name = "負担をならす重み"), Range(0, 100)]
        public int Fair { get; set; }

        [Display(Name = "保険の期限の記録がない人には頼まない")]
        public bool InsuranceRequired { get; set; }

        [Display(Name = "受けていることが必要な講座・面談"), DataType(DataType.MultilineText), StringLength(500)]
        public string? Courses { get; set; }

        [Display(Name = "1人が1週間に手伝う上限（分）"), Range(15, 10080)]
        public int? MostMinutesAWeek { get; set; }

        [Display(Name = "活動が終わってから、手伝った人に住所などを見せておく時間"), Range(0, 720)]
        public int HoursSeen { get; set; }

        [Display(Name = "何日たったら、報告が遅れているとするか"), Range(0, 60)]
        public int LateDays { get; set; }

        [Display(Name = "担い手が決まったら、券や点数を取り置く")]
        public bool HoldTickets { get; set; }

        [Display(Name = "退会した人の記録を残す年数"), Range(1, 30)]
        public int YearsKept { get; set; }

        [Display(Name = "「その他」が何回続いたら、分類にするか尋ねるか"), Range(2, 100)]
        public int SameOthers { get; set; }

        [Display(Name = "応えられなかった依頼の件数と理由を、市の「声」にしてよい")]
        public bool UnmetAsVoices { get; set; }

        [Display(Name = "地区の相談員も、依頼と活動を調整してよい")]
        public bool Counsellors { get; set; }
    }
}
