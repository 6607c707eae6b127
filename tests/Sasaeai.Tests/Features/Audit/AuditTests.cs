using System.Net;
using Sasaeai.Commands;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Audit;

namespace Sasaeai.Tests.Features.Audit;

public class AuditTests(TestApp app)
{
    [Theory]
    [InlineData("update app.audit_entry set note = 'changed' where municipality_id = {0} and no = 3", 3)]
    [InlineData("update app.audit_entry set account_name = 'somebody else' where municipality_id = {0} and no = 2", 2)]
    [InlineData("update app.audit_entry set changes = '{{}}' where municipality_id = {0} and no = (select min(no) from app.audit_entry where municipality_id = {0} and changes is not null)", null)]
    [InlineData("delete from app.audit_entry where municipality_id = {0} and no = 3", 4)]
    [InlineData("delete from app.audit_entry where municipality_id = {0} and no = (select max(no) from app.audit_entry where municipality_id = {0})", -1)]
    [InlineData("delete from app.audit_entry where municipality_id = {0}", 1)]
    [InlineData("delete from app.audit_entry where municipality_id = {0} and no >= 3", 3)]
    [InlineData("delete from app.audit_head where municipality_id = {0}", 1)]
    [InlineData("update app.audit_head set hash = sha256('') where municipality_id = {0}", -1)]
    [InlineData("update app.audit_head set no = 2 where municipality_id = {0}", 3)]
    [InlineData("update app.audit_entry set no = case no when 3 then -4 else -3 end where municipality_id = {0} and no in (3, 4); update app.audit_entry set no = -no where municipality_id = {0} and no < 0", 3)]
    public async Task What_was_tampered_with_is_named(string tampering, int? first)
    {
        var town = await app.CreateTownAsync();
        await town.AddAccountAsync(Role.Administrator);
        Assert.Null(await town.InAsync((db, _) => VerifyAudit.FirstBrokenAsync(db)));
        var last = (long)(await town.ScalarAsync($"select max(no) from app.audit_entry where municipality_id = {town.Id}"))!;

        await town.ScalarAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, tampering, town.Id));

        var broken = await town.InAsync((db, _) => VerifyAudit.FirstBrokenAsync(db));
        Assert.NotNull(broken);
        if (first is { } no)
        {
            Assert.Equal(no == -1 ? last : no, broken.No);
        }
    }

    [Fact]
    public async Task Every_record_that_is_written_has_a_word_for_people()
    {
        var town = await app.CreateTownAsync();
        var written = await town.InAsync((db, _) => Task.FromResult(db.Model.GetEntityTypes().Select(type => type.ClrType)
            .Where(type => typeof(ITownOwned).IsAssignableFrom(type) && !type.IsDefined(typeof(NotAuditedAttribute), true)).Select(type => SnakeCase.From(type.Name)).ToList()));

        Assert.True(written.Count > 40);
        Assert.Empty(written.Except(AuditWords.Nouns.Keys));
    }

    [Fact]
    public async Task The_page_shows_changes_and_filters_and_checks_the_chain()
    {
        var town = await app.CreateTownAsync();
        var administrator = await app.SignedInAsync(town, Role.Administrator);
        var id = await town.ScalarAsync($"select account_id from app.membership where municipality_id = {town.Id}");
        await administrator.SubmitAsync(await administrator.GetPageAsync($"accounts/{id}/edit"), ("氏名", "=HYPERLINK(1)"), ("所属", "高齢福祉課"));

        var page = await administrator.GetPageAsync($"audit?noun=account&record={id}");
        Assert.Contains("高齢福祉課", page.QuerySelector(".differences")!.TextContent);
        Assert.Contains("所属", page.QuerySelectorAll(".differences th").Select(heading => heading.TextContent));
        Assert.Empty((await administrator.GetPageAsync("audit?who=" + Uri.EscapeDataString("いない人"))).QuerySelectorAll(".cards .card"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await administrator.GetPageAsync("audit?from=xyz")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await administrator.GetPageAsync("audit?from=" + Uri.EscapeDataString("令和8年4月1日") + "&to=2026-12-31")).StatusCode);

        var csv = await administrator.GetStringAsync($"audit?handler=File&noun=account", TestContext.Current.CancellationToken);
        Assert.Contains("高齢福祉課", csv);
        Assert.Equal(1L, await town.ScalarAsync($"select count(*) from app.audit_entry where municipality_id = {town.Id} and verb = 'export'"));

        Assert.Contains("書き換えられていません", (await administrator.PressAsync(await administrator.GetPageAsync("audit"), "書き換えがないか確かめる")).Body!.TextContent);
        await town.ScalarAsync($"update app.audit_entry set note = 'x' where municipality_id = {town.Id} and no = 2");
        Assert.Contains("2 番で切れています", (await administrator.PressAsync(await administrator.GetPageAsync("audit"), "書き換えがないか確かめる")).Body!.TextContent);
    }
}
