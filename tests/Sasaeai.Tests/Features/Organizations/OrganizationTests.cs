using System.Net;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Organizations;
using Sasaeai.Features.Resources;

namespace Sasaeai.Tests.Features.Organizations;

public class OrganizationTests(TestApp app)
{
    private static Task<Guid> AddAsync(Town town, string name) => town.InAsync(async (db, _) =>
    {
        var organization = new Organization($"D-{Guid.NewGuid():N}", new OrganizationContent { Name = name, Kind = "02", Representative = new ContactField { Value = "見本 太郎" }, Phone = new ContactField { Value = "0999-00-0000", Publish = true } }, DateTimeOffset.UtcNow);
        db.Organizations.Add(organization);
        await db.SaveChangesAsync();
        return organization.Id;
    });

    [Fact]
    public async Task A_new_organization_is_shown_listed_and_exported()
    {
        var town = await app.CreateTownAsync();
        var client = await app.SignedInAsync(town, Role.Coordinator);
        var form = await client.GetPageAsync("organizations/new");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await client.PressAsync(form, "登録する")).StatusCode);
        var shown = await client.PressAsync(form, "登録する", ("団体の名称", "=みほん会"), ("主体種別", "02"), ("電話番号", "0999-11-2222"), ("電話番号を公開してよい", true));

        Assert.Equal("=みほん会", shown.QuerySelector("h1")!.TextContent);
        Assert.Contains("=みほん会", (await client.GetPageAsync("organizations?q=みほん")).Body!.TextContent);
        Assert.Contains("'=みほん会", await client.GetStringAsync("organizations?handler=Table&format=csv", TestContext.Current.CancellationToken));
        Assert.Equal("PK", (await client.GetStringAsync("organizations?handler=Table&format=xlsx", TestContext.Current.CancellationToken))[..2]);
    }

    [Fact]
    public async Task An_organization_that_rests_comes_back()
    {
        var town = await app.CreateTownAsync();
        var id = await AddAsync(town, "助け合いの会");
        await town.PublishAsync("助け合いサロン", ["1001"], content => content with { OrganizationId = id });
        using var visitor = app.ClientFor(town);
        var officer = await app.SignedInAsync(town, Role.Officer);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetPageAsync($"operators/{id}")).StatusCode);

        var closed = await officer.PressAsync(await officer.GetPageAsync($"organizations/{id}"), "解散・休止を記録する");
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetPageAsync($"operators/{id}")).StatusCode);

        await officer.PressAsync(closed, "活動している団体にもどす");
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetPageAsync($"operators/{id}")).StatusCode);
        Assert.Contains("解散・休止", (await officer.GetPageAsync($"organizations/{id}/history")).QuerySelector("main")!.TextContent);
        Assert.Equal(1L, await town.ScalarAsync($"select count(*) from app.audit_entry where municipality_id = {town.Id} and noun = 'organization' and verb = 'look' and note = '変更の履歴'"));
    }

    [Fact]
    public async Task The_second_of_two_editors_sees_both_versions_and_loses_nothing()
    {
        var town = await app.CreateTownAsync();
        var id = await AddAsync(town, "助け合いの会");
        var (one, two) = (await app.SignedInAsync(town, Role.Coordinator), await app.SignedInAsync(town, Role.Officer));
        var (first, second) = (await one.GetPageAsync($"organizations/{id}/edit"), await two.GetPageAsync($"organizations/{id}/edit"));

        await one.PressAsync(first, "保存する", ("紹介文", "先の人の文"));
        var told = await two.PressAsync(second, "保存する", ("紹介文", "後の人の文"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, told.StatusCode);
        var difference = told.QuerySelector(".differences tbody")!.TextContent;
        Assert.Contains("先の人の文", difference);
        Assert.Contains("後の人の文", difference);
        await two.PressAsync(told, "保存する");
        Assert.Equal("後の人の文", await town.ScalarAsync($"select content ->> 'description' from app.organization where id = '{id}'"));
        Assert.Contains("先の人の文", (await two.GetPageAsync($"organizations/{id}/history")).Body!.TextContent);
    }

    [Fact]
    public async Task The_public_sees_only_what_was_agreed_to()
    {
        var town = await app.CreateTownAsync();
        var id = await AddAsync(town, "助け合いの会");
        await town.PublishAsync("会のサロン", ["1001"], content => content with { OrganizationId = id });

        var page = await app.ClientFor(town).GetPageAsync($"operators/{id}");

        Assert.Contains("会のサロン", page.Body!.TextContent);
        Assert.Contains("0999-00-0000", page.Body.TextContent);
        Assert.DoesNotContain("見本 太郎", page.Body.TextContent);
        Assert.Contains("社会福祉協議会", page.Body.TextContent);

        var officer = await app.SignedInAsync(town, Role.Officer);
        await officer.PressAsync(await officer.GetPageAsync($"organizations/{id}"), "解散・休止を記録する");
        Assert.Equal(HttpStatusCode.NotFound, (await app.ClientFor(town).GetPageAsync($"operators/{id}")).StatusCode);
    }

    [Fact]
    public async Task Other_towns_and_other_roles_are_kept_out()
    {
        var (town, other) = (await app.CreateTownAsync(), await app.CreateTownAsync());
        var (id, foreign) = (await AddAsync(town, "助け合いの会"), await AddAsync(other, "よその会"));
        var officer = await app.SignedInAsync(town, Role.Officer);
        var member = await app.SignedInAsync(town, Role.CouncilMember);

        foreach (var path in new[] { "", "/edit", "/history" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await officer.GetPageAsync($"organizations/{foreign}{path}")).StatusCode);
            Assert.Equal(HttpStatusCode.Forbidden, (await member.GetPageAsync($"organizations/{id}{path}")).StatusCode);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await app.ClientFor(town).GetPageAsync($"operators/{foreign}")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await member.GetPageAsync("organizations")).StatusCode);
    }
}
