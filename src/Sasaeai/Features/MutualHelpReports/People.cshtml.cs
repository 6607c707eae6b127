using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Groups;
using Sasaeai.Features.HelpRequests;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Visits;
using Sasaeai.Japanese;
using Sasaeai.Web;

namespace Sasaeai.Features.MutualHelpReports;

/// <summary>Who helped how much, and how old those were who were helped; for the group's own people.</summary>
public class PeopleModel(AppDb db, CurrentPerson person, AuditTrail trail, TimeProvider time) : PageModel
{
    private const int Most = 2000;
    private static readonly (int From, string Name)[] Bands = [(0, "65歳未満"), (65, "65〜74歳"), (75, "75〜84歳"), (85, "85歳以上")];

    [BindProperty(SupportsGet = true)]
    public DateOnly? From { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? Until { get; set; }

    public DateOnly First => From ?? FiscalYear.Of(time.Today()).Starts;
    public DateOnly Last => Until ?? time.Today();
    public HelpGroup Group { get; private set; } = null!;
    public IReadOnlyList<Helper> Helpers { get; private set; } = [];
    public IReadOnlyList<Band> Ages { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync([FromQuery(Name = "group")] Guid groupId)
    {
        if (!ModelState.IsValid)
        {
            return NotFound();
        }

        await LoadAsync(groupId);
        return Page();
    }

    public async Task<IActionResult> OnGetTableAsync([FromQuery(Name = "group")] Guid groupId, TableFormat format)
    {
        await LoadAsync(groupId);
        return this.Table("協力会員ごとの活動", format, ["会員番号", "氏名", "活動", "活動時間（分）", "手伝った人の数"], Helpers.Select(helper => new object?[] { helper.Number, helper.Name, helper.Visits, helper.Minutes, helper.Users }));
    }

    private async Task LoadAsync(Guid groupId)
    {
        Group = await db.ArrangeAsync(person, groupId);
        Rule.Require(Last >= First && Last <= First.AddYears(10), "終わりの日を、始まりの日から10年のうちにしてください。");
        Helpers = await db.Database.SqlQuery<Helper>($"""
            select m.number as "Number", m.name as "Name", count(*)::int as "Visits", sum(p.minutes)::bigint as "Minutes", count(distinct v.user_id)::int as "Users"
            from app.visit_report p
            join app.visit v on v.municipality_id = p.municipality_id and v.id = p.visit_id
            cross join unnest(p.helper_ids) h (id)
            join app.member m on m.municipality_id = p.municipality_id and m.id = h.id
            where p.municipality_id = {db.TownId} and p.group_id = {groupId} and p.day between {First} and {Last} and p.withdrawn_at is null and p.approved_at is not null and p.result = 'done'
            group by m.number, m.name order by sum(p.minutes) desc, m.number limit {Most}
            """).ToListAsync();
        var ages = await db.Database.SqlQuery<Aged>($"""
            select (m.content ->> 'birthYear')::int as "BirthYear", extract(year from p.day)::int as "Year", v.user_id as "UserId", count(*)::int as "Visits", sum(p.minutes)::bigint as "Minutes"
            from app.visit_report p
            join app.visit v on v.municipality_id = p.municipality_id and v.id = p.visit_id
            join app.member m on m.municipality_id = v.municipality_id and m.id = v.user_id
            where p.municipality_id = {db.TownId} and p.group_id = {groupId} and p.day between {First} and {Last} and p.withdrawn_at is null and p.approved_at is not null and p.result = 'done'
            group by 1, 2, 3
            """).ToListAsync();
        Ages = [.. Bands.Select(band => band.Name).Append("年齢が不明").Select(name => BandOf(name, [.. ages.Where(one => NameOf(one) == name)]))];
        trail.Looked("member", groupId, $"協力会員ごとの活動（{Helpers.Count}人）");
    }

    /// <summary>By the age that a person reaches in the year of the visit; only the year of birth is known.</summary>
    private static string NameOf(Aged one) => one.BirthYear is { } born ? Bands.Last(band => Math.Max(0, one.Year - born) >= band.From).Name : "年齢が不明";

    private static Band BandOf(string name, IReadOnlyList<Aged> own) => new(name, own.Select(one => one.UserId).Distinct().Count(), own.Sum(one => one.Visits), own.Sum(one => one.Minutes));

    public sealed record Helper(int Number, string Name, int Visits, long Minutes, int Users);

    public sealed record Band(string Name, int Users, int Visits, long Minutes);

    private sealed record Aged(int? BirthYear, int Year, Guid UserId, int Visits, long Minutes);
}
