using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sasaeai.Data;
using Sasaeai.Features.Areas;
using Sasaeai.Features.Exports;
using Sasaeai.Features.Imports;
using Sasaeai.Features.Organizations;
using Sasaeai.Features.Resources;
using Sasaeai.Tables;

namespace Sasaeai.Tests.Features.Imports;

public class ResourceImportTests(TestApp app)
{
    const string Table = """
        NO,名称,フリガナ,分類,所在地,曜日時間,料金(基本),電話,最終確認日,掲載同意日
        A1,ひだまりサロン,ヒダマリサロン,サロン・お茶会,見本県本町一丁目2-3,毎週火曜 10:00〜11:30,100円,0999-21-1037,令和8年6月1日,2026-06-01
        A2,ゴミ出し隊,ゴミダシタイ,ごみ捨て,東台2丁目5,第2・4木曜 午後,無料,0999-21-1038,,2026-06-01

        """;

    [Fact]
    public async Task A_towns_own_table_becomes_published_resources()
    {
        var town = await app.CreateTownAsync();

        var result = await town.ImportAsync("resources", Table);

        Assert.Empty(result.Report.Problems);
        Assert.Equal((true, 2), (result.Written, result.Report.Created));
        await town.InAsync(async (db, _) =>
        {
            var (salon, helpers) = (await db.Resources.SingleAsync(resource => resource.Number == "A1"), await db.Resources.SingleAsync(resource => resource.Number == "A2"));
            Assert.True(salon.IsPublic);
            Assert.Equal(["1001"], salon.CategoryCodes);
            Assert.Equal(new DateOnly(2026, 6, 1), salon.VerifiedOn);
            Assert.Equal("毎週火曜 10:00〜11:30", salon.Content.Schedule.InJapanese());
            Assert.Equal(100, salon.Content.FeeYen);
            Assert.Equal("本町一丁目", (await db.Areas.SingleAsync(area => area.Id == salon.Content.BlockId)).Name);
            Assert.Equal(["1301"], helpers.CategoryCodes);
            Assert.Equal("1", helpers.Content.FeeKind);
            Assert.Equal(2, helpers.AreaIds.Length);
        });
        Assert.Equal(2L, await town.ScalarAsync($"select count(*) from published.resource where municipality_id = {town.Id} and not withdrawn"));
    }

    [Fact]
    public async Task Nothing_is_written_when_a_row_is_refused_unless_asked()
    {
        var town = await app.CreateTownAsync();
        var broken = Table + "A3,,,サロン,,,,,2199-01-01,\nA1,二度目,,なにか,,,,,,\n";

        var refused = await town.ImportAsync("resources", broken);

        Assert.Equal((false, 2), (refused.Written, refused.Report.Refused));
        Assert.Contains(refused.Report.Problems, problem => problem is { Row: 4, Column: "最終確認日", Severity: Severity.Refuse });
        Assert.Contains(refused.Report.Problems, problem => problem.Row == 5 && problem.Reason.Contains("前にもあります"));
        Assert.Equal(0L, await CountAsync(town));

        var skipped = await town.ImportAsync("resources", broken, new ImportOptions(SkipRefused: true));

        Assert.True(skipped.Written);
        Assert.Equal(2L, await CountAsync(town));
    }

    [Fact]
    public async Task An_unknown_category_names_those_that_are_like_it()
    {
        var town = await app.CreateTownAsync();

        var result = await town.ImportAsync("resources", "管理番号,名称,分類\n1,会,サロンお茶の会\n");

        Assert.Contains("サロン・お茶会", Assert.Single(result.Report.Problems).Reason);
    }

