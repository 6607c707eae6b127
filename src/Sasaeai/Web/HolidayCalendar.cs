using Npgsql;
using Sasaeai.Japanese;

namespace Sasaeai.Web;

/// <summary>The national holidays: those that came with this build, and those imported since (app.holiday), which a running server sees within a minute.</summary>
public sealed class HolidayCalendar(NpgsqlDataSource data, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);
    private volatile Loaded? loaded;

    private sealed record Loaded(Holidays Holidays, DateTimeOffset At);

    /// <summary>The same object until a holiday was added or renamed.</summary>
    public async ValueTask<Holidays> GetAsync(CancellationToken cancellation = default)
    {
        var (known, now) = (loaded, time.GetUtcNow());
        if (known is not null && now - known.At < Fresh)
        {
            return known.Holidays;
        }

        var days = await LoadAsync(cancellation);
        var holidays = known is not null && days.Count == known.Holidays.Count && days.All(day => known.Holidays.NameOf(day.Key) == day.Value) ? known.Holidays : new Holidays(days);
        loaded = new Loaded(holidays, now);
        return holidays;
    }

    private async Task<Dictionary<DateOnly, string>> LoadAsync(CancellationToken cancellation)
    {
        var days = new Dictionary<DateOnly, string>();
        await using (var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "holidays.json")))
        {
            foreach (var (day, name) in Holidays.FromJson(file).Days)
            {
                days[day] = name;
            }
        }

        await using var command = data.CreateCommand("select day, name from app.holiday");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            days[reader.GetFieldValue<DateOnly>(0)] = reader.GetString(1);
        }

        return days;
    }
}
