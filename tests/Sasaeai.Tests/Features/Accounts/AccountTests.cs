using System.Net;
using Sasaeai.Features.Accounts;
using Sasaeai.Tables;

namespace Sasaeai.Tests.Features.Accounts;

public class AccountTests(TestApp app)
{
    [Fact]
    public async Task A_new_person_gets_a_password_shown_once_and_must_change_it_first()
    {
        var town = await app.CreateTownAsync();
        var administrator = await app.SignedInAsync(town, Role.Administrator);
        var made = await administrator.SubmitAsync(await administrator.GetPageAsync("accounts/new"), ("氏名", "山田 太郎"), ("所属", "高齢福祉課"), ("メールアドレス", "taro@example.jp"));
        var password = made.QuerySelector(".key")!.TextContent;
        Assert.Null((await administrator.GetPageAsync(made.Url)).QuerySelector(".key"));
        Assert.Equal(0L, await town.ScalarAsync($"select count(*) from app.audit_entry where municipality_id = {town.Id} and changes::text like '%{password}%'"));
        await administrator.SubmitAsync(await administrator.GetPageAsync(made.Url + "/memberships/new"), ("役割", "職員"));

        var person = app.ClientFor(town);
        var first = await person.PressAsync(await person.GetPageAsync("sign-ins/new"), "サインインする", ("メールアドレス", "taro@example.jp"), ("パスワード", password));
        Assert.EndsWith("/account/password/edit", first.Url);
        Assert.EndsWith("/account/password/edit", (await person.GetPageAsync("today")).Url);
        var breached = await person.SubmitAsync(first, ("今のパスワード", password), ("新しいパスワード", "1234567890"), ("新しいパスワード（確かめ）", "1234567890"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, breached.StatusCode);
        Assert.Contains("流出", breached.Body!.TextContent);
        var own = await person.SubmitAsync(first, ("今のパスワード", password), ("新しいパスワード", Town.Password), ("新しいパスワード（確かめ）", Town.Password));
        Assert.Contains("高齢福祉課", own.Body!.TextContent);
        Assert.EndsWith("/today", (await person.GetPageAsync("today")).Url);
    }

    [Fact]
    public async Task Changing_the_password_signs_out_the_other_devices()
    {
        var town = await app.CreateTownAsync();
        var email = await town.AddAccountAsync(Role.Officer);
        var (one, other) = (app.ClientFor(town), app.ClientFor(town));
        foreach (var client in new[] { one, other })
        {
            await client.PressAsync(await client.GetPageAsync("sign-ins/new"), "サインインする", ("メールアドレス", email), ("パスワード", Town.Password));
        }

        await one.SubmitAsync(await one.GetPageAsync("account/password/edit"), ("今のパスワード", Town.Password), ("新しいパスワード", "あたらしい かさ を かう 3"), ("新しいパスワード（確かめ）", "あたらしい かさ を かう 3"));

        Assert.EndsWith("/account", (await one.GetPageAsync("account")).Url);
        Assert.Contains("/sign-ins/new", (await other.GetPageAsync("account")).Url);
    }

    [Fact]
    public async Task One_device_or_all_others_can_be_signed_out_from_the_list()
    {
        var town = await app.CreateTownAsync();
        var email = await town.AddAccountAsync(Role.Officer);
        var devices = Enumerable.Range(0, 3).Select(_ => app.ClientFor(town)).ToList();
        foreach (var device in devices)
        {
            await device.PressAsync(await device.GetPageAsync("sign-ins/new"), "サインインする", ("メールアドレス", email), ("パスワード", Town.Password));
        }

        var page = await devices[0].GetPageAsync("account");
        Assert.Equal(3, page.QuerySelectorAll("tbody tr").Length);
        await devices[0].PressAsync(page, "この端末以外をすべてサインアウト");

        Assert.EndsWith("/account", (await devices[0].GetPageAsync("account")).Url);
        Assert.Contains("/sign-ins/new", (await devices[1].GetPageAsync("account")).Url);
        Assert.Equal(1L, await town.ScalarAsync($"select count(*) from app.account_session where municipality_id = {town.Id} and ended_at is null"));
    }

    [Fact]
    public async Task Officers_see_accounts_and_only_administrators_change_them()
    {
        var town = await app.CreateTownAsync();
        await town.AddAccountAsync(Role.Coordinator);
        var id = await town.ScalarAsync($"select account_id from app.membership where municipality_id = {town.Id}");
        var (officer, coordinator) = (await app.SignedInAsync(town, Role.Officer), await app.SignedInAsync(town, Role.Coordinator));

        Assert.Equal(HttpStatusCode.OK, (await officer.GetPageAsync("accounts")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await officer.GetPageAsync($"accounts/{id}")).StatusCode);
        Assert.Equal(1L, await town.ScalarAsync($"select count(*) from app.audit_entry where municipality_id = {town.Id} and verb = 'look' and noun = 'account' and record_id = '{id}'"));
        foreach (var path in new[] { "accounts/new", $"accounts/{id}/edit", $"accounts/{id}/closings/new", $"accounts/{id}/memberships/new", "audit" })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await officer.GetPageAsync(path)).StatusCode);
        }

        Assert.Equal(HttpStatusCode.Forbidden, (await coordinator.GetPageAsync("accounts")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await coordinator.GetPageAsync($"accounts/{id}")).StatusCode);
        Assert.Equal(7L, await town.ScalarAsync($"select count(*) from app.audit_entry where municipality_id = {town.Id} and verb = 'refused'"));
    }

    [Fact]
    public async Task Nobody_ends_their_own_last_administrator_role_or_closes_themselves()
    {
        var town = await app.CreateTownAsync();
        var administrator = await app.SignedInAsync(town, Role.Administrator);
        var (id, role) = (await town.ScalarAsync($"select account_id from app.membership where municipality_id = {town.Id}"), await town.ScalarAsync($"select id from app.membership where municipality_id = {town.Id}"));

        var refused = await administrator.SubmitAsync(await administrator.GetPageAsync($"accounts/{id}/memberships/{role}/endings/new"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("ほかの管理者に頼んでください", refused.Body!.TextContent);
        Assert.Equal(HttpStatusCode.Forbidden, (await administrator.GetPageAsync($"accounts/{id}/closings/new")).StatusCode);
    }

    [Fact]
    public async Task A_role_needs_its_scope_and_a_closed_account_is_signed_out_at_once()
    {
        var town = await app.CreateTownAsync();
        var administrator = await app.SignedInAsync(town, Role.Administrator);
        var person = await app.SignedInAsync(town, Role.CouncilMember);
        var id = await town.ScalarAsync($"select account_id from app.membership where municipality_id = {town.Id} and role = 'council_member'");
        var form = await administrator.GetPageAsync($"accounts/{id}/memberships/new");

        Assert.Contains("担当する圏域を選んでください", (await administrator.SubmitAsync(form, ("役割", "相談員"))).Body!.TextContent);
        var foreign = await (await app.CreateTownAsync()).InAsync((db, _) => Task.FromResult(db.Areas.First().Id));
        form.QuerySelectorAll("select").Single(select => select.GetAttribute("name") == "Form.AreaId").InnerHtml = $"<option value=\"{foreign}\" selected>x</option>";
        Assert.Contains("圏域を選び直してください", (await administrator.SubmitAsync(form, ("役割", "相談員"))).Body!.TextContent);
        Assert.Contains("役割を付けました", (await administrator.SubmitAsync(await administrator.GetPageAsync($"accounts/{id}/memberships/new"), ("役割", "相談員"), ("圏域", "第1圏域"))).Body!.TextContent);

        await administrator.SubmitAsync(await administrator.GetPageAsync($"accounts/{id}/closings/new"));
        Assert.Contains("/sign-ins/new", (await person.GetPageAsync("today")).Url);
    }

    [Fact]
    public async Task A_person_who_comes_back_gets_the_account_again_and_nothing_of_before_opens_it()
    {
        var town = await app.CreateTownAsync();
        var administrator = await app.SignedInAsync(town, Role.Administrator);
        var email = await town.AddAccountAsync(Role.Officer);
        var id = await IdAsync(town, email);
        await administrator.SubmitAsync(await administrator.GetPageAsync($"accounts/{id}/closings/new"));
        Assert.Contains("sign-ins/new", (await SignInAsync(town, email, Town.Password)).Url);

        var page = await administrator.GetPageAsync($"accounts/{id}");
        Assert.Contains("もう一度使えるようにする", page.QuerySelector("main")!.TextContent);
        var reopened = await administrator.SubmitAsync(await administrator.GetPageAsync($"accounts/{id}/reopenings/new"));
        var password = reopened.QuerySelector(".key")!.TextContent;
        Assert.Contains("sign-ins/new", (await SignInAsync(town, email, Town.Password)).Url);
        Assert.EndsWith("/account/password/edit", (await SignInAsync(town, email, password)).Url);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await administrator.SubmitAsync(await administrator.GetPageAsync($"accounts/{id}/reopenings/new"))).StatusCode);
    }

    [Fact]
    public async Task An_address_with_a_mistake_is_corrected_and_a_lost_telephone_is_signed_out()
    {
        var town = await app.CreateTownAsync();
        var administrator = await app.SignedInAsync(town, Role.Administrator);
        var (email, other) = (await town.AddAccountAsync(Role.Officer), await town.AddAccountAsync(Role.Officer));
        var id = await IdAsync(town, email);
        var person = app.ClientFor(town);
        await person.PressAsync(await person.GetPageAsync("sign-ins/new"), "サインインする", ("メールアドレス", email), ("パスワード", Town.Password));

        Assert.Contains("サインアウトさせました", (await administrator.PressAsync(await administrator.GetPageAsync($"accounts/{id}"), "すべての端末をサインアウトさせる")).Body!.TextContent);
        Assert.Contains("sign-ins/new", (await person.GetPageAsync("today")).Url);

        var taken = await administrator.SubmitAsync(await administrator.GetPageAsync($"accounts/{id}/edit"), ("メールアドレス", other.ToUpperInvariant()));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, taken.StatusCode);
        await administrator.SubmitAsync(await administrator.GetPageAsync($"accounts/{id}/edit"), ("メールアドレス", "tadashii@example.jp"));
        Assert.Contains("sign-ins/new", (await SignInAsync(town, email, Town.Password)).Url);
        Assert.EndsWith("/today", (await SignInAsync(town, "tadashii@example.jp", Town.Password)).Url);
    }

    [Fact]
    public async Task The_list_is_put_in_order_and_taken_along()
    {
        var town = await app.CreateTownAsync();
        var administrator = await app.SignedInAsync(town, Role.Administrator);
        await town.AddAccountAsync(Role.Coordinator);
        await town.ScalarAsync($"update app.account set name = 'あ' || substr(email, 8, 4) where municipality_id = {town.Id}");

        var page = await administrator.GetPageAsync("accounts?sort=-name");
        var names = page.QuerySelectorAll("tbody th").Select(cell => cell.TextContent).ToList();
        Assert.Equal(names.OrderDescending(StringComparer.Ordinal), names);
        Assert.Equal("descending", page.QuerySelector("thead th")!.GetAttribute("aria-sort"));
        foreach (var sort in new[] { "seen", "email", "affiliation", "'; drop" })
        {
            Assert.Equal(2, (await administrator.GetPageAsync($"accounts?sort=-{Uri.EscapeDataString(sort)}")).QuerySelectorAll("tbody tr").Length);
        }

        foreach (var link in page.QuerySelectorAll("main .actions a[href*=format]").Select(link => link.GetAttribute("href")!).ToList())
        {
            using var table = TableReader.Open(new MemoryStream(await administrator.GetByteArrayAsync("accounts" + link, TestContext.Current.CancellationToken)), link.Contains("xlsx") ? "a.xlsx" : "a.csv");
            Assert.Equal(names, table.Rows.Select(row => row["氏名"]).ToList());
        }

        Assert.Equal(2L, await town.ScalarAsync($"select count(*) from app.audit_entry where municipality_id = {town.Id} and verb = 'look' and note like '%書き出し'"));
    }

    private async Task<AngleSharp.Dom.IDocument> SignInAsync(Town town, string email, string password)
    {
        var client = app.ClientFor(town);
        return await client.PressAsync(await client.GetPageAsync("sign-ins/new"), "サインインする", ("メールアドレス", email), ("パスワード", password));
    }

    private static Task<object?> IdAsync(Town town, string email) => town.ScalarAsync($"select id from app.account where municipality_id = {town.Id} and email = '{email}'");

    [Fact]
    public async Task Accounts_are_found_by_name_with_any_characters()
    {
        var town = await app.CreateTownAsync();
        var administrator = await app.SignedInAsync(town, Role.Administrator);

        Assert.Single((await administrator.GetPageAsync("accounts?q=" + Uri.EscapeDataString("職員"))).QuerySelectorAll("tbody tr"));
        Assert.Empty((await administrator.GetPageAsync("accounts?q=" + Uri.EscapeDataString("%_'\"<script>"))).QuerySelectorAll("tbody tr"));
        Assert.Equal(HttpStatusCode.OK, (await administrator.GetPageAsync("accounts?p=-4")).StatusCode);
    }
}
