using Npgsql;
using Sasaeai.Japanese;

namespace Sasaeai.Web;

/// <summary>The national holidays: those that came with this build, and those imported since (app.holiday).</summary>
public sealed class HolidayCalendar(NpgsqlDataSource data)
{
    private Holidays? holidays;

    public async ValueTask<Holidays> GetAsync(CancellationToken cancellation = default) => holidays ??= await LoadAsync(cancellation);

    private async Task<Holidays> LoadAsync(CancellationToken cancellation)
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

        return new Holidays(days);
    }
}
