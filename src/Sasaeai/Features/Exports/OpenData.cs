using Npgsql;
using Sasaeai.Data;
using Sasaeai.Features.Directory;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Resources.Schedules;
using Sasaeai.Japanese;
using Sasaeai.Web;

namespace Sasaeai.Features.Exports;

/// <summary>One form of 推奨データセット (デジタル庁, v1) and what of the town's published records goes into it.</summary>
public sealed record OpenDataForm(string Name, string Slug, string About, IReadOnlyList<string> Columns)
{
    public static readonly OpenDataForm Places = new("公共施設一覧", "places", "集まりや活動に使える場・拠点",
    [
        "都道府県コード又は市区町村コード", "NO", "都道府県名", "市区町村名", "名称", "名称_カナ", "名称_通称", "POIコード", "住所", "方書", "緯度", "経度", "電話番号", "内線番号", "法人番号", "団体名",
        "利用可能曜日", "開始時間", "終了時間", "利用可能日時特記事項", "説明", "バリアフリー情報", "URL", "備考",
    ]);

    public static readonly OpenDataForm Events = new("イベント一覧", "events", "これから3か月の活動の日程",
    [
        "都道府県コード又は市区町村コード", "NO", "都道府県名", "市区町村名", "イベント名", "イベント名_カナ", "イベント名_英語", "開始日", "終了日", "開始時間", "終了時間", "開始日時特記事項", "説明", "料金(基本)", "料金(詳細)",
        "連絡先名称", "連絡先電話番号", "連絡先内線番号", "主催者", "場所名称", "住所", "方書", "緯度", "経度", "アクセス方法", "駐車場情報", "定員", "参加申込終了日", "参加申込終了時間", "参加申込方法", "URL", "備考",
    ]);

    public static readonly OpenDataForm CareServices = new("介護サービス事業所一覧", "care-services", "利用するサービスを行う事業所・団体",
    [
        "都道府県コード又は市区町村コード", "NO", "都道府県名", "市区町村名", "介護サービス事業所名称", "介護サービス事業所名称_カナ", "実施サービス", "住所", "方書", "緯度", "経度", "電話番号", "内線番号", "FAX番号", "法人番号",
        "法人の名称", "事業所番号", "利用可能曜日", "利用可能曜日特記事項", "定員", "URL", "備考",
    ]);

    public static readonly IReadOnlyList<OpenDataForm> All = [Places, Events, CareServices];

    /// <summary>The form by its Japanese name, with or without 一覧.</summary>
    public static OpenDataForm? Find(string name) => All.FirstOrDefault(form => form.Name == name || form.Name == name + "一覧" || form.Slug == name);
}

/// <summary>Writes the town's published records in the open data forms. Nothing else than <c>published</c> is read.</summary>
public sealed class OpenData(NpgsqlDataSource data, HolidayCalendar calendar, TimeProvider time)
{
    private const int EventMonths = 3;

    public async Task<ExportTable> OfAsync(OpenDataForm form, Municipality town, CancellationToken cancellation = default)
    {
        var holidays = await calendar.GetAsync(cancellation);
        var names = await NamesAsync(town.Id, cancellation);
        var today = time.Today();
        var viewpoint = form == OpenDataForm.Places ? Viewpoint.Place : form == OpenDataForm.Events ? Viewpoint.Activity : Viewpoint.Service;
        var resources = ReadAsync(town.Id, viewpoint, today, cancellation);
        var rows = form == OpenDataForm.Places ? resources.Select(resource => Place(town, resource, names))
            : form == OpenDataForm.CareServices ? resources.Select(resource => CareService(town, resource, names))
            : resources.SelectMany(resource => Events(town, resource, today, holidays));
        return new ExportTable(form.Name, form.Columns, rows);
    }

    private static IReadOnlyList<object?> Place(Municipality town, PublishedResource resource, IReadOnlyDictionary<string, string> names)
    {
        var (days, starts, ends, note) = Hours(resource.Schedule);
        return [
            town.Code, resource.Number, town.Prefecture, town.Name, resource.Name, resource.Kana, resource.CommonName, null, resource.Address, resource.Building, Exact(resource, resource.Lat), Exact(resource, resource.Lng),
            resource.Phone, null, null, resource.OperatorName, days, starts, ends, note, resource.Description,
            string.Join(';', resource.BarrierFree.Select(code => names.GetValueOrDefault($"barrier_free {code}", code))), resource.Url, null];
    }

