using System.Text.RegularExpressions;
using Sasaeai.Tests.Features.Groups;
using Sasaeai.Tests.Features.Visits;

namespace Sasaeai.Tests.Features.HelperLinks;

public class HelperNoticeTests
{
    [Fact]
    public async Task Who_takes_a_visit_is_told_by_mail_with_a_link_and_nothing_of_anybody()
    {
        using var post = new PostOffice();
        await using var app = new TestApp { Adjust = settings => settings with { Smtp = post.Url, MailFrom = "tasukeai@example.jp" } };
        await app.InitializeAsync();
        var group = await GroupTown.CreateAsync(app);
        await group.ChangeAsync(group.Helpers[0], content => content with { Email = "helper@example.jp" });
        var visit = await group.AskAsync(day: HelpDesk.Today);
        using var keeper = await group.KeeperAsync();

        var page = await keeper.PressAsync(await keeper.GetPageAsync($"groups/{group.GroupId}/visits/{visit}/offers/new?member={group.Helpers[0].Id}"), "受けてくれた", ("メールでも知らせる", true));

        Assert.Contains("会員 1郎さんに決まりました。メールで知らせました。", page.Body!.TextContent, StringComparison.Ordinal);
        var mail = Assert.Single(post.Mails);
        Assert.Equal("helper@example.jp", mail.To);
        Assert.DoesNotContain("会員", mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("本町", mail.Text, StringComparison.Ordinal);
        using var anybody = new HttpClient();
        Assert.Contains("会員 4郎", await anybody.GetStringAsync(Regex.Match(mail.Text, @"http\S+/helper/\S+").Value, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_that_nobody_took_is_told_and_the_visit_and_the_earlier_link_stay()
    {
        var post = new PostOffice();
        var address = post.Url;
        post.Dispose();     // nobody listens there any more
        await using var app = new TestApp { Adjust = settings => settings with { Smtp = address, MailFrom = "tasukeai@example.jp" } };
        await app.InitializeAsync();
        var group = await GroupTown.CreateAsync(app);
        await group.ChangeAsync(group.Helpers[0], content => content with { Email = "helper@example.jp" });
        var visit = await group.AskAsync(day: HelpDesk.Today);
        await group.Town.InAsync((db, _) => Sasaeai.Features.HelperLinks.HelperLink.MakeAsync(db, group.GroupId, group.Helpers[0].Id, "試し", DateTimeOffset.UtcNow));
        using var keeper = await group.KeeperAsync();

        var page = await keeper.PressAsync(await keeper.GetPageAsync($"groups/{group.GroupId}/visits/{visit}/offers/new?member={group.Helpers[0].Id}"), "受けてくれた", ("メールでも知らせる", true));

        Assert.Contains("メールは送れませんでした。電話か紙で知らせてください。", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal("assigned", await group.StateAsync(visit));
        Assert.Equal(1L, await group.Town.ScalarAsync($"select count(*) from app.helper_link where municipality_id = {group.Town.Id} and ended_at is null"));
        Assert.Equal(1L, await group.Town.ScalarAsync($"select count(*) from app.helper_link where municipality_id = {group.Town.Id}"));
    }
}
