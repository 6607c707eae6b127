using System.Net;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Voices;

namespace Sasaeai.Tests.Features.Voices;

public class VoiceTests(TestApp app)
{
    private static Task<Guid> SayAsync(Town town) => town.InAsync(async (db, _) =>
    {
        var area = await db.Areas.SingleAsync(area => area.Code == "Z1");
        var voice = new Voice { Receipt = $"V-{Guid.NewGuid():N}", Source = VoiceSource.PublicForm, Text = "バスがなくて困る", AreaId = area.Id, CategoryCode = "1301", Contact = "090-2222-3333", CreatedAt = DateTimeOffset.UtcNow };
        db.Voices.Add(voice);
        await db.SaveChangesAsync();
        return voice.Id;
    });

    [Fact]
    public async Task A_voice_is_read_and_both_the_look_and_the_reading_are_recorded()
    {
        var town = await app.CreateTownAsync();
        var id = await SayAsync(town);
        var client = await app.SignedInAsync(town, Role.Coordinator);

        var list = await client.GetPageAsync("voices");
        Assert.DoesNotContain("バスがなくて", list.Body!.TextContent);
        Assert.Contains("第1圏域", list.Body.TextContent);
        Assert.Equal("困りごと", list.QuerySelector("td[data-label=種類]")!.TextContent);
        var page = await client.GetPageAsync($"voices/{id}");
        Assert.Contains("バスがなくて困る", page.Body!.TextContent);
        await client.PressAsync(page, "読みました");

        Assert.Equal(1L, await town.ScalarAsync($"select count(*) from app.voice where id = '{id}' and read_by is not null"));
        Assert.Equal(1L, await town.ScalarAsync($"select count(*) from app.audit_entry where municipality_id = {town.Id} and verb = 'look' and noun = 'voice'"));
        Assert.Empty((await client.GetPageAsync("voices?unread=true")).QuerySelectorAll("tbody th a"));
    }

    [Fact]
    public async Task The_list_is_taken_away_without_words_contacts_and_receipt_numbers()
    {
        var (town, other) = (await app.CreateTownAsync(), await app.CreateTownAsync());
        await SayAsync(town);
        await SayAsync(other);
        var (near, far) = (await app.SignedInAsync(town, Role.Coordinator), await app.SignedInAsync(town, Role.Coordinator, "Z2"));

        var csv = await near.GetStringAsync("voices?handler=Table&format=Csv", TestContext.Current.CancellationToken);

        Assert.Equal(2, csv.TrimEnd().Split('\n').Length);
        Assert.Contains("第1圏域", csv);
        Assert.All(["バスがなくて", "090-2222-3333", "V-"], told => Assert.DoesNotContain(told, csv));
        Assert.Single((await far.GetStringAsync("voices?handler=Table&format=Csv", TestContext.Current.CancellationToken)).TrimEnd().Split('\n'));
        Assert.Equal(2L, await town.ScalarAsync($"select count(*) from app.audit_entry where municipality_id = {town.Id} and verb = 'look' and noun = 'voice'"));
    }

    [Fact]
    public async Task Voices_of_another_area_or_town_are_not_heard()
    {
        var (town, other) = (await app.CreateTownAsync(), await app.CreateTownAsync());
        var (id, foreign) = (await SayAsync(town), await SayAsync(other));
        var neighbour = await app.SignedInAsync(town, Role.Coordinator, "Z2");

        Assert.Empty((await neighbour.GetPageAsync("voices")).QuerySelectorAll("tbody tr"));
        Assert.Equal(HttpStatusCode.Forbidden, (await neighbour.GetPageAsync($"voices/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await neighbour.GetPageAsync($"voices/{foreign}")).StatusCode);
    }

    [Fact]
    public async Task Voices_are_found_by_the_words_of_their_summary_and_by_the_receipt_number_and_sorted()
    {
        var town = await Issues.ChainTown.CreateAsync(app);
        await town.VoiceAsync("バスの話", "通院のバスがない。");
        var number = await town.VoiceAsync("ゴミの話", "ゴミが重い。");
        var client = await app.SignedInAsync(town.Town, Role.Coordinator);
        string[] Found(AngleSharp.Dom.IDocument page) => [.. page.QuerySelectorAll("table:first-of-type tbody th a").Select(link => link.TextContent)];

        Assert.Equal(["ゴミが重い。", "通院のバスがない。"], Found(await client.GetPageAsync("voices")));
        Assert.Equal(["通院のバスがない。", "ゴミが重い。"], Found(await client.GetPageAsync("voices?sort=Oldest")));
        Assert.Equal(["通院のバスがない。"], Found(await client.GetPageAsync("voices?q=バス")));
        Assert.Equal(["ゴミが重い。"], Found(await client.GetPageAsync($"voices?q={number.Replace('-', '－')}")));
        Assert.Contains("当てはまる声はありません", (await client.GetPageAsync("voices?q=100%25")).Body!.TextContent);
        Assert.Equal(2, (await client.GetStringAsync("voices?handler=Table&format=Csv&q=バス", TestContext.Current.CancellationToken)).TrimEnd().Split('\n').Length);
        var tally = (await client.GetPageAsync("voices")).QuerySelectorAll("td[data-label=届いた声] a").Single();
        Assert.StartsWith("2件", tally.TextContent);
        Assert.Equal(2, Found(await client.GetPageAsync(tally.GetAttribute("href")!)).Length);
    }

    [Fact]
    public async Task A_voice_without_an_area_gets_one_and_goes_to_those_who_work_there()
    {
        var town = await app.CreateTownAsync();
        var id = await town.InAsync(async (db, _) =>
        {
            var voice = new Voice { Receipt = $"V-{Guid.NewGuid():N}", Source = VoiceSource.PublicForm, Text = "草が道に出ている", CreatedAt = DateTimeOffset.UtcNow };
            db.Voices.Add(voice);
            await db.SaveChangesAsync();
            return voice.Id;
        });
        var (near, far) = (await app.SignedInAsync(town, Role.Coordinator), await app.SignedInAsync(town, Role.Coordinator, "Z2"));
        Assert.Contains("圏域の指定なし", (await near.GetPageAsync("voices?noArea=true&noCategory=true")).QuerySelector("tbody tr")!.TextContent);

        var page = await near.SubmitAsync(await near.GetPageAsync($"voices/{id}/edit"), ("圏域", "第2圏域"), ("分類", "ゴミ出し"));

        Assert.Contains("第2圏域の担当の一覧に移りました", page.QuerySelector(".notice.success")!.TextContent);
        Assert.Equal(HttpStatusCode.Forbidden, (await near.GetPageAsync($"voices/{id}")).StatusCode);
        Assert.Contains("第2圏域", (await far.GetPageAsync($"voices/{id}")).Body!.TextContent);
        Assert.Equal(HttpStatusCode.Forbidden, (await near.GetPageAsync($"voices/{id}/edit")).StatusCode);
        var token = (await far.GetPageAsync($"voices/{id}/edit")).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        var hostile = await (await far.PostAsync($"voices/{id}/edit", new FormUrlEncodedContent(new Dictionary<string, string> { ["__RequestVerificationToken"] = token, ["Area"] = Guid.NewGuid().ToString(), ["Category"] = "1301" }), TestContext.Current.CancellationToken)).ReadPageAsync();
        Assert.Contains("圏域を選び直してください", hostile.QuerySelector(".error-summary")!.TextContent);
    }
}
