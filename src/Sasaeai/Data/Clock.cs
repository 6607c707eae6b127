namespace Sasaeai.Data;

/// <summary>Days are Japanese days wherever the server stands.</summary>
public static class Clock
{
    public static readonly TimeSpan Japan = TimeSpan.FromHours(9);

    public static DateOnly Today(this TimeProvider time) => time.GetUtcNow().Day();

    public static DateOnly Day(this DateTimeOffset moment) => DateOnly.FromDateTime(moment.ToOffset(Japan).DateTime);

    public static TimeOnly TimeOfDay(this DateTimeOffset moment) => TimeOnly.FromDateTime(moment.ToOffset(Japan).DateTime);
}
