using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Groups;
using Sasaeai.Features.HelpRequests;
using Sasaeai.Features.Members.Erasures;
using Sasaeai.Features.Shared;
using Sasaeai.Japanese;
using Sasaeai.Web;

namespace Sasaeai.Features.Members;

/// <summary>The register of a group. What is typed to find a person is sent in the form, so that no name stands in an address.</summary>
public class IndexModel(AppDb db, CurrentPerson person, AuditTrail trail, MemberErasures erasures, TimeProvider time) : PageModel
{
    public const int Size = 50, SoonDays = 30;

    public HelpGroup Group { get; private set; } = null!;
    public string Q { get; private set; } = "";

    [BindProperty(SupportsGet = true)]
    public string Kind { get; set; } = "";

    /// <summary>A code of <see cref="AbilityList"/>.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Can { get; set; }

    [BindProperty(SupportsGet = true, Name = PagerTagHelper.Parameter)]
    public int Number { get; set; } = 1;

    public AbilityList Abilities { get; private set; } = null!;
    public int Total { get; private set; }
    /// <summary>Helpers whose insurance ends soon or has ended: they cannot be asked without a reason.</summary>
    public int Uninsured { get; private set; }
    public int YearsKept { get; private set; }
    /// <summary>Members and calls whose years have passed.</summary>
    public int Overdue { get; private set; }
    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public Task OnGetAsync(Guid id) => LoadAsync(id);

    public async Task<IActionResult> OnPostFindAsync(Guid id, string? q)
    {
        Q = q?.Trim() ?? "";
        Rule.Require(Q.Length <= 100, "さがす言葉は100文字までにしてください。");
        await LoadAsync(id);
        return Page();
    }

    /// <summary>A list without telephone numbers, addresses and notes.</summary>
    public async Task<IActionResult> OnGetTableAsync(Guid id, TableFormat format)
    {
        Group = await db.RunAsync(person, id);
        Abilities = await AbilityList.LoadAsync(db, time.Today());
        trail.Looked("member", id, "名簿を書き出し");
        var members = await Found().OrderBy(member => member.Number).Take(20_000).ToListAsync();
        return this.Table("会員名簿", format, ["会員番号", "氏名", "ふりがな", "会員の種類", "入会日", "できること", "保険の終わる日"], members.Select(member => new object?[]
        {
            member.Number, member.Name, member.Kana, member.Roles, member.JoinedOn, Abilities.WordsOf(member.Content.CanDo), member.InsuredUntil,
        }));
    }

    private async Task LoadAsync(Guid id)
    {
        Group = await db.RunAsync(person, id);
        Abilities = await AbilityList.LoadAsync(db, time.Today());
        trail.Looked("member", id, Q == "" ? "会員の一覧" : "会員をさがした");
        Uninsured = Kind == "insurance" ? 0 : await Listed(db, id, "insurance", null, time.Today()).CountAsync();
        YearsKept = (await HelpRule.OfAsync(db, id)).Content.YearsKept;
        Overdue = await erasures.CountOverdueAsync(id);
        Total = await Found().CountAsync();
        Number = Math.Clamp(Number, 1, Math.Max(1, (Total + Size - 1) / Size));
        Rows = [.. (await Found().OrderBy(member => member.Kana).ThenBy(member => member.Number).Skip((Number - 1) * Size).Take(Size).ToListAsync())
            .Select(Row.Of)];
    }

    /// <summary>The members of one kind and ability.</summary>
    /// <param name="kind">helper, user, left, insurance (ends within 30 days of today, or has ended); else all who have not left.</param>
    /// <param name="can">A code of <see cref="AbilityList"/>, or nothing.</param>
    public static IQueryable<Member> Listed(AppDb db, Guid groupId, string kind, string? can, DateOnly today)
    {
        var all = db.Members.AsNoTracking().Where(member => member.GroupId == groupId);
        all = kind switch
        {
            "helper" => all.Where(member => member.LeftOn == null && member.HelperSince != null),
            "user" => all.Where(member => member.LeftOn == null && member.UserSince != null),
            "insurance" => all.Where(member => member.LeftOn == null && member.HelperSince != null && member.InsuredUntil <= today.AddDays(SoonDays)),
            "left" => all.Where(member => member.LeftOn != null),
            _ => all.Where(member => member.LeftOn == null),
        };
        if (!string.IsNullOrEmpty(can))
        {
            var able = db.Database.SqlQuery<Guid>($"""select id as "Value" from app.member where group_id = {groupId} and content -> 'canDo' @> to_jsonb({can}::text)""");
            all = all.Where(member => able.Contains(member.Id));
        }

        return all;
    }

    private IQueryable<Member> Found()
    {
        var all = Listed(db, Group.Id, Kind, Can, time.Today());
        if (Q == "")
        {
            return all;
        }

        if (Member.CardOf(Q) is { } card)
        {
            return all.Where(member => member.Card == card);
        }

        var (key, digits, number) = (Folding.Fold(Q), Member.PhoneDigits(Q), int.TryParse(Q, out var typed) ? typed : -1);
        return digits.Length >= 3 ? all.Where(member => member.Number == number || member.PhoneKey.StartsWith(digits) || member.PhoneKey.EndsWith(digits))
            : all.Where(member => member.Number == number || member.KanaKey.StartsWith(key) || member.NameKey.StartsWith(key) || member.NameKey.Contains(key));
    }

    public sealed record Row(Guid Id, int Number, string Name, string Kana, string Roles, IReadOnlyList<string> CanDo, DateOnly? InsuredUntil)
    {
        public static Row Of(Member member) => new(member.Id, member.Number, member.Name, member.Kana, member.Roles, member.Content.CanDo, member.InsuredUntil);
    }
}
