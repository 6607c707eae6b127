using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.HelpRequests;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Shared;
using Sasaeai.Features.Subsidies;
using Sasaeai.Web;

namespace Sasaeai.Features.TownSettings.Subsidies;

public class EditModel(AppDb db, CurrentPerson person) : PageModel
{
    public static IEnumerable<SelectListItem> Kinds => HelpKind.Common.Select(kind => new SelectListItem(kind.Words, kind.Code));

    [BindProperty]
    public Input Form { get; set; } = new();

    public SubsidyRule? Known { get; private set; }

    public async Task OnGetAsync(Guid? id)
    {
        await LoadAsync(id);
        Form = Known is { } rule ? Input.Of(rule) : Form;
    }

    public async Task<IActionResult> OnPostAsync(Guid? id)
    {
        await LoadAsync(id);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        var rule = Known ?? db.SubsidyRules.Add(new SubsidyRule()).Entity;
        string[] kinds = [.. (Form.Kinds ?? []).Where(code => Kinds.Any(kind => kind.Value == code)), .. Choices.Words(Form.OwnKinds)];
        if (Form.Counting == SubsidyCounting.HouseholdDays)
        {
            rule.CountHouseholdDays(Form.Name, kinds, Form.Yen ?? 0, Form.Most, Form.MostPer);
        }
        else
        {
            rule.CountKinds(Form.Name, kinds, Form.LeastKinds, Form.BelowPercent);
        }

        rule.Arrange(Form.Sort, Choices.Day(Form.EndsOn, "使う最後の日"));
        await db.SaveChangesAsync();
        TempData["Notice"] = $"「{rule.Name}」を保存しました。";
        return RedirectToPage("Index");
    }

    private async Task LoadAsync(Guid? id)
    {
        person.Require(person.IsOfficer);
        Known = id is { } known ? await db.GetAsync<SubsidyRule>(known) : null;
    }

    public class Input
    {
        [Display(Name = "補助の名前"), StringLength(80)]
        public string Name { get; set; } = "";

        [Display(Name = "数え方"), EnumDataType(typeof(SubsidyCounting))]
        public SubsidyCounting Counting { get; set; }

        [Display(Name = "補助する内容")]
        public string[]? Kinds { get; set; }

        [Display(Name = "団体が加えた分類の名前"), DataType(DataType.MultilineText), StringLength(500)]
        public string? OwnKinds { get; set; }

        [Display(Name = "1世帯1日の額（円）"), Range(0, 1_000_000)]
        public int? Yen { get; set; }

        [Display(Name = "1世帯の上限（日）"), Range(1, 366)]
        public int? Most { get; set; }

        [Display(Name = "上限は"), EnumDataType(typeof(SubsidySpan))]
        public SubsidySpan MostPer { get; set; }

        [Display(Name = "全額に要る種類の数"), Range(1, 50)]
        public int? LeastKinds { get; set; }

        [Display(Name = "それより少ないときの割合（%）"), Range(0, 100)]
        public int? BelowPercent { get; set; }

        [Display(Name = "並び順"), Range(0, 100_000)]
        public int Sort { get; set; }

        [Display(Name = "使う最後の日")]
        public DateInput? EndsOn { get; set; }

        public static Input Of(SubsidyRule rule) => new()
        {
            Name = rule.Name, Counting = rule.Counting, Kinds = [.. rule.Kinds.Where(code => HelpKind.Common.Any(kind => kind.Code == code))], OwnKinds = string.Join('\n', rule.Kinds.Where(code => HelpKind.Common.All(kind => kind.Code != code))),
            Yen = rule.Counting == SubsidyCounting.HouseholdDays ? rule.Yen : null, Most = rule.Most, MostPer = rule.MostPer ?? SubsidySpan.Month, LeastKinds = rule.LeastKinds, BelowPercent = rule.BelowPercent, Sort = rule.Sort, EndsOn = rule.EndsOn is { } end ? new DateInput(end) : null,
        };
    }
}
