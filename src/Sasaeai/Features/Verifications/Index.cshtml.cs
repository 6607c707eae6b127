using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Areas;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Shared;
using Sasaeai.Japanese;
using Sasaeai.Web;

namespace Sasaeai.Features.Verifications;

/// <summary>確認する資源: whom to call next, and one press when the record was found right.</summary>
public class IndexModel(AppDb db, CurrentPerson person, AuditTrail trail, TimeProvider time) : PageModel
{
    public const int PageSize = 20;

    [BindProperty(SupportsGet = true)]
    public Guid? Area { get; set; }

    [BindProperty(SupportsGet = true, Name = PagerTagHelper.Parameter)]
    public int Number { get; set; } = 1;

    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Areas { get; private set; } = [];
    public IReadOnlyDictionary<string, string> FeeNames { get; private set; } = new Dictionary<string, string>();
    public DateOnly Today => time.Today();
    public int Total { get; private set; }
    public int Verified { get; private set; }
    public int Published { get; private set; }

    public async Task OnGetAsync() => await LoadAsync();

    /// <summary>The whole list in the order of calls, with the contacts that are not public.</summary>
    public async Task<IActionResult> OnGetTableAsync(TableFormat format)
    {
        person.Require(person.IsStaff);
        var fees = await ResourceBrief.FeeNamesAsync(db);
        var due = await db.Resources.AsNoTracking().WorkedBy(person).In(Area).DueBy(Today.AddDays((await db.RuleAsync()).DueSoonDays)).InOrderOfCalls(db, Today)
            .Select(resource => new { resource.Number, resource.Name, resource.Content, resource.VerifiedOn, resource.VerifiedHow, resource.VerifiedBy, resource.DueOn, resource.HideOn }).ToListAsync();
        trail.Looked("verification_sheet", Area?.ToString() ?? "", $"確認する資源 {due.Count}件を書き出し");
        return this.Table($"確認する資源{Today:yyyyMMdd}", format, ["順", "管理番号", "名称", "電話番号", "担当者", "いつ", "どこで", "費用", "最終確認日", "確認の方法", "確認した人", "確認の期限", "期限をすぎた日数", "非公開になる日"],
            due.Select((row, index) => (row, index, Brief: ResourceBrief.Of(row.Content, fees))).Select(one => new object?[]
            {
                one.index + 1, one.row.Number, one.row.Name, one.Brief.Phone, one.Brief.Person, one.Brief.When.ReplaceLineEndings("、"), one.Brief.Where, one.Brief.Fee, one.row.VerifiedOn, one.row.VerifiedHow?.InJapanese(), one.row.VerifiedBy,
                one.row.DueOn, new Deadline(one.row.DueOn, one.row.HideOn, Today).DaysOverdue, one.row.HideOn == DateOnly.MaxValue ? null : one.row.HideOn,
            }));
    }

    public async Task<IActionResult> OnPostVerifyAsync(Guid id, VerificationWay how, Guid? next)
    {
        await LoadAsync();
        var resource = await db.GetAsync<Resource>(id);
        person.Require(person.CanVerify(resource));
        Rule.Require(how is VerificationWay.Phone or VerificationWay.Visit, "電話か訪問のどちらで確認したかを選んでください。");
        Rule.Require(resource.State == ResourceState.Published, "掲載中の記録ではないため、確認の対象ではありません。");
        db.Verifications.Add(resource.Verify(Today, how, person.Actor, await ResourceSetting.LoadAsync(db, Today), time.GetUtcNow()));
        await db.SaveChangesAsync();
        return Next(next, $"「{resource.Name}」を{(how == VerificationWay.Phone ? "電話" : "訪問")}で確認したと記録しました。次の確認は {Wareki.Long(resource.DueOn)} です。");
    }

    public async Task<IActionResult> OnPostTryAsync(Guid id, string? note, Guid? next)
    {
        await LoadAsync();
        var resource = await db.GetAsync<Resource>(id);
        person.Require(person.CanVerify(resource));
        db.ContactTries.Add(new ContactTry(resource, Today, person.Actor, time.GetUtcNow(), note ?? ""));
        await db.SaveChangesAsync();
        return Next(next, $"「{resource.Name}」につながらなかったことを記録し、一覧の後ろへ移しました。");
    }

    /// <summary>The row after the one that was done stands where the person looked.</summary>
    private RedirectToPageResult Next(Guid? next, string notice)
    {
        TempData["Notice"] = notice;
        return RedirectToPage("Index", null, new { Area, p = Number > 1 ? Number : (int?)null }, next is { } id ? $"r-{id}" : null);
    }

    private async Task LoadAsync()
    {
        person.Require(person.IsStaff);
        var areas = (await AreaTree.LoadAsync(db, Today)).AreasOf(person);
        Areas = [.. areas.Select(area => new SelectListItem(area.Name, area.Id.ToString(), area.Id == Area))];
        FeeNames = await ResourceBrief.FeeNamesAsync(db);
        var mine = db.Resources.AsNoTracking().WorkedBy(person).In(Area);
        var published = mine.Where(resource => resource.State == ResourceState.Published);
        var yearStarts = FiscalYear.Of(Today).Starts;
        Published = await published.CountAsync();
        Verified = await published.CountAsync(resource => resource.VerifiedOn >= yearStarts);

        var due = mine.DueBy(Today.AddDays((await db.RuleAsync()).DueSoonDays));
        Total = await due.CountAsync();
        Number = Math.Clamp(Number, 1, Math.Max(1, (Total + PageSize - 1) / PageSize));
        Rows = await due.InOrderOfCalls(db, Today).Skip((Number - 1) * PageSize).Take(PageSize)
            .Select(resource => new Row(resource.Id, resource.Name, resource.Content, resource.VerifiedOn, resource.VerifiedHow, resource.VerifiedBy, resource.DueOn, resource.HideOn,
                db.ContactTries.Where(one => one.ResourceId == resource.Id && (resource.VerifiedOn == null || one.OnDay >= resource.VerifiedOn))
                    .OrderByDescending(one => one.CreatedAt).Select(one => new Try(one.OnDay, one.ByName, one.Note)).FirstOrDefault()))
            .ToListAsync();
        foreach (var row in Rows.Where(row => row.NamesSomebody))
        {
            trail.Looked("resource", row.Id, "確認の一覧で非公開の連絡先を表示");
        }
    }

    public sealed record Try(DateOnly OnDay, string ByName, string Note);

    public sealed record Row(Guid Id, string Name, ResourceContent Content, DateOnly? VerifiedOn, VerificationWay? VerifiedHow, string? VerifiedBy, DateOnly DueOn, DateOnly HideOn, Try? LastTry)
    {
        /// <summary>The contact person did not agree to be named in public.</summary>
        public bool NamesSomebody => Content.Person is { Value: not "", Publish: false };
    }
}
