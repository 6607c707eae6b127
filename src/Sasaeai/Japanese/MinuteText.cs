namespace Sasaeai.Japanese;

/// <summary>A length of time as people say it: 「30分」, 「2時間」, 「1,358時間15分」.</summary>
public static class MinuteText
{
    public static string Of(long minutes) => (minutes / 60, minutes % 60) switch { (0, var rest) => $"{rest}分", (var hours, 0) => $"{hours:N0}時間", var (hours, rest) => $"{hours:N0}時間{rest}分" };
}
