using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Areas;
using Sasaeai.Features.Areas.Addresses;
using Sasaeai.Japanese;
using Sasaeai.Tables;

namespace Sasaeai.Features.Imports;

/// <summary>推奨データセット「地域・年齢別人口」: one wide row an area becomes one record an age band and sex.</summary>
public sealed class PopulationImport(AppDb db, CurrentTown town, TimeProvider time) : IImport
{
    public const string TownCode = "都道府県コード又は市区町村コード", AreaCode = "地域コード", CountedOn = "調査年月日", AreaName = "地域名";

    public static readonly IReadOnlyList<(string Field, int AgeFrom, PopulationSex Sex)> Bands =
        [.. Enumerable.Range(0, 18).SelectMany(band => new[] { ("男性", PopulationSex.Male), ("女性", PopulationSex.Female) }.Select(sex => (
            $"{(band == 17 ? "85歳以上" : $"{band * 5}-{band * 5 + 4}歳")}の{sex.Item1}", band * 5, sex.Item2)))];

    private readonly Dictionary<string, Guid> areas = [];

    public IReadOnlyList<ColumnField> Fields { get; } =
    [
        new(TownCode, "全国地方公共団体コード", "市区町村コード", "都道府県コード又は市町村コード"), new(AreaCode, "町字コード"), new(CountedOn, "調査日", "基準日"), new(AreaName, "町丁目名", "町丁目", "圏域名", "地区名"),
        new("都道府県名"), new("市区町村名", "市町村名"), new("総人口"), new("男性"), new("女性"), new("世帯数"), new("備考"),
        .. Bands.Select(band => new ColumnField(band.Field, band.Field.Replace("-", "〜", StringComparison.Ordinal))),
    ];

    public IReadOnlyList<IReadOnlyList<string>> Required => [[AreaName, AreaCode], [CountedOn], .. Bands.Select(band => new[] { band.Field })];

    public async Task BeginAsync()
    {
        areas.Clear();
        foreach (var area in (await AreaTree.LoadAsync(db, time.Today())).All.OrderBy(area => area.Kind))
        {
            areas.TryAdd("code " + area.Code, area.Id);
            areas.TryAdd(AddressKey.Fold(area.Name), area.Id);
        }
    }

    public async Task TakeAsync(IReadOnlyList<ImportRow> rows, bool write)
    {
        var read = rows.Select(row => (Row: row, Area: AreaOf(row), Day: row.Date(CountedOn, null))).ToList();
        var (ids, days) = (read.Select(row => row.Area).ToArray(), read.Select(row => row.Day).ToArray());
        var existing = await (write ? db.Populations : db.Populations.AsNoTracking()).Where(people => ids.Contains(people.AreaId) && days.Contains(people.CountedOn))
            .ToDictionaryAsync(people => (people.AreaId, people.CountedOn, people.AgeFrom, people.Sex));
        foreach (var (row, area, day) in read.Where(row => IsOfThisTown(row.Row)))
        {
            if (area is null)
            {
                row.Refuse(AreaName, "この名前の圏域・町丁目がありません。名前を直すか、先に圏域を取り込んでください。");
            }

            if (day is null && !row.IsRefused)
            {
                row.Refuse(CountedOn, "調査年月日を入れてください。");
            }

            var counts = Bands.Select(band => (band, People: row.Number(band.Field, null))).ToList();
            if (row.IsRefused)
            {
                continue;
            }

            row.Outcome = RowOutcome.Unchanged;
            foreach (var ((_, ageFrom, sex), people) in counts.Where(count => count.People is not null))
            {
                var key = (area!.Value, day!.Value, ageFrom, sex);
                if (existing.TryGetValue(key, out var record))
                {
                    row.Outcome = record.People == people ? row.Outcome : RowOutcome.Updated;
                    record.People = people!.Value;
                    continue;
                }

                existing[key] = record = new Population { AreaId = key.Item1, CountedOn = key.Item2, AgeFrom = ageFrom, Sex = sex, People = people!.Value };
                row.Outcome = row.Outcome == RowOutcome.Updated ? RowOutcome.Updated : RowOutcome.Created;
                if (write)
                {
                    db.Populations.Add(record);
                }
            }
        }

        if (write)
        {
            await db.SaveChangesAsync();
        }
    }

    private Guid? AreaOf(ImportRow row) =>
        areas.TryGetValue("code " + row[AreaCode], out var byCode) ? byCode : areas.TryGetValue(AddressKey.Fold(row[AreaName]), out var byName) ? byName : null;

    private bool IsOfThisTown(ImportRow row) => !MunicipalityCode.TryRead(row[TownCode], out var reading) || reading.Code.Digits == town.Municipality.Code || reading.OtherCode?.Digits == town.Municipality.Code;
}
