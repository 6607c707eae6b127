using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Resources;
using Sasaeai.Web;

namespace Sasaeai.Features.Groups;

/// <summary>The district table of document 003: 校(地)区, 相談員, 主な生活支援, 成果.</summary>
public class DistrictsModel(AppDb db, CurrentPerson person) : PageModel
{
    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public Task OnGetAsync() => LoadAsync();

    public async Task<IActionResult> OnGetTableAsync(TableFormat format)
    {
        await LoadAsync();
        return this.Table("実践地区の取り組み", format, ["校(地)区", "区", "相談員", "有償・無償", "主な生活支援", "担い手", "担い手の会", "アンケートによる活動希望者"],
            Rows.Select(row => new object?[] { row.District, row.Ward, row.Counsellors, row.Payment, row.Support, row.Helpers, row.HelperBody, row.FoundBySurvey }));
    }

    private async Task LoadAsync()
    {
        person.Require(person.IsStaff);
        var counts = (await GroupCount.AllAsync(db)).ToDictionary(count => count.GroupId);
        var groups = await (
            from @group in db.HelpGroups.AsNoTracking()
            where @group.Kind == GroupKind.DistrictCouncil
            join area in db.Areas on @group.AreaId equals (Guid?)area.Id into areas
            from area in areas.DefaultIfEmpty()
            orderby @group.CreatedAt, @group.Id
            select new { Group = @group, Area = area == null ? @group.Content.Serves : area.Name }).Take(500).ToListAsync();
        Rows = [.. groups.Select(row => Row.Of(row.Group.Content, row.Group.Content.Serves == "" ? row.Area : row.Group.Content.Serves, counts[row.Group.Id].Helpers))];
    }

    /// <param name="Helpers">Of the register when the group keeps it here, else as the group reports.</param>
    public sealed record Row(string District, string Ward, int? Counsellors, string Payment, string Support, int? Helpers, string HelperBody, int? FoundBySurvey, string Note)
    {
        public static Row Of(GroupContent content, string district, int registered) => new(district, content.Ward, content.Counsellors, content.Payment, content.DoesNote,
            registered > 0 ? registered : content.HelpersReported, content.HelperBody, content.FoundBySurvey, content.Outcome);

        public string Outcome => string.Join(' ', new[]
        {
            Helpers is { } helpers ? $"「{HelperBody}」({helpers}名)" : "", FoundBySurvey is { } found ? $"アンケートによる活動希望者発掘({found}名)" : "", Note,
        }.Where(words => words != "").Select(words => "◎" + words));
    }
}
