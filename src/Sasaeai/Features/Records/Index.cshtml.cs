using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Resources;

namespace Sasaeai.Features.Records;

public class IndexModel(AppDb db, ResourceDesk desk, CurrentPerson person) : PageModel
{
    public const int PageSize = 50;

    [BindProperty(SupportsGet = true)]
    public RecordQuery Search { get; set; } = new();

    [BindProperty(Name = "p", SupportsGet = true)]
    public int Number { get; set; } = 1;

    public TownLists Lists { get; private set; } = null!;
    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public int Total { get; private set; }
    public IReadOnlySet<Guid>? OwnOrganizations => person.IsStaff ? null : person.OrganizationIds;

    public async Task OnGetAsync()
    {
        Lists = await desk.ListsAsync();
        var found = Search.Of(db, person, Lists);
        Total = await found.CountAsync();
        Number = Math.Clamp(Number, 1, Math.Max(1, (Total + PageSize - 1) / PageSize));
        Rows = [.. (await found.Skip((Number - 1) * PageSize).Take(PageSize)
            .Select(resource => new { resource.Id, resource.Number, resource.Name, resource.State, resource.Audience, resource.CategoryCodes, resource.OrganizationId, resource.VerifiedOn, resource.DueOn, resource.HideOn }).ToListAsync())
            .Select(row => new Row(row.Id, row.Number, row.Name, row.State, row.Audience, string.Join('、', row.CategoryCodes.Select(Lists.Category)), Lists.Organization(row.OrganizationId), row.VerifiedOn, row.DueOn,
                Resource.FreshnessOn(Lists.Today, row.DueOn, row.HideOn, Lists.Rule.DueSoonDays)))];
    }

    /// <summary>The same list in another order; the column that leads already is turned round.</summary>
    public string SortedBy(RecordSort sort) => QueryHelpers.AddQueryString("", QueryHelpers.ParseQuery(Request.QueryString.Value)
        .Where(item => !item.Key.Equals("Search.Sort", StringComparison.OrdinalIgnoreCase) && !item.Key.Equals("Search.Descending", StringComparison.OrdinalIgnoreCase) && item.Key != "p")
        .Select(item => KeyValuePair.Create(item.Key, item.Value.ToString()))
        .Append(new("Search.Sort", sort.ToString()))
        .Append(new("Search.Descending", (Search.Sort == sort && !Search.Descending).ToString()))!);

    public string? OrderOf(RecordSort sort) => Search.Sort != sort ? null : Search.Descending ? "descending" : "ascending";

    public string FileOf(string format) => Url.Page("File", new { format }) + (Request.QueryString.HasValue ? "&" + Request.QueryString.Value![1..] : "");

    public sealed record Row(Guid Id, string Number, string Name, ResourceState State, Audience Audience, string Categories, string Organization, DateOnly? VerifiedOn, DateOnly DueOn, Freshness Freshness);
}
