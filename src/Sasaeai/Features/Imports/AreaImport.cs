using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Areas;
using Sasaeai.Features.Resources;
using Sasaeai.Japanese;
using Sasaeai.Tables;

namespace Sasaeai.Features.Imports;

/// <summary>
/// Brings in areas by コード, with the larger areas that they lie in; 町丁目 of Geolonia's list by their name, which they have instead
/// of a code; and boundaries. A town has some thousands of areas, so they are held in memory until the end.
/// </summary>
public sealed class AreaImport(AppDb db, CurrentTown town, TimeProvider time) : IImport
{
    private const string Code = "コード", Kind = "種類", Layer = "層", Name = "名称", Kana = "名称_カナ", Parents = "親コード", StartsOn = "開始日", EndsOn = "終了日", Lat = "緯度", Lng = "経度",
        Boundary = "境界", TownCode = "全国地方公共団体コード", Block = "町字", SubBlock = "小字";

    public static readonly WordList<AreaKind> Kinds = new((AreaKind.Town, "市町村"), (AreaKind.LivingArea, "日常生活圏域"), (AreaKind.LivingArea, "圏域"), (AreaKind.SchoolDistrict, "小学校区"), (AreaKind.SchoolDistrict, "校区"), (AreaKind.CouncilDistrict, "地区社協"), (AreaKind.Block, "町丁目"), (AreaKind.Other, "その他"));

    private readonly Dictionary<string, Area> byCode = [];
    private readonly Dictionary<string, Area> blocksByName = [];
    private readonly HashSet<string> seen = [];
    private readonly List<(ImportRow Row, Area Area, string[] Parents)> placed = [];
    private Dictionary<(Guid Area, Guid Parent), AreaParent> links = [];

    public IReadOnlyList<ColumnField> Fields { get; } =
    [
        new(Code, "エリアコード", "区域コード", "NO", "ID", "N03_007"), new(Kind, "種別", "区分"), new(Layer, "階層"), new(Name, "圏域名", "地区名", "区域名", "N03_004"), new(Kana, "フリガナ", "ふりがな", "カナ"),
        new(Parents, "上位コード", "親"), new(StartsOn, "有効開始日"), new(EndsOn, "有効終了日"), new(Lat, "latitude", "lat"), new(Lng, "longitude", "lng", "lon"), new(Boundary),
        new(TownCode, "市区町村コード", "市町村コード"), new(Block, "町丁目", "町丁目名", "town"), new(SubBlock, "koaza"), new("都道府県"), new("市区町村"),
    ];

    public IReadOnlyList<IReadOnlyList<string>> Required => [[Code, Block]];

    public bool IsWhole => true;

    public ImportFile Open(Stream file, string fileName) => AreaFile.Open(file, fileName, town.Municipality.Code, Fields);

    public async Task BeginAsync()
    {
        db.ChangeTracker.Clear();
        byCode.Clear();
        blocksByName.Clear();
        seen.Clear();
        placed.Clear();
        foreach (var area in await db.Areas.ToListAsync())
        {
            byCode[area.Code] = area;
            if (area.Kind == AreaKind.Block)
            {
                blocksByName[area.Name] = area;
            }
        }

        links = await db.AreaParents.ToDictionaryAsync(link => (link.AreaId, link.ParentId));
    }

