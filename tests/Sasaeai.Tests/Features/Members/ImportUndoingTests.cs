using System.Net;
using System.Text;
using Sasaeai.Tests.Features.Groups;

namespace Sasaeai.Tests.Features.Members;

public class ImportUndoingTests(TestApp app)
{
    [Fact]
    public async Task An_import_is_taken_back_but_for_those_who_have_a_part_in_something()
    {
        var group = await GroupTown.CreateAsync(app);
        using var keeper = await group.KeeperAsync();
        var page = await keeper.GetPageAsync($"groups/{group.GroupId}/members/imports/new");
        using var form = new MultipartFormDataContent
        {
            { new StringContent(page.QuerySelector("main form input[name=__RequestVerificationToken]")!.GetAttribute("value")!), "__RequestVerificationToken" },
            { new ByteArrayContent(Encoding.UTF8.GetBytes("氏名,電話番号\n志願 一郎,0999-60-0001\n志願 二郎,0999-60-0002\n志願 三郎,0999-60-0003\n")), "Table", "志願.csv" },
        };
        using var sent = await keeper.PostAsync($"groups/{group.GroupId}/members/imports/new", form, TestContext.Current.CancellationToken);
        await keeper.PressAsync(await sent.ReadPageAsync(), "3人を取り込む");
        var changed = await group.Town.ScalarAsync($"select id from app.member where municipality_id = {group.Town.Id} and name = '志願 二郎'");
        await keeper.SubmitAsync(await keeper.GetPageAsync($"groups/{group.GroupId}/members/{changed}/edit"), ("住所", "本町9"));

        page = await keeper.GetPageAsync($"groups/{group.GroupId}/members/imports/new");
        var undoing = page.QuerySelectorAll("a").Single(link => link.TextContent == "取り消す").GetAttribute("href")![(group.Town.Slug.Length + 2)..];
        var ask = await keeper.GetPageAsync(undoing);
        Assert.Contains("志願 二郎", Assert.Single(ask.QuerySelectorAll("tbody tr")).TextContent, StringComparison.Ordinal);
        await keeper.PressAsync(ask, "2人の取り込みを取り消す");

        Assert.Equal("志願 二郎", await group.Town.ScalarAsync($"select string_agg(name, ',') from app.member where municipality_id = {group.Town.Id} and import_id is not null and erased_at is null"));
        Assert.Equal(0L, await group.Town.ScalarAsync($"select count(*) from app.member where municipality_id = {group.Town.Id} and phone in ('0999-60-0001', '0999-60-0003')"));
        Assert.Empty((await keeper.GetPageAsync(undoing)).QuerySelectorAll("main button"));
        Assert.Equal(1L, await group.Town.ScalarAsync($"select count(*) from app.audit_entry where municipality_id = {group.Town.Id} and verb = 'undo'"));
        var other = await GroupTown.CreateAsync(app);
        using var stranger = await other.KeeperAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetPageAsync($"groups/{other.GroupId}{undoing[undoing.IndexOf("/members", StringComparison.Ordinal)..]}")).StatusCode);
    }
}
