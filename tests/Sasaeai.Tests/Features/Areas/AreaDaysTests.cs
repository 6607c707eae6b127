using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Sasaeai.Data;
using Sasaeai.Features.Areas;
using Sasaeai.Tests.Features.Imports;

namespace Sasaeai.Tests.Features.Areas;

/// <summary>圏域の見直し: told beforehand by a file, it takes effect on its day and not before.</summary>
public class AreaDaysTests
{
    [Fact]
    public async Task A_block_lies_in_the_old_area_until_the_day_and_its_records_follow()
    {
        await using var app = new TestApp();      // the day is another one for every town of the server
        await app.InitializeAsync();
        var town = await app.CreateTownAsync();
        var id = await town.PublishAsync("ひだまりサロン", ["1001"]);
        var (today, begins) = (TimeProvider.System.Today(), TimeProvider.System.Today().AddDays(10));

        var reform = await town.ImportAsync("areas", $"コード,種類,層,名称,親コード,開始日\nZ9,日常生活圏域,2,新しい圏域,,{begins:yyyy-MM-dd}\nZ1B,町丁目,,本町一丁目,Z9,\n");
        Assert.Equal(0, reform.Report.Refused);
        Assert.Equal(["第1圏域"], await AreasOnAsync(today));
        Assert.Equal(["第1圏域"], await AreasOnAsync(begins.AddDays(-1)));
        Assert.Equal(["新しい圏域"], await AreasOnAsync(begins));
        Assert.Equal("第1圏域", await PlacedAsync());

        var again = await town.ImportAsync("areas", $"コード,種類,層,名称,親コード,開始日\nZ9,日常生活圏域,2,新しい圏域,,{begins:yyyy-MM-dd}\nZ1B,町丁目,,本町一丁目,Z9,\n");
        Assert.Equal(0, again.Report.Updated);

        var days = app.Services.GetServices<IHostedService>().OfType<AreaDays>().Single();
        await days.PlaceAsync(begins.AddDays(-1), TestContext.Current.CancellationToken);
        Assert.Equal("第1圏域", await PlacedAsync());
        await days.PlaceAsync(begins, TestContext.Current.CancellationToken);
        Assert.Equal("新しい圏域", await PlacedAsync());
        Assert.Equal("新しい圏域", await town.ScalarAsync($"select string_agg(area.name, ',') from published.resource r join app.area on area.municipality_id = r.municipality_id and area.id = any(r.area_ids) and area.kind = 'living_area' where r.municipality_id = {town.Id}"));

        var entries = await EntriesAsync();
        await days.PlaceAsync(begins, TestContext.Current.CancellationToken);
        Assert.Equal(entries, await EntriesAsync());      // nothing left to do

        Task<object?> EntriesAsync() => town.ScalarAsync($"select count(*) from app.audit_entry where municipality_id = {town.Id}");

        Task<List<string>> AreasOnAsync(DateOnly day) => town.InAsync(async (db, _) =>
        {
            var tree = await AreaTree.LoadAsync(db, day);
            return tree.WithAncestors([tree.FindByCode("Z1B")!.Id]).Select(area => tree.Find(area)!).Where(area => area.Kind == AreaKind.LivingArea).Select(area => area.Name).ToList();
        });

        Task<string> PlacedAsync() => town.InAsync(async (db, _) =>
        {
            var areas = (await db.Resources.AsNoTracking().SingleAsync(resource => resource.Id == id)).AreaIds;
            return string.Join(',', await db.Areas.Where(area => areas.Contains(area.Id) && area.Kind == AreaKind.LivingArea).Select(area => area.Name).ToListAsync());
        });
    }
}
