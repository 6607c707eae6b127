using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Npgsql;
using Sasaeai.Data;
using Sasaeai.Features.Categories;
using Sasaeai.Features.Directory;
using Sasaeai.Web;

namespace Sasaeai.Features.Operators;

/// <summary>What the public may know of an organization, and what it offers.</summary>
[AllowAnonymous, PublishedOnly, CachedUntilPublication]
public class ShowModel(NpgsqlDataSource data, TownDirectories directories, CurrentTown town, TimeProvider time) : PageModel
{
    public PublishedOrganization Organization { get; private set; } = null!;
    public string KindName { get; private set; } = "";
    public IReadOnlyList<PublishedResource> Resources { get; private set; } = [];
    public DateOnly Today => time.Today();

    public async Task<IActionResult> OnGetAsync(Guid id)
    {
        var directory = await directories.GetAsync(town.Municipality, HttpContext.RequestAborted);
        await using var command = data.CreateCommand("""
            select o.view::text, array(select r.view::text from published.resource r
              where r.municipality_id = $1 and r.organization_id = $2 and not r.withdrawn and r.hide_on > $3 order by r.name limit 100)
            from published.organization o where o.municipality_id = $1 and o.organization_id = $2 and not o.withdrawn
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = town.Id });
        command.Parameters.Add(new NpgsqlParameter { Value = id });
        command.Parameters.Add(new NpgsqlParameter { Value = Today });
        await using var reader = await command.ExecuteReaderAsync(HttpContext.RequestAborted);
        if (!await reader.ReadAsync(HttpContext.RequestAborted))
        {
            return NotFound();
        }

        Organization = JsonColumn.Read<PublishedOrganization>(reader.GetString(0));
        Resources = [.. reader.GetFieldValue<string[]>(1).Select(JsonColumn.Read<PublishedResource>)];
        KindName = directory.NameOf(CodeList.OperatorKind, Organization.Kind);
        return Page();
    }
}