    private static IReadOnlyList<object?> CareService(Municipality town, PublishedResource resource, IReadOnlyDictionary<string, string> names)
    {
        var (days, _, _, note) = Hours(resource.Schedule);
        return [
            town.Code, resource.Number, town.Prefecture, town.Name, resource.Name, resource.Kana,
            resource.ServiceKind is { } kind ? names.GetValueOrDefault($"service_kind {kind}", kind) : string.Join(';', resource.Categories.Select(code => names.GetValueOrDefault(code, code))),
            resource.Address, resource.Building, Exact(resource, resource.Lat), Exact(resource, resource.Lng), resource.Phone, null, resource.Fax, null, resource.OperatorName, null, days,
            days is null ? note : string.Join('、', resource.Schedule.Rules.Select(rule => rule.InJapanese())), resource.Capacity, resource.Url, null];
    }

    private static IEnumerable<IReadOnlyList<object?>> Events(Municipality town, PublishedResource resource, DateOnly today, Holidays holidays) =>
        resource.Schedule.Between(today, today.AddMonths(EventMonths), holidays).Select((held, index) => (IReadOnlyList<object?>)[
            town.Code, $"{resource.Number}-{held.Day:yyyyMMdd}-{index + 1}", town.Prefecture, town.Name, resource.Name, resource.Kana, null, held.Day, held.Day, held.Starts, held.Ends, resource.Schedule.Note, resource.Description,
            resource.FeeYen, resource.FeeNote, resource.Person, resource.Phone, null, resource.OperatorName, resource.Venue, resource.Address, resource.Building, Exact(resource, resource.Lat), Exact(resource, resource.Lng),
            resource.Access, resource.Parking, resource.Capacity, null, null, resource.HowToJoin, resource.Url, null]);

    /// <summary>The middle of a block is not where the place is.</summary>
    private static double? Exact(PublishedResource resource, double? degrees) => resource.Approximate ? null : degrees;

    /// <summary>Weekdays and one span of time, when the schedule is that simple; else it stands as text.</summary>
    private static (string? Days, TimeOnly? Starts, TimeOnly? Ends, string Note) Hours(Schedule schedule) =>
        schedule.Rules is [{ Repeats: Repeats.Weekly, OnHolidays: OnHolidays.AsUsual } rule] && rule.Months.IsEmpty && rule.From is null && rule.Until is null && rule.Part == PartOfDay.Unknown && schedule.Closures.Count == 0
            ? (string.Concat(rule.Weekdays.FromMonday().Select(day => "月火水木金土日"[day])), rule.Starts, rule.Ends, schedule.Note ?? "")
            : (null, null, null, schedule.InJapanese().ReplaceLineEndings("、"));

    private async IAsyncEnumerable<PublishedResource> ReadAsync(int town, Viewpoint viewpoint, DateOnly today, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var command = data.CreateCommand("""
            select view from published.resource
            where municipality_id = $1 and not withdrawn and hide_on > $2 and $3 = any(features) order by view ->> 'number'
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = town });
        command.Parameters.Add(new NpgsqlParameter { Value = today });
        command.Parameters.Add(new NpgsqlParameter { Value = $"viewpoint:{SnakeCase.From(viewpoint)}" });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            yield return JsonColumn.Read<PublishedResource>(reader.GetString(0));
        }
    }

    /// <summary>What the codes of the town's lists mean.</summary>
    private async Task<IReadOnlyDictionary<string, string>> NamesAsync(int town, CancellationToken cancellation)
    {
        await using var connection = await data.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await connection.EnterTownAsync(town, cancellation);
        var names = new Dictionary<string, string>();
        await using var command = new NpgsqlCommand("""
            select code, name from app.category where municipality_id = $1
            union all select list || ' ' || code, name from app.code_item where municipality_id = $1
            """, connection, transaction);
        command.Parameters.Add(new NpgsqlParameter { Value = town });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            names[reader.GetString(0)] = reader.GetString(1);
        }

        return names;
    }
}
