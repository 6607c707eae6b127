using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;

namespace Sasaeai.Features.Bodies;

/// <summary>A body by its name.</summary>
/// <param name="AreaId">The area of a council.</param>
public sealed record BodyRow(Guid Id, string Name, Guid? CouncilId, Guid? AreaId, bool IsDepartment);

/// <summary>What a form says of a body: one of the list, or an organization by its number or whole name.</summary>
public sealed record BodyInput(string Choice, string? Organization)
{
    public const string Other = "organization";
}

public static class BodyList
{
    /// <summary>All bodies of the town; there are as many as councils and departments, and the organizations that ever owned an issue.</summary>
    public static Task<List<BodyRow>> LoadAsync(AppDb db) => (
        from body in db.Bodies.AsNoTracking()
        join council in db.Councils on body.CouncilId equals (Guid?)council.Id into councils
        from council in councils.DefaultIfEmpty()
        join department in db.Departments on body.DepartmentId equals (Guid?)department.Id into departments
        from department in departments.DefaultIfEmpty()
        join organization in db.Organizations on body.OrganizationId equals (Guid?)organization.Id into organizations
        from organization in organizations.DefaultIfEmpty()
        select new BodyRow(body.Id, council.Name ?? department.Name ?? organization.Name, body.CouncilId, council == null ? null : council.AreaId, body.DepartmentId != null)).ToListAsync();

    /// <summary>What a form offers: councils, departments that exist on the day, organizations that own or owned an issue, and a box for any other.</summary>
    public static async Task<List<SelectListItem>> ChoicesAsync(AppDb db, DateOnly day)
    {
        var (councils, departments, organizations) = (new SelectListGroup { Name = "協議体" }, new SelectListGroup { Name = "庁内の課" }, new SelectListGroup { Name = "団体" });
        return
        [
            .. await db.Councils.Where(council => council.ClosedOn == null).OrderBy(council => council.Layer).ThenBy(council => council.Name).Take(500)
                .Select(council => new SelectListItem { Text = council.Name, Value = $"council:{council.Id}", Group = councils }).ToListAsync(),
            .. (await db.Departments.OrderBy(department => department.Sort).ThenBy(department => department.Name).Take(500).ToListAsync()).Where(department => department.IsValidOn(day))
                .Select(department => new SelectListItem { Text = department.Name, Value = $"department:{department.Id}", Group = departments }),
            .. await db.Bodies.Join(db.Organizations, body => body.OrganizationId, organization => (Guid?)organization.Id, (_, organization) => organization).OrderBy(organization => organization.Name).Take(200)
                .Select(organization => new SelectListItem { Text = organization.Name, Value = $"organization:{organization.Id}", Group = organizations }).ToListAsync(),
            new() { Text = "ほかの団体（下に番号か名称を入力）", Value = BodyInput.Other, Group = organizations },
        ];
    }

    /// <summary>The value of <see cref="BodyInput.Choice"/> for a body.</summary>
    public static async Task<string> ChoiceOfAsync(AppDb db, Guid bodyId)
    {
        var body = await db.GetAsync<Body>(bodyId);
        return body.CouncilId is { } council ? $"council:{council}" : body.DepartmentId is { } department ? $"department:{department}" : $"organization:{body.OrganizationId}";
    }

    /// <summary>The body that the form means; its row is made when it is the first time.</summary>
    public static async Task<Body> FindOrAddAsync(AppDb db, BodyInput typed, IEnumerable<SelectListItem> choices)
    {
        Rule.Require(choices.Any(choice => choice.Value == typed.Choice), "主体を一覧から選び直してください。");
        if (typed.Choice == BodyInput.Other)
        {
            var text = (typed.Organization ?? "").Trim();
            var found = text == "" ? [] : await db.Organizations.Where(organization => organization.ClosedOn == null && (organization.Number == text || organization.Name == text)).Select(organization => organization.Id).Take(2).ToListAsync();
            Rule.Require(found.Count == 1, text == "" ? "団体の番号か名称を入力してください。" : $"「{text}」という番号または名称の団体が一つに決まりません。団体の一覧で番号を確かめて入力してください。");
            return await FindOrAddAsync(db, new Body { OrganizationId = found[0] });
        }

        var parts = typed.Choice.Split(':');
        var id = Guid.Parse(parts[1]);
        return await FindOrAddAsync(db, parts[0] switch { "council" => new Body { CouncilId = id }, "department" => new Body { DepartmentId = id }, _ => new Body { OrganizationId = id } });
    }

    public static async Task<Body> FindOrAddAsync(AppDb db, Body wanted)
    {
        var known = db.Bodies.Local.FirstOrDefault(IsSame) ?? await db.Bodies.FirstOrDefaultAsync(body => body.CouncilId == wanted.CouncilId && body.DepartmentId == wanted.DepartmentId && body.OrganizationId == wanted.OrganizationId);
        return known ?? db.Bodies.Add(wanted).Entity;

        bool IsSame(Body body) => (body.CouncilId, body.DepartmentId, body.OrganizationId) == (wanted.CouncilId, wanted.DepartmentId, wanted.OrganizationId);
    }
}
