using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Resources;
using Sasaeai.Web;

namespace Sasaeai.Features.TownSettings;

/// <summary>市町村のきまり.</summary>
public class TownRuleModel(AppDb db, CurrentPerson person) : PageModel
{
    [BindProperty]
    public Input Form { get; set; } = new();

    /// <summary>What another person saved meanwhile, beside what was typed here.</summary>
    public IReadOnlyList<(string Label, string Saved, string Typed)> Differences { get; private set; } = [];

    public async Task OnGetAsync()
    {
        person.Require(person.IsOfficer);
        Form = FormOf(await db.RuleAsync());
    }

    private Input FormOf(TownRule rule) => new()
    {
        Version = VersionOf(rule),
        ApprovalRequired = rule.ApprovalRequired,
        DueSoonDays = rule.DueSoonDays,
        HideUnverified = rule.HideUnverified,
        SmallCount = rule.SmallCount,
        ReachKm = rule.ReachKm,
        PrepaidLimitYen = rule.PrepaidLimitYen,
        PrepaidWarningYen = rule.PrepaidWarningYen,
        TwoFactorRequired = rule.TwoFactorRequired,
        ContactName = rule.ContactName,
        ContactPhone = rule.ContactPhone,
        PrivacyNote = rule.PrivacyNote,
    };

    private uint VersionOf(TownRule rule) => db.Entry(rule).Property<uint>("xmin").CurrentValue;

    /// <summary>The form keeps what was typed; sent again, it is meant for the newer version.</summary>
    private PageResult ShowBoth(TownRule rule)
    {
        var saved = FormOf(rule);
        Differences = [.. MetadataProvider.GetMetadataForType(typeof(Input)).Properties.Where(property => property.PropertyName != nameof(Input.Version))
            .Select(property => (property.GetDisplayName(), Words(property.PropertyGetter!(saved)), Words(property.PropertyGetter!(Form)))).Where(difference => difference.Item2 != difference.Item3)];
        ModelState.Remove("Form.Version");
        Form.Version = saved.Version;
        ModelState.AddModelError("", "きまりは、入力している間にほかの人が変更しました。下の「ちがい」を見て、よければもう一度「保存する」を押してください。");
        return this.Invalid();
    }

    private static string Words(object? value) => value switch { null => "", true => "はい", false => "いいえ", _ => value.ToString() ?? "" };

    public async Task<IActionResult> OnPostAsync()
    {
        person.Require(person.IsOfficer);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        var rule = await db.RuleAsync();
        if (Form.Version != VersionOf(rule))
        {
            return ShowBoth(rule);
        }

        Rule.Require(rule.TwoFactorRequired == Form.TwoFactorRequired || person.Is(Role.Administrator), "二段階認証のきまりは、管理者だけが変えられます。");
        Rule.Require(Form.PrepaidWarningYen <= Form.PrepaidLimitYen, "未使用残高を知らせる額は、届け出が要る額より多くできません。");
        (rule.PrepaidLimitYen, rule.PrepaidWarningYen) = (Form.PrepaidLimitYen, Form.PrepaidWarningYen);
        (rule.ApprovalRequired, rule.DueSoonDays, rule.HideUnverified, rule.SmallCount, rule.ReachKm) = (Form.ApprovalRequired, Form.DueSoonDays, Form.HideUnverified, Form.SmallCount, Form.ReachKm);
        (rule.TwoFactorRequired, rule.ContactName, rule.ContactPhone, rule.PrivacyNote) = (Form.TwoFactorRequired, Form.ContactName?.Trim() ?? "", Form.ContactPhone?.Trim() ?? "", Form.PrivacyNote?.Trim() ?? "");
        await db.SaveChangesAsync();
        TempData["Notice"] = "きまりを保存しました。";
        return RedirectToPage();
    }

    public class Input
    {
        public uint Version { get; set; }

        [Display(Name = "SCの修正は、職員が承認してから公開する")]
        public bool ApprovalRequired { get; set; }

        [Display(Name = "期限の何日前から知らせるか"), Range(0, 365)]
        public int DueSoonDays { get; set; }

        [Display(Name = "確認が古い記録を、公開ページから自動で外す")]
        public bool HideUnverified { get; set; }

        [Display(Name = "この人数より少ない数は伏せる"), Range(0, 20)]
        public int SmallCount { get; set; }

        [Display(Name = "となりの市町村の資源を見せる範囲（km）"), Range(0, 50)]
        public double ReachKm { get; set; }

        [Display(Name = "売った券の未使用残高で、届け出が要る額（円）"), Range(1, 1_000_000_000)]
        public long PrepaidLimitYen { get; set; }

        [Display(Name = "未使用残高を知らせる額（円）"), Range(1, 1_000_000_000)]
        public long PrepaidWarningYen { get; set; }

        [Display(Name = "職員とSCに二段階認証を求める")]
        public bool TwoFactorRequired { get; set; }

        [Display(Name = "問い合わせ先の名前"), StringLength(80)]
        public string? ContactName { get; set; }

        [Display(Name = "問い合わせ先の電話番号"), Phone, StringLength(30)]
        public string? ContactPhone { get; set; }

        [Display(Name = "個人情報の取り扱い"), DataType(DataType.MultilineText), StringLength(4000)]
        public string? PrivacyNote { get; set; }
    }
}
