using Npgsql;
using NpgsqlTypes;
using Sasaeai.Data;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Resources.Schedules;
using Sasaeai.Japanese;

namespace Sasaeai.Features.Directory;

/// <summary>A row of published.resource: the view that pages show, and the keys by which searching finds it.</summary>
public sealed class PublishedRow
{
    /// <summary>The columns, in the order of <see cref="Values"/>.</summary>
    public static readonly IReadOnlyList<(string Name, NpgsqlDbType Type)> Columns =
    [
        ("municipality_id", NpgsqlDbType.Integer), ("resource_id", NpgsqlDbType.Uuid), ("version", NpgsqlDbType.Bigint), ("withdrawn", NpgsqlDbType.Boolean),
        ("name", NpgsqlDbType.Text), ("name_key", NpgsqlDbType.Text), ("text_key", NpgsqlDbType.Text),
        ("category_codes", NpgsqlDbType.Array | NpgsqlDbType.Text), ("area_ids", NpgsqlDbType.Array | NpgsqlDbType.Uuid),
        ("weekdays", NpgsqlDbType.Smallint), ("day_keys", NpgsqlDbType.Array | NpgsqlDbType.Integer), ("limits", NpgsqlDbType.Jsonb),
        ("features", NpgsqlDbType.Array | NpgsqlDbType.Text), ("starts_minute", NpgsqlDbType.Smallint), ("ends_minute", NpgsqlDbType.Smallint),
        ("lat", NpgsqlDbType.Double), ("lng", NpgsqlDbType.Double), ("availability", NpgsqlDbType.Text), ("availability_until", NpgsqlDbType.Date),
        ("verified_on", NpgsqlDbType.Date), ("due_on", NpgsqlDbType.Date), ("hide_on", NpgsqlDbType.Date),
        ("organization_id", NpgsqlDbType.Uuid), ("view", NpgsqlDbType.Jsonb), ("changed_at", NpgsqlDbType.TimestampTz),
        ("was_public", NpgsqlDbType.Boolean),
    ];

    private static readonly string Sql =
        $"insert into published.resource as known ({Names("")}) values ({string.Join(", ", Columns.Select((_, index) => $"${index + 1}"))}) "
        + $"on conflict (municipality_id, resource_id) do update set ({Names("")}, published_at) = ({Names("excluded.").Replace("excluded.was_public", "known.was_public or excluded.was_public")}, now())";

    private PublishedRow(object?[] values) => Values = values;

    /// <summary>Null for what is not known.</summary>
    public IReadOnlyList<object?> Values { get; }

    /// <summary>What is not public makes an empty, withdrawn row, so that copies elsewhere learn of the withdrawal.</summary>
    /// <param name="words">Names of the categories by code.</param>
    /// <param name="free">Codes of the fee kinds that mean 無料.</param>
    public static PublishedRow Of(int municipalityId, Resource resource, PublishedResource view, IReadOnlyDictionary<string, string> words, IReadOnlyCollection<string> free, long version)
    {
        var shown = resource.IsPublic;
        var schedule = view.Schedule;
        var (starts, ends) = Hours(schedule);
        return new PublishedRow(
        [
            municipalityId, resource.Id, version, !shown,
            shown ? view.Name : "", shown ? NameKey(view) : "", shown ? TextKey(view, words) : "",
            resource.CategoryCodes, resource.AreaIds,
            shown ? (short)schedule.Weekdays : (short)0, shown ? DayKeys.Of(schedule) : [], shown && HasLimits(schedule) ? JsonColumn.Write(schedule) : null,
            shown ? Features(view, free) : [], starts, ends,
            shown ? view.Lat : null, shown ? view.Lng : null, view.Availability is { } availability ? SnakeCase.From(availability) : null, view.AvailabilityUntil,
            resource.VerifiedOn, resource.DueOn, resource.HideOn,
            shown ? view.OrganizationId : null, shown ? JsonColumn.Write(view) : "{}", resource.ChangedAt,
            shown,
        ]);
    }

    public NpgsqlBatchCommand Upsert()
    {
        var command = new NpgsqlBatchCommand(Sql);
        for (var i = 0; i < Columns.Count; i++)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = Values[i] ?? DBNull.Value, NpgsqlDbType = Columns[i].Type });
        }

        return command;
    }

    private static string Names(string prefix) => string.Join(", ", Columns.Select(column => prefix + column.Name));

    /// <summary>The names, each ended by a line break so that a word cannot match across two of them.</summary>
    private static string NameKey(PublishedResource view) => Keys(view.Name, view.Kana, view.CommonName);

    private static string TextKey(PublishedResource view, IReadOnlyDictionary<string, string> words) => Keys([
        .. view.Categories.Select(code => words.GetValueOrDefault(code, "")), view.OperatorName, view.Description, view.Venue, view.Address,
        view.ForWhom, view.FeeNote, view.HowToJoin, view.Access, .. view.Tags, view.Schedule.InJapanese()]);

    private static string Keys(params string[] texts) => string.Join('\n', texts.Select(Folding.Fold).Where(key => key != ""));

    private static string[] Features(PublishedResource view, IReadOnlyCollection<string> free) => [
        $"viewpoint:{SnakeCase.From(view.Viewpoint)}",
        .. view.FeeKind is { } fee ? [$"fee:{fee}"] : Array.Empty<string>(),
        .. view.FeeYen == 0 || free.Contains(view.FeeKind ?? "") ? ["free"] : Array.Empty<string>(),
        .. view.ServiceKind is { } kind ? [$"kind:{kind}"] : Array.Empty<string>(),
        .. view.BarrierFree.Select(code => $"barrier:{code}")];

    /// <summary>The earliest start and the latest end, in minutes.</summary>
    private static (short? Starts, short? Ends) Hours(Schedule schedule)
    {
        var hours = schedule.Rules.Select(rule => rule.Minutes).OfType<(int From, int To)>().ToList();
        return hours.Count == 0 ? (null, null) : ((short)hours.Min(span => span.From), (short)hours.Max(span => span.To));
    }

    /// <summary>Day keys find too many days for these, or the hours differ from rule to rule; the search then asks the schedule itself.</summary>
    private static bool HasLimits(Schedule schedule) => schedule.Closures.Count > 0
        || schedule.Rules.Select(rule => rule.Minutes).Distinct().Count() > 1
        || schedule.Rules.Any(rule => !rule.Months.IsEmpty || !rule.IsSingleDay && (rule.From is not null || rule.Until is not null) || rule is { Repeats: Repeats.Fortnightly, From: null });
}