    [Fact]
    public async Task Dirty_values_are_repaired_and_told()
    {
        var town = await app.CreateTownAsync();
        var result = await town.ImportAsync("resources", $"""
            ID,名称,分類,市区町村名,緯度,経度,利用可能曜日,開始時間,終了時間,定員,URL,電話番号
            1,逆の会,1001,{town.Slug},139.6,36.1,月水,9:00,日没,0,info@example.jp,492521111

            """);

        Assert.True(result.Written);
        Assert.Equal(["終了時間", "緯度", "URL", "電話番号"], result.Report.Problems.Select(problem => problem.Column).Order(StringComparer.Ordinal).OrderBy(name => new[] { "終了時間", "緯度", "URL", "電話番号" }.IndexOf(name)));
        await town.InAsync(async (db, _) =>
        {
            var content = (await db.Resources.SingleAsync()).Content;
            Assert.Equal((36.1, 139.6), (content.Lat, content.Lng));
            Assert.Equal("info@example.jp", content.Email.Value);
            Assert.Equal("", content.Url);
            Assert.Equal("0492521111", content.Phone.Value);
            Assert.Null(content.Capacity);
            Assert.Contains("日没", content.Schedule.Note);
            Assert.Equal(2, content.Schedule.Rules[0].Weekdays.ToString().Split(',').Length);
        });
    }

    [Fact]
    public async Task What_only_the_file_changed_follows_the_file_and_what_the_town_changed_stays()
    {
        var town = await app.CreateTownAsync();
        await town.ImportAsync("resources", Table);
        await ChangeAsync(town, content => content with { FeeYen = 300 });

        var unchanged = await town.ImportAsync("resources", Table);
        var changed = await town.ImportAsync("resources", Table.Replace("100円", "200円").Replace("10:00", "9:30"));

        Assert.Equal(2, unchanged.Report.Unchanged);
        Assert.Equal((1, 1), (changed.Report.Kept, changed.Report.Unchanged));
        Assert.Contains("現地で確認済みのため残しました", Assert.Single(changed.Report.Problems).Reason);
        await town.InAsync(async (db, _) =>
        {
            var (resource, revision) = (await db.Resources.SingleAsync(resource => resource.Number == "A1"), await db.Revisions.SingleAsync());
            Assert.Equal((300, "毎週火曜 9:30〜11:30"), (resource.Content.FeeYen, resource.Content.Schedule.InJapanese()));
            Assert.Equal((RevisionSource.Import, RevisionState.Pending, 200, resource.Version), (revision.Source, revision.State, revision.Content.FeeYen, revision.BaseVersion));
        });

        var again = await town.ImportAsync("resources", Table.Replace("100円", "200円").Replace("10:00", "9:30"));
        Assert.Equal(1, again.Report.Kept);
        Assert.Equal(1L, await town.ScalarAsync($"select count(*) from app.revision where municipality_id = {town.Id}"));
    }

    [Fact]
    public async Task A_record_that_somebody_confirmed_since_is_not_overwritten()
    {
        var town = await app.CreateTownAsync();
        await town.ImportAsync("resources", Table);
        await town.InAsync(async (db, services) =>
        {
            var time = services.GetRequiredService<TimeProvider>();
            var resource = await db.Resources.SingleAsync(resource => resource.Number == "A1");
            db.Verifications.Add(resource.Verify(time.Today(), VerificationWay.Phone, Actor.Command, await ResourceSetting.LoadAsync(db, time.Today()), time.GetUtcNow()));
            await db.SaveChangesAsync();
        });

        var result = await town.ImportAsync("resources", Table.Replace("ひだまりサロン", "ひなたサロン"));

        Assert.Equal(1, result.Report.Kept);
        Assert.Equal("ひだまりサロン", await town.ScalarAsync($"select name from app.resource where municipality_id = {town.Id} and number = 'A1'"));
    }

    [Fact]
    public async Task What_is_exported_comes_back_unchanged()
    {
        var town = await app.CreateTownAsync();
        await town.InAsync(async (db, services) =>
        {
            db.Organizations.Add(new Organization("D1", new OrganizationContent { Name = "見本社協", Kind = "02", EstablishedOn = new DateOnly(1958, 6, 10), Members = 12, Phone = new() { Value = "0999-1-1", Publish = true } }, DateTimeOffset.UtcNow));
            await db.SaveChangesAsync();
        });
        await town.ImportAsync("resources", Table + "A9,=1+1,,1001；1301,,「調整中」、毎月15日 10:00〜12:00,実費100円くらい,-,,\n");

        foreach (var noun in new[] { "resources", "organizations", "areas" })
        {
            foreach (var format in new[] { ExportFormat.Csv, ExportFormat.Xlsx, ExportFormat.CsvCp932 })
            {
                using var file = new MemoryStream();
                await town.InAsync(async (db, _) => { await (await new TownExports(db).OfAsync(noun)).WriteAsync(file, format); });
                var result = await town.ImportAsync(noun, file.ToArray(), format == ExportFormat.Xlsx ? "a.xlsx" : "a.csv");
                Assert.Equal((noun, format, 0, 0, 0, 0), (noun, format, result.Report.Created, result.Report.Updated, result.Report.Kept, result.Report.Refused));
                Assert.True(result.Report.Unchanged > 0);
                Assert.Empty(result.Missing);
                Assert.Empty(result.Match.Unmatched);
            }
        }
    }

