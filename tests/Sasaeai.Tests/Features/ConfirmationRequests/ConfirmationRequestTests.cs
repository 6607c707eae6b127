using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using System.Net;
using System.Text.RegularExpressions;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Resources;
using Sasaeai.Tests.Features.Verifications;

namespace Sasaeai.Tests.Features.ConfirmationRequests;

public class ConfirmationRequestTests(TestApp app)
{
    [Fact]
    public async Task A_letter_holds_a_link_whose_token_is_stored_nowhere()
    {
        var town = await app.CreateTownAsync();
        var id = await town.PublishStaleAsync("古いサロン", 400);
        var client = await app.SignedInAsync(town, Role.Coordinator);
        var page = await client.GetPageAsync("confirmation-requests/new");
        page.QuerySelector<IHtmlInputElement>($"input[value='{id}']")!.IsChecked = true;

        var letters = await client.PressAsync(page, "確認依頼を作る");

        var link = letters.QuerySelector(".letter-link")!.TextContent;
        Assert.Matches($"/{town.Slug}/confirmations/[a-z0-9]{{26}}$", link);
        Assert.NotNull(letters.QuerySelector("svg.qr path"));
        var token = Regex.Match(link, "[a-z0-9]{26}$").Value;
        Assert.Equal(1L, await town.ScalarAsync($"select count(*) from app.confirmation_request where resource_id = '{id}' and token_digest = sha256('{token}')"));
        Assert.Equal(0L, await town.ScalarAsync($"select count(*) from app.audit_entry where municipality_id = {town.Id} and changes::text like '%{token}%'"));

        var list = await client.GetPageAsync("confirmation-requests");
        Assert.Contains("まだ開いていない", list.Body!.TextContent);
        var again = await client.PressAsync(list, "手紙を作り直す");
        Assert.NotEqual(link, again.QuerySelector(".letter-link")!.TextContent);
        Assert.Single((await client.GetPageAsync("confirmation-requests")).QuerySelectorAll("tbody tr"));
    }

    [Fact]
    public async Task Nothing_chosen_foreign_records_and_missing_mail_are_refused()
    {
        var (town, other) = (await app.CreateTownAsync(), await app.CreateTownAsync());
        var id = await town.PublishStaleAsync("古いサロン", 400);
        var foreign = await other.PublishStaleAsync("よそのサロン", 400);
        var client = await app.SignedInAsync(town, Role.Officer);
        var page = await client.GetPageAsync("confirmation-requests/new");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await client.PressAsync(page, "確認依頼を作る")).StatusCode);
        var box = page.QuerySelector<IHtmlInputElement>($"input[value='{id}']")!;
        box.IsChecked = true;
        page.QuerySelector<IHtmlInputElement>("input[name='Form.How']")!.Value = "Mail";
        Assert.Contains("手紙を選んでください", (await client.PressAsync(page, "確認依頼を作る")).Body!.TextContent);
        page.QuerySelector<IHtmlInputElement>("input[name='Form.How']")!.Value = "Letter";
        box.Value = foreign.ToString();
        Assert.Equal(HttpStatusCode.NotFound, (await client.PressAsync(page, "確認依頼を作る")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await app.SignedInAsync(town, Role.CouncilMember)).GetPageAsync("confirmation-requests")).StatusCode);
    }
}
