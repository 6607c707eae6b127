using System.Net;
using Sasaeai.Features.Accounts;

namespace Sasaeai.Tests.Features.Meetings;

public class InvitationTests
{
    [Fact]
    public async Task A_mail_says_when_and_where_and_names_nobody()
    {
        using var post = new PostOffice();
        await using var app = new TestApp { Adjust = settings => settings with { Smtp = post.Url, MailFrom = "kyogitai@example.jp" } };
        await app.InitializeAsync();
        var town = await app.CreateTownAsync();
        var council = await town.AddCouncilAsync();
        await town.AddMemberAsync(council, "見本 花子", "hanako@example.jp");
        await town.AddMemberAsync(council, "電話 だけ");
        var meeting = await town.AddMeetingAsync(MeetingTown.Today.AddDays(7), council, agenda: "坂上さんの見守り");
        using var coordinator = await app.SignedInAsync(town, Role.Coordinator);
        var page = await coordinator.GetPageAsync($"meetings/{meeting}/invitations/new");

        var sent = await coordinator.PressAsync(page, "委員 1人にメールで送る");
        await coordinator.PressAsync(page, "委員 1人にメールで送る");     // pressed twice

        Assert.Contains("1人にメールを送りました。", sent.Body!.TextContent);
        Assert.Contains("坂上さんの見守り", sent.QuerySelector("article.letter")!.TextContent);
        var mail = Assert.Single(post.Mails);
        Assert.Equal("hanako@example.jp", mail.To);
        Assert.Contains(app.UrlOf(town, $"meetings/{meeting}").ToString(), mail.Text);
        Assert.Contains("東公民館", mail.Text);
        Assert.All(["花子", "坂上", "見守り", "話し合い", "電話 だけ", "hanako"], personal => Assert.DoesNotContain(personal, mail.Text));
        Assert.Equal(1L, await town.ScalarAsync($"select count(*) from app.meeting where id = '{meeting}' and invited_at is not null"));
    }

    [Fact]
    public async Task A_mail_that_nobody_took_is_told_and_not_recorded_as_sent()
    {
        var post = new PostOffice();
        var address = post.Url;
        post.Dispose();     // nobody listens there any more
        await using var app = new TestApp { Adjust = settings => settings with { Smtp = address, MailFrom = "kyogitai@example.jp" } };
        await app.InitializeAsync();
        var town = await app.CreateTownAsync();
        var council = await town.AddCouncilAsync();
        await town.AddMemberAsync(council, "見本 花子", "hanako@example.jp");
        await town.AddMemberAsync(council, "見本 次郎", "これは宛先ではない");
        var meeting = await town.AddMeetingAsync(MeetingTown.Today.AddDays(7), council, agenda: "議題");
        using var coordinator = await app.SignedInAsync(town, Role.Coordinator);

        var refused = await coordinator.PressAsync(await coordinator.GetPageAsync($"meetings/{meeting}/invitations/new"), "委員 2人にメールで送る");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("どの委員にもメールを送れませんでした", refused.QuerySelector(".error-summary")!.TextContent);
        Assert.Equal(0L, await town.ScalarAsync($"select count(*) from app.meeting where id = '{meeting}' and invited_at is not null"));
        var letter = await coordinator.PressAsync(refused, "手紙で知らせたことを記録する");
        Assert.Contains("手紙で知らせたことを記録しました。", letter.Body!.TextContent);
    }
}