    [Fact]
    public async Task A_table_with_a_title_above_its_header_and_dates_without_days_comes_in()
    {
        var town = await app.CreateTownAsync();
        const string table = """
            地域資源一覧（令和8年度）,,,,
            ,,,,作成：高齢福祉課
            NO,名称,分類,確認日,掲載同意
            1,ひだまり,1001,令和8年9月,○
            2,こもれび,1001,R8.9末,済
            3,せせらぎ,1001,46000,×
            4,ゆうやけ,1001,2026/9/1,

            """;

        var result = await town.ImportAsync("resources", table);

        Assert.Equal((true, 4), (result.Written, result.Report.Created));
        Assert.Contains(result.Report.Problems, problem => problem.Row == 3 && problem.Reason.Contains("1行目から2行目までは取り込みません"));
        await town.InAsync(async (db, services) =>
        {
            var resources = await db.Resources.OrderBy(resource => resource.Number).ToListAsync();
            Assert.Equal(new DateOnly[] { new(2026, 9, 1), new(2026, 9, 30), new(2025, 12, 9), new(2026, 9, 1) }, resources.Select(resource => resource.VerifiedOn!.Value));
            var today = services.GetRequiredService<TimeProvider>().Today();
            Assert.Equal(new DateOnly?[] { today, today, null, null }, resources.Select(resource => resource.Content.ConsentedOn));
        });
        Assert.Equal(4, (await town.ImportAsync("resources", table)).Report.Unchanged);
    }

    [Fact]
    public async Task What_has_ended_or_is_not_ready_is_not_published_and_what_rests_says_so()
    {
        var town = await app.CreateTownAsync();
        const string header = "NO,名称,分類,状態,掲載同意日\n";
        var first = await town.ImportAsync("resources", header + "B1,やめた会,1001,廃止,2026-06-01\nB2,準備の会,1001,準備中,2026-06-01\nB3,休みの会,1001,休止中,2026-06-01\nB4,元気な会,1001,活動中,2026-06-01\nB5,ふしぎな会,1001,良好,2026-06-01\n");

        Assert.Equal((true, 5), (first.Written, first.Report.Created));
        Assert.Equal(["休みの会", "元気な会", "ふしぎな会"], await PublishedAsync());
        Assert.Contains(first.Report.Problems, problem => problem is { Row: 6, Value: "良好", Severity: Severity.Warn });
        await town.InAsync(async (db, _) =>
        {
            var states = await db.Resources.Where(one => one.Number == "B1" || one.Number == "B2").OrderBy(one => one.Number).Select(one => one.State).ToListAsync();
            Assert.Equal(new[] { ResourceState.Ended, ResourceState.Draft }, states);
            Assert.Contains("休止", (await db.Resources.SingleAsync(one => one.Number == "B3")).Content.Schedule.InJapanese());
        });

        var again = await town.ImportAsync("resources", header + "B3,休みの会,1001,休止中,2026-06-01\nB4,元気な会,1001,解散,2026-06-01\n");
        Assert.Equal((1, 1), (again.Report.Unchanged, again.Report.Kept));
        await town.ImportAsync("resources", header + "B3,休みの会,1001,活動中,2026-06-01\nB4,元気な会,1001,解散,2026-06-01\n");
        await town.InAsync(async (db, _) =>
        {
            Assert.Equal("", (await db.Resources.SingleAsync(one => one.Number == "B3")).Content.Schedule.InJapanese());
            var proposal = await db.Revisions.SingleAsync(revision => revision.State == RevisionState.Pending);
            Assert.Equal((RevisionKind.Ending, RevisionSource.Import), (proposal.Kind, proposal.Source));
        });
        Assert.Contains("元気な会", await PublishedAsync());      // until somebody decides

        Task<string[]> PublishedAsync() => town.InAsync(async (db, _) => await db.Database.SqlQuery<string>($"select name as \"Value\" from published.resource where municipality_id = {town.Id} and not withdrawn order by view ->> 'number'").ToArrayAsync());
    }

