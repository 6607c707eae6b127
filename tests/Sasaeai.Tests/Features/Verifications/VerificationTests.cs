using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Resources;

namespace Sasaeai.Tests.Features.Verifications;

public class VerificationTests(TestApp app)
{
    [Fact]
    public async Task One_press_verifies_by_phone_and_leads_to_the_next_row()
    {
        var town = await app.CreateTownAsync();
        var (first, second) = (await town.PublishStaleAsync("古いサロン", 400), await town.PublishStaleAsync("次のサロン", 300));
        var client = await app.SignedInAsync(town, Role.Coordinator);

        var page = await client.GetPageAsync("verifications");
        Assert.Equal(["古いサロン", "次のサロン"], page.QuerySelectorAll(".calls h2").Select(heading => heading.TextContent));
        var next = await client.PressAsync(page, "電話で確認しました");

        Assert.Contains("電話で確認したと記録しました", next.QuerySelector(".notice.success")!.TextContent);
        Assert.EndsWith($"#r-{second}", next.Url);
        Assert.Equal(["次のサロン"], next.QuerySelectorAll(".calls h2").Select(heading => heading.TextContent));
        Assert.Equal(1L, await town.ScalarAsync($"select count(*) from app.verification where resource_id = '{first}' and how = 'phone' and account_id is not null"));
        Assert.Equal(1L, await town.ScalarAsync($"select count(*) from app.audit_entry where municipality_id = {town.Id} and noun = 'verification' and account_id is not null"));
    }

