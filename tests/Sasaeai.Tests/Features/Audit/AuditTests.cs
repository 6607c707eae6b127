using System.Net;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Sasaeai.Commands;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Audit;
using Sasaeai.Features.Exports;
using Sasaeai.Tables;

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

        var csv = await administrator.GetStringAsync($"audit?handler=Table&format=csv&noun=account", TestContext.Current.CancellationToken);
        Assert.Contains("高齢福祉課", csv);
        Assert.Equal(1L, await town.ScalarAsync($"select count(*) from app.audit_entry where municipality_id = {town.Id} and verb = 'export'"));

        Assert.Contains("書き換えられていません", (await administrator.PressAsync(await administrator.GetPageAsync("audit"), "書き換えがないか確かめる")).Body!.TextContent);
        await town.ScalarAsync($"update app.audit_entry set note = 'x' where municipality_id = {town.Id} and no = 2");
        Assert.Contains("2 番で切れています", (await administrator.PressAsync(await administrator.GetPageAsync("audit"), "書き換えがないか確かめる")).Body!.TextContent);
    }

    /// <summary>An officer who is asked 「だれが何をしたか」 reads Japanese, whatever the record is.</summary>
    [Fact]
    public void Every_record_that_leaves_an_entry_has_a_word()
    {
        using var scope = app.Services.CreateScope();
        var audited = scope.ServiceProvider.GetRequiredService<AppDb>().Model.GetEntityTypes().Select(entity => entity.ClrType)
            .Where(type => typeof(ITownOwned).IsAssignableFrom(type) && !type.IsAbstract && type.GetCustomAttribute<NotAuditedAttribute>() is null).Select(type => SnakeCase.From(type.Name)).ToList();
        Assert.Contains("meeting", audited);
        Assert.Empty(audited.Except(AuditWords.Nouns.Keys).Except(["audit_entry"]));
        Assert.Empty(TownExports.All.Select(list => list.Noun).Except(AuditWords.Nouns.Keys));
    }

    [Theory]
    [InlineData("account", "affiliation", "所属")]
    [InlineData("account", "two_factor_enabled", "二段階認証")]
    [InlineData("resource", "forWhom", "対象")]
    [InlineData("town_rule", "small_count", "この人数より少ない数は伏せる")]
    public void A_field_is_called_as_its_form_calls_it(string noun, string field, string word) => Assert.StartsWith(word, AuditWords.Field(noun, field));

    [Fact]
    public async Task The_trail_of_other_work_is_found_by_noun_and_verb_and_taken_along_in_words()
    {
        var town = await app.CreateTownAsync();
        var administrator = await app.SignedInAsync(town, Role.Administrator);
        await administrator.SubmitAsync(await administrator.GetPageAsync("settings/departments/edit"), ("課の名前", "高齢福祉課"));

        var page = await administrator.GetPageAsync("audit?noun=department&verb=create");
        Assert.Contains("庁内の課 の追加", page.QuerySelector(".cards .card")!.TextContent);
        Assert.Empty((await administrator.GetPageAsync("audit?noun=department&verb=delete")).QuerySelectorAll(".cards .card"));

        foreach (var link in page.QuerySelectorAll("main .actions a").Select(link => link.GetAttribute("href")!).ToList())
        {
            using var table = TableReader.Open(new MemoryStream(await administrator.GetByteArrayAsync("audit" + link, TestContext.Current.CancellationToken)), link.Contains("xlsx") ? "a.xlsx" : "a.csv");
            var row = Assert.Single(table.Rows.ToList());
            Assert.Equal(("追加", "庁内の課"), (row["操作"], row["対象"]));
            Assert.Contains("高齢福祉課", row["変更内容"]);
        }
    }
}