    [Fact]
    public async Task The_public_register_of_care_services_comes_in_by_its_own_numbers()
    {
        var town = await app.CreateTownAsync();
        var code = "112356";
        var result = await town.ImportAsync("resources", $"""
            都道府県コード又は市町村コード,No,都道府県名,市区町村名,事業所名,事業所名カナ,サービスの種類,住所,方書（ビル名等）,緯度,経度,電話番号,FAX番号,法人番号,法人の名称,事業所番号,利用可能曜日,利用可能曜日特記事項,定員,URL,高齢者の方と障害者の方が同時一体的に利用できるサービス,介護保険の通常の指定基準を満たしている,障害福祉の通常の指定基準を満たしている,備考
            {town.Code()},1,見本県,{town.Slug},デイやなぎ,デイヤナギ,通所介護,本町一丁目1,,36.1,139.6,0999-1-1,,,やなぎ会,1170000001,月火水木金,,0,,,,,
            {code},2,埼玉県,富士見市,よその町,ヨソ,通所介護,別の町1,,,,,,,,1170000002,,,,,,,,

            """, new ImportOptions(Defaults: new Dictionary<string, string> { ["分類"] = "1001" }));

        Assert.Equal((true, 1), (result.Written, result.Report.Created));
        await town.InAsync(async (db, _) =>
        {
            var resource = await db.Resources.SingleAsync();
            Assert.Equal("1170000001-通所介護", resource.Number);
            Assert.Equal(Viewpoint.Service, resource.Content.Viewpoint);
            Assert.True(resource.IsPublic);
            Assert.Null(resource.Content.Capacity);
        });
    }

    [Theory]
    [InlineData("")]
    [InlineData("管理番号,名称,分類\n\"1,会,1001\n")]
    [InlineData("管理番号,名称,分類\n1,会\0,1001\n")]
    [InlineData("=cmd|' /C calc'!A0,名称\n1,会\n")]
    public async Task A_hostile_table_is_refused_with_one_sentence_and_nothing_is_written(string text)
    {
        var town = await app.CreateTownAsync();
        var officer = await app.SignedInAsync(town, Sasaeai.Features.Accounts.Role.Officer);

        var page = await officer.UploadAsync("resources", text);

        Assert.NotEmpty(page.QuerySelectorAll(".notice.error, .notice.warning, .error-summary"));
        Assert.Equal(0L, await CountAsync(town));
    }

    [Fact]
    public async Task Ten_thousand_columns_wrong_encoding_and_a_header_alone_are_told()
    {
        var town = await app.CreateTownAsync();
        await Assert.ThrowsAsync<TableRefusedException>(() => town.ImportAsync("resources", string.Join(',', Enumerable.Repeat("列", 10_000)) + "\n"));
        await Assert.ThrowsAsync<TableRefusedException>(() => town.ImportAsync("resources", Encoding.Unicode.GetBytes("\uFEFF管理番号,名称\n"), "a.csv"));
        Assert.Equal(0, (await town.ImportAsync("resources", "管理番号,名称,分類\n")).Report.Created);
    }

    static async Task ChangeAsync(Town town, Func<ResourceContent, ResourceContent> change) => await town.InAsync(async (db, services) =>
    {
        var resource = await db.Resources.SingleAsync(resource => resource.Number == "A1");
        resource.Apply(change(resource.Content), await ResourceSetting.LoadAsync(db, services.GetRequiredService<TimeProvider>().Today()), DateTimeOffset.UtcNow);
        await db.SaveChangesAsync();
    });

    static Task<object?> CountAsync(Town town) => town.ScalarAsync($"select count(*) from app.resource where municipality_id = {town.Id}");
}

internal static class TownCodes
{
    public static string Code(this Town town) => (string)town.ScalarAsync($"select code from app.municipality where id = {town.Id}").GetAwaiter().GetResult()!;
}
