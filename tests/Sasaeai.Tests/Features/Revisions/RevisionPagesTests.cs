using System.Net;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Resources;

namespace Sasaeai.Tests.Features.Revisions;

public class RevisionPagesTests(TestApp app)
{
    [Fact]
    public async Task An_officer_finds_compares_and_approves_and_the_check_counts()
    {
        var (town, id, revision) = await ProposedAsync();
        var officer = await app.SignedInAsync(town, Role.Officer);

        var queue = await officer.GetPageAsync("revisions");
        Assert.Contains("職員・SC 1件", queue.Body!.TextContent);
        var page = await officer.GetPageAsync($"revisions/{revision}");
        Assert.Equal("東公民館", page.QuerySelector(".differences ins")!.TextContent);
        await officer.PressAsync(page, "採用する");

        var (resource, verifications) = await town.InAsync(async (db, _) => (await db.Resources.SingleAsync(), await db.Verifications.CountAsync()));
        Assert.Equal(("東公民館", 2), (resource.Content.Venue, verifications));
        Assert.Contains("東公民館", (string)(await town.ScalarAsync($"select view::text from published.resource where resource_id = '{id}'"))!);
        Assert.Contains("すでに処理されています", (await officer.PressAsync(page, "採用する")).Body!.TextContent);
    }

    [Fact]
    public async Task A_proposal_is_declined_only_with_a_reason()
    {
        var (town, _, revision) = await ProposedAsync();
        var officer = await app.SignedInAsync(town, Role.Officer);
        var page = await officer.GetPageAsync($"revisions/{revision}");

        var refused = await officer.PressAsync(page, "採用しない");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("採用しない理由を入力してください。", refused.Body!.TextContent);
        await officer.PressAsync(page, "採用しない", ("ひとこと・理由", "確かめたら違いました"));

        var declined = await town.InAsync((db, _) => db.Revisions.SingleAsync());
        Assert.Equal((RevisionState.Declined, "確かめたら違いました"), (declined.State, declined.DecisionNote));
    }

    [Fact]
    public async Task An_outdated_proposal_shows_three_columns_and_is_made_again()
    {
        var (town, id, revision) = await ProposedAsync();
        var officer = await app.SignedInAsync(town, Role.Officer);
        await officer.PressAsync(await officer.GetPageAsync($"records/{id}/edit"), "保存する", ("対象", "だれでも"));

        var page = await officer.GetPageAsync($"revisions/{revision}");
        Assert.Equal(["項目", "作ったときの記録", "今の記録", "修正案"], page.QuerySelectorAll(".differences thead th").Select(cell => cell.TextContent));
        Assert.DoesNotContain(page.QuerySelectorAll("main button"), button => button.TextContent == "採用する");
        await officer.PressAsync(await officer.GetPageAsync($"records/{id}/edit?revision={revision}"), "保存する");

        var (resource, old) = await town.InAsync(async (db, _) => (await db.Resources.SingleAsync(), await db.Revisions.SingleAsync(row => row.Id == revision)));
        Assert.Equal(("東公民館", "だれでも", RevisionState.Declined), (resource.Content.Venue, resource.Content.ForWhom, old.State));
    }

    [Fact]
    public async Task Nobody_decides_without_the_right_and_no_town_on_anothers_proposals()
    {
        var (town, _, revision) = await ProposedAsync();
        var other = await app.CreateTownAsync();
        var coordinator = await app.SignedInAsync(town, Role.Coordinator);
        var officer = await app.SignedInAsync(town, Role.Officer);

        Assert.Empty((await coordinator.GetPageAsync($"revisions/{revision}")).QuerySelectorAll("main button"));
        var officersPage = await officer.GetPageAsync($"revisions/{revision}");
        var stolen = await coordinator.GetPageAsync("records/new");
        var token = stolen.QuerySelector("[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        var answer = await coordinator.PostAsync($"revisions/{revision}", new FormUrlEncodedContent([new("__RequestVerificationToken", token)]), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await (await app.SignedInAsync(other, Role.Officer)).GetPageAsync($"revisions/{revision}")).StatusCode);
        Assert.NotEmpty(officersPage.QuerySelectorAll("main button"));
    }

    private async Task<(Town Town, Guid Resource, Guid Revision)> ProposedAsync()
    {
        var town = await app.CreateTownAsync();
        var id = await town.PublishAsync("ひだまりサロン", ["1001"]);
        var coordinator = await app.SignedInAsync(town, Role.Coordinator);
        await coordinator.PressAsync(await coordinator.GetPageAsync($"records/{id}/edit"), "修正案を送る", ("会場", "東公民館"), ("電話で確かめた", true));
        return (town, id, await town.InAsync((db, _) => db.Revisions.Select(revision => revision.Id).SingleAsync()));
    }
}