    [Fact]
    public async Task Who_could_not_be_reached_moves_down()
    {
        var town = await app.CreateTownAsync();
        await town.PublishStaleAsync("古いサロン", 400);
        await town.PublishStaleAsync("次のサロン", 300);
        var client = await app.SignedInAsync(town, Role.Coordinator);

        var page = await client.PressAsync(await client.GetPageAsync("verifications"), "つながらなかったと記録する", ("メモ（なくてもかまいません）", "午後は留守"));

        Assert.Equal(["次のサロン", "古いサロン"], page.QuerySelectorAll(".calls h2").Select(heading => heading.TextContent));
        Assert.Contains("午後は留守", page.QuerySelectorAll(".calls > li").Last().TextContent);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await client.PressAsync(page, "つながらなかったと記録する", ("メモ（なくてもかまいません）", new string('あ', 201)))).StatusCode);
    }

    [Fact]
    public async Task Looking_at_a_contact_person_who_is_not_public_is_recorded()
    {
        var town = await app.CreateTownAsync();
        var id = await town.PublishStaleAsync("古いサロン", 400, content => content with { Person = new ContactField { Value = "見本 花子" }, Phone = new ContactField { Value = "0999-12-3456" } });
        var client = await app.SignedInAsync(town, Role.Coordinator);

        var page = await client.GetPageAsync("verifications");

        Assert.Equal("tel:0999123456", page.QuerySelector(".call a")!.GetAttribute("href"));
        Assert.Equal(1L, await town.ScalarAsync($"select count(*) from app.audit_entry where municipality_id = {town.Id} and verb = 'look' and record_id = '{id}'"));
    }

    [Fact]
    public async Task A_refused_press_shows_the_contacts_again_and_that_look_is_recorded_too()
    {
        var town = await app.CreateTownAsync();
        var id = await town.PublishStaleAsync("古いサロン", 400, content => content with { Person = new ContactField { Value = "見本 花子" }, Phone = new ContactField { Value = "0999-12-3456" } });
        var client = await app.SignedInAsync(town, Role.Coordinator);

        var refused = await client.PressAsync(await client.GetPageAsync("verifications"), "つながらなかったと記録する", ("メモ（なくてもかまいません）", new string('あ', 201)));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("見本 花子", refused.Body!.TextContent);
        Assert.Equal(2L, await town.ScalarAsync($"select count(*) from app.audit_entry where municipality_id = {town.Id} and verb = 'look' and record_id = '{id}'"));
        Assert.Equal(0L, await town.ScalarAsync($"select count(*) from app.contact_try where municipality_id = {town.Id}"));
    }

    [Fact]
    public async Task A_coordinator_sees_and_verifies_only_her_areas()
    {
        var (town, other) = (await app.CreateTownAsync(), await app.CreateTownAsync());
        var foreign = await other.PublishStaleAsync("よその市のサロン", 400);
        await town.PublishStaleAsync("第1のサロン", 400);
        var mine = await app.SignedInAsync(town, Role.Coordinator);
        var neighbour = await app.SignedInAsync(town, Role.Coordinator, "Z2");

        Assert.Empty((await neighbour.GetPageAsync("verifications")).QuerySelectorAll(".calls > li"));
        var page = await mine.GetPageAsync("verifications");
        page.QuerySelector<IHtmlInputElement>("input[name=id]")!.Value = foreign.ToString();
        Assert.Equal(HttpStatusCode.NotFound, (await mine.PressAsync(page, "訪問で確認")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await app.SignedInAsync(town, Role.CouncilMember)).GetPageAsync("verifications")).StatusCode);
    }

    [Fact]
    public async Task The_debt_sums_the_days_overdue_by_area_and_category()
    {
        var town = await app.CreateTownAsync();
        await town.PublishStaleAsync("古いサロン", 190);      // サロン・お茶会 is to be checked after 180 days
        await town.PublishStaleAsync("次のサロン", 200);
        var client = await app.SignedInAsync(town, Role.Officer);

        var page = await client.GetPageAsync("verifications/debt");

        var row = page.QuerySelectorAll("tbody tr").First(row => row.TextContent.Contains("第1圏域")).TextContent;
        Assert.Contains("30日", row);
        Assert.Contains("サロン・お茶会", page.Body!.TextContent);
        Assert.Contains("古いサロン", (await client.GetPageAsync("verifications/sheet")).Body!.TextContent);
    }

    [Fact]
    public async Task The_lists_of_this_work_come_as_tables_and_taking_contacts_along_is_recorded()
    {
        var town = await app.CreateTownAsync();
        await town.PublishStaleAsync("古いサロン", 190, content => content with { Phone = new ContactField { Value = "0999-12-3456" } });
        var client = await app.SignedInAsync(town, Role.Coordinator);
        var letters = await client.GetPageAsync("confirmation-requests/new");
        letters.QuerySelector<IHtmlInputElement>("input[name='Form.Resources']")!.IsChecked = true;
        await client.PressAsync(letters, "確認依頼を作る");

        foreach (var (path, words) in new[] { ("verifications", "古いサロン,0999-12-3456"), ("verifications/debt", "全体,全体,1,1,10"), ("confirmation-requests", "古いサロン,"), ("mistake-reports", "受付番号") })
        {
            var page = await client.GetPageAsync(path);
            foreach (var link in page.QuerySelectorAll("a[href*='handler=Table']").Select(link => link.GetAttribute("href")!).DefaultIfEmpty($"{path}?handler=Table&format=csv"))
            {
                var table = await client.GetAsync(link, TestContext.Current.CancellationToken);
                Assert.Equal(HttpStatusCode.OK, table.StatusCode);
                if (link.Contains("csv", StringComparison.Ordinal))
                {
                    Assert.Contains(words, await table.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
                }
            }
        }

        Assert.Equal(2L, await town.ScalarAsync($"select count(*) from app.audit_entry where municipality_id = {town.Id} and noun = 'verification_sheet' and verb = 'look'"));
        Assert.Equal(HttpStatusCode.Forbidden, (await (await app.SignedInAsync(town, Role.CouncilMember)).GetPageAsync("verifications?handler=Table&format=csv")).StatusCode);
    }
}

public static class StaleRecords
{
    /// <summary>A published サロン, last verified that many days ago.</summary>
    public static Task<Guid> PublishStaleAsync(this Town town, string name, int daysAgo, Func<ResourceContent, ResourceContent>? change = null) => town.InAsync(async (db, services) =>
    {
        var (today, now) = (services.GetRequiredService<TimeProvider>().Today(), DateTimeOffset.UtcNow);
        var setting = await ResourceSetting.LoadAsync(db, today);
        var content = new ResourceContent { Name = name, Categories = ["1001"], ConsentedOn = today, BlockId = setting.Areas.FindByCode("Z1B")!.Id };
        var resource = new Resource($"R-{Guid.NewGuid():N}", change?.Invoke(content) ?? content, setting, now);
        resource.Publish(now);
        db.Resources.Add(resource);
        db.Verifications.Add(resource.Verify(today.AddDays(-daysAgo), VerificationWay.Phone, Actor.Command, setting, now));
        await db.SaveChangesAsync();
        return resource.Id;
    });
}
