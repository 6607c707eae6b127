using System.Net;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Features.Resources;

namespace Sasaeai.Tests.Features.Confirmations;

public class ConfirmationPagesTests(TestApp app)
{
    [Fact]
    public async Task An_operator_confirms_by_one_button_and_the_link_is_spent()
    {
        var (town, token) = await SentAsync();
        var visitor = app.ClientFor(town);
        var page = await visitor.GetPageAsync($"confirmations/{token}");

        Assert.Contains("000-0000-0000（公開しない）", page.Body!.TextContent);
        Assert.DoesNotContain("職員だけのメモ", page.Body.TextContent);
        var thanks = await visitor.PressAsync(page, "このとおりで合っています");
        Assert.Contains("ありがとうございました", thanks.Body!.TextContent);

        var resource = await town.InAsync((db, _) => db.Resources.SingleAsync());
        Assert.Equal(VerificationWay.Operator, resource.VerifiedHow);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await visitor.PressAsync(page, "このとおりで合っています")).StatusCode);
        Assert.Equal(2, await town.InAsync((db, _) => db.Verifications.CountAsync()));
    }

    [Fact]
    public async Task An_operator_corrects_and_staff_decide()
    {
        var (town, token) = await SentAsync();
        var visitor = app.ClientFor(town);
        var page = await visitor.GetPageAsync($"confirmations/{token}/edit");

        Assert.DoesNotContain("内部メモ", page.Body!.TextContent);
        await visitor.PressAsync(page, "この内容で送る", ("会場", "東公民館"));

        var (resource, revision) = await town.InAsync(async (db, _) => (await db.Resources.SingleAsync(), await db.Revisions.SingleAsync()));
        Assert.Equal(("", "東公民館", RevisionSource.Operator, "職員だけのメモ"), (resource.Content.Venue, revision.Content.Venue, revision.Source, revision.Content.Note));
        Assert.Contains("回答ずみ", (await visitor.GetPageAsync($"confirmations/{token}/edit")).Body!.TextContent);
    }

    [Fact]
    public async Task An_operator_says_that_the_activity_has_ended()
    {
        var (town, token) = await SentAsync();
        var visitor = app.ClientFor(town);

        await visitor.PressAsync(await visitor.GetPageAsync($"confirmations/{token}"), "活動をやめました", ("やめた時期や理由", "3月で解散"));

        var revision = await town.InAsync((db, _) => db.Revisions.SingleAsync());
        Assert.Equal((RevisionKind.Ending, RevisionState.Pending, "3月で解散"), (revision.Kind, revision.State, revision.Note));
        Assert.Equal(ResourceState.Published, (await town.InAsync((db, _) => db.Resources.SingleAsync())).State);
    }

    [Fact]
    public async Task Unknown_foreign_and_expired_links_are_told_in_one_sentence()
    {
        var (town, token) = await SentAsync();
        var (expired, old) = await SentAsync(DateTimeOffset.UtcNow.AddDays(-1));
        var foreign = app.ClientFor(expired);

        foreach (var unknown in new[] { token, "x", new string('あ', 300) })
        {
            var page = await foreign.GetPageAsync($"confirmations/{unknown}");
            Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
            Assert.Contains("この確認リンクは使えません", page.Body!.TextContent);
        }

        Assert.Contains("期限が過ぎています", (await foreign.GetPageAsync($"confirmations/{old}")).Body!.TextContent);
        Assert.NotNull(town);
    }

    [Fact]
    public async Task The_address_is_kept_from_other_pages_and_caches()
    {
        var (town, token) = await SentAsync();
        var answer = await app.ClientFor(town).GetAsync($"confirmations/{token}", TestContext.Current.CancellationToken);

        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.Equal(0L, await town.ScalarAsync($"select count(*) from app.audit_entry where municipality_id = {town.Id} and (record_id || note || coalesce(changes::text, '')) like '%{token}%'"));
    }

    private async Task<(Town Town, string Token)> SentAsync(DateTimeOffset? expires = null)
    {
        var town = await app.CreateTownAsync();
        var id = await town.PublishAsync("ひだまりサロン", ["1001"], content => content with { Note = "職員だけのメモ", Phone = new() { Value = "000-0000-0000" } });
        var token = ConfirmationRequest.NewToken();
        await town.InAsync(async (db, _) =>
        {
            db.Add(new ConfirmationRequest { ResourceId = id, TokenDigest = ConfirmationRequest.Digest(token), SentHow = SentHow.Letter, SentAt = DateTimeOffset.UtcNow, SentBy = "職員", ExpiresAt = expires ?? DateTimeOffset.UtcNow.AddDays(30) });
            await db.SaveChangesAsync();
        });
        return (town, token);
    }
}