    public Task TakeAsync(IReadOnlyList<ImportRow> rows, bool write)
    {
        foreach (var row in rows.Where(IsOfThisTown))
        {
            if (row.Has(Block))
            {
                TakeBlock(row);
            }
            else
            {
                TakeArea(row);
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>Parents may stand below their children in the file, so links are made last.</summary>
    public async Task EndAsync(bool write)
    {
        foreach (var (row, area, parents) in placed)
        {
            foreach (var code in parents)
            {
                if (!byCode.TryGetValue(code, out var parent) || parent.Id == area.Id)
                {
                    row.Warn(Parents, $"親コード「{code}」の圏域がありません。つながりなしで取り込みました。");
                }
                else if (links.TryGetValue((area.Id, parent.Id), out var known))
                {
                    known.EndsOn = null;
                }
                else
                {
                    db.AreaParents.Add(links[(area.Id, parent.Id)] = new AreaParent { AreaId = area.Id, ParentId = parent.Id });
                }
            }

            // The file says all parents of an area; a larger area it does not name any more is left.
            foreach (var link in links.Values.Where(link => parents.Length > 0 && link.AreaId == area.Id && !(link.EndsOn < time.Today()) && !parents.Contains(CodeOf(link.ParentId))).ToList())
            {
                Leave(link, parents);
            }
        }

        if (write)
        {
            await db.SaveChangesAsync();
        }
        else
        {
            db.ChangeTracker.Clear();
        }
    }

    /// <summary>When what takes the place of the larger area begins on a later day, the area lies in the old one until then.</summary>
    private void Leave(AreaParent link, string[] parents)
    {
        var kind = byCode.Values.First(area => area.Id == link.ParentId).Kind;
        var begins = parents.Select(code => byCode.GetValueOrDefault(code)).Where(next => next?.Kind == kind).Max(next => next!.StartsOn);
        if (begins > time.Today())
        {
            link.EndsOn = begins.Value.AddDays(-1);
            return;
        }

        links.Remove((link.AreaId, link.ParentId));
        db.AreaParents.Remove(link);
    }

    private string CodeOf(Guid id) => byCode.Values.First(area => area.Id == id).Code;

    private void TakeArea(ImportRow row)
    {
        var code = row[Code];
        var known = byCode.GetValueOrDefault(code);
        var kind = row[Kind] == "" ? known?.Kind ?? (code == town.Municipality.Code ? AreaKind.Town : null) : Kinds.Read(row[Kind]);
        var name = row[Name] == "" ? known?.Name ?? (kind == AreaKind.Town ? town.Municipality.Name : "") : row[Name];
        var layer = row.Number(Layer, known?.Layer);
        if (code == "" || !seen.Add(code))
        {
            row.Refuse(Code, code == "" ? "コードがありません。" : $"コード「{code}」の行が、前にもあります。");
        }

        if (kind is null)
        {
            row.Refuse(Kind, $"種類がありません。{Kinds.Choices}のどれかにしてください。");
        }

        if (name == "" || name.Length > 200)
        {
            row.Refuse(Name, "名称を200文字以内で入れてください。");
        }

        if (layer is not (null or 1 or 2))
        {
            row.Refuse(Layer, "層は1か2です。");
        }

        var (starts, ends) = (row.Date(StartsOn, known?.StartsOn), row.Date(EndsOn, known?.EndsOn));
        if (ends < starts)
        {
            row.Refuse(EndsOn, "終了日が開始日より前です。");
        }

        // The middle of a boundary is only a stand-in for a point that somebody chose.
        var (lat, lng) = row.Has(Boundary) && known?.Lat is not null ? (known.Lat, known.Lng) : row.Point(Lat, Lng, known?.Lat, known?.Lng);
        if (row.IsRefused)
        {
            return;
        }

        var area = known ?? Add(code, kind!.Value, name);
        (area.Kind, area.Layer, area.Name, area.Kana) = (kind!.Value, layer, name, row.Text(Kana, area.Kana));
        (area.StartsOn, area.EndsOn, area.Lat, area.Lng) = (starts, ends, lat, lng);
        area.Boundary = row.Has(Boundary) && row.Whole(Boundary) is { Length: > 0 } boundary && !AreaFile.IsSame(boundary, area.Boundary) ? boundary : area.Boundary;
        Place(row, area, known is null, row.Has(Parents) ? FieldReading.List(row[Parents]) : []);
    }

    /// <summary>A 町丁目 without a code goes by its name, and lies in the town until somebody says where else.</summary>
    private void TakeBlock(ImportRow row)
    {
        var name = row[Block] + row[SubBlock];
        if (name == "" || !seen.Add(name))
        {
            row.Refuse(Block, name == "" ? "町字の名前がありません。" : $"「{name}」の行が、前にもあります。");
        }

        var known = blocksByName.GetValueOrDefault(name) ?? byCode.GetValueOrDefault(name);
        var (lat, lng) = row.Point(Lat, Lng, known?.Lat, known?.Lng);
        if (row.IsRefused)
        {
            return;
        }

        var isIn = known is not null && links.Values.Any(link => link.AreaId == known.Id);
        var area = known ?? Add(name, AreaKind.Block, name);
        (area.Lat, area.Lng) = (lat, lng);
        Place(row, area, known is null, isIn ? [] : [TownArea().Code]);
    }

    private Area TownArea() => byCode.Values.FirstOrDefault(area => area.Kind == AreaKind.Town) ?? Add(town.Municipality.Code, AreaKind.Town, town.Municipality.Name);

    private Area Add(string code, AreaKind kind, string name)
    {
        var area = new Area { Code = code, Kind = kind, Name = name, Layer = kind == AreaKind.Town ? 1 : null };
        db.Areas.Add(area);
        return byCode[code] = area;
    }

    private void Place(ImportRow row, Area area, bool isNew, string[] parents)
    {
        placed.Add((row, area, parents));
        var changed = db.Entry(area).State == EntityState.Modified
            || parents.Length > 0 && !parents.ToHashSet().SetEquals(links.Values.Where(link => link.AreaId == area.Id && link.EndsOn is null).Select(link => CodeOf(link.ParentId)));
        row.Outcome = isNew ? RowOutcome.Created : changed ? RowOutcome.Updated : RowOutcome.Unchanged;
    }

    private bool IsOfThisTown(ImportRow row) => row[TownCode] == ""
        || MunicipalityCode.TryRead(row[TownCode], out var reading) && (reading.Code.Digits == town.Municipality.Code || reading.OtherCode?.Digits == town.Municipality.Code);
}
