using Npgsql;
using Sasaeai.Commands;
using Sasaeai.Web;

namespace Sasaeai.Tests.Web;

public class HolidayCalendarTests(TestApp app)
{
    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = DateTimeOffset.UnixEpoch;
        public override DateTimeOffset GetUtcNow() => Now;
    }

    [Fact]
    public async Task A_running_server_sees_new_holidays_within_a_minute()
    {
        await using var data = NpgsqlDataSource.Create(app.WebConnection);
        var (clock, day, cancellation) = (new Clock(), new DateOnly(2198, 2, 3), TestContext.Current.CancellationToken);
        var calendar = new HolidayCalendar(data, clock);
        var before = await calendar.GetAsync(cancellation);
        Assert.Same(before, await calendar.GetAsync(cancellation));

        await HolidayImport.WriteAsync(app.Owner, [new(day, "新しい祝日")], cancellation);
        clock.Now += TimeSpan.FromMinutes(1);

        Assert.False(before.Contains(day));
        Assert.Equal("新しい祝日", (await calendar.GetAsync(cancellation)).NameOf(day));
        await HolidayImport.WriteAsync(app.Owner, [new(day, "名前が変わった祝日")], cancellation);
        clock.Now += TimeSpan.FromMinutes(1);
        Assert.Equal("名前が変わった祝日", (await calendar.GetAsync(cancellation)).NameOf(day));
    }
}
