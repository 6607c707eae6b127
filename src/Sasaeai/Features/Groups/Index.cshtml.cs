using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Resources;

namespace Sasaeai.Features.Groups;

public class IndexModel(AppDb db, CurrentPerson person) : PageModel
{
    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public bool MayAdd => person.IsStaff;
    public bool IsStaff => person.IsStaff;
    public int Small { get; private set; }

    public async Task OnGetAsync()
    {
        person.Require(person.IsStaff || person.Is(Role.GroupKeeper));
        Small = (await db.RuleAsync()).SmallCount;
        var counts = (await GroupCount.AllAsync(db)).ToDictionary(count => count.GroupId);
        var own = person.OrganizationIds;
        var groups = await (
            from @group in db.HelpGroups.AsNoTracking()
            where person.IsStaff || own.Contains(@group.OrganizationId)
            join area in db.Areas on @group.AreaId equals (Guid?)area.Id into areas
            from area in areas.DefaultIfEmpty()
            orderby @group.Kana, @group.Name, @group.Id
            select new { Group = @group, Area = area == null ? "" : area.Name }).Take(500).ToListAsync();
        Rows = [.. groups.Select(row => Row.Of(row.Group, row.Area, counts[row.Group.Id], person.CanRun(row.Group) ? 0 : Small))];
    }

    public sealed record Row(Guid Id, string Name, string Area, GroupStage Stage, string Payment, string Helpers, string Users, string Keepers)
    {
        public static Row Of(HelpGroup group, string area, GroupCount count, int small) => new(group.Id, group.Name, area, group.Stage, group.Content.Payment,
            Masked(count.Helpers, small), Masked(count.Users, small), Masked(count.Keepers, small));
    }

    /// <summary>Few people are not counted exactly before those who are not of the group.</summary>
    public static string Masked(int people, int small) => people > 0 && people < small ? $"{small}人未満" : $"{people:N0}人";
}
