using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Sasaeai.Japanese;

/// <summary>A time of the day as people type it: 「10:00」「1030」「10時半」「午後2時15分」「9」.</summary>
public static partial class ClockText
{
    /// <summary>False for what is no time from 0:00 to 23:59, such as 25:00.</summary>
    public static bool TryRead(string? text, out TimeOnly time)
    {
        time = default;
        var match = Pattern().Match((text ?? "").Normalize(NormalizationForm.FormKC).Trim());
        if (!match.Success)
        {
            return false;
        }

        var hour = int.Parse(match.Groups["hour"].Value, CultureInfo.InvariantCulture);
        var minute = match.Groups["half"].Success ? 30 : match.Groups["minute"] is { Success: true } written ? int.Parse(written.Value, CultureInfo.InvariantCulture) : 0;
        if (match.Groups["part"] is { Success: true } part)
        {
            if (hour > 12)
            {
                return false;
            }

            hour = hour % 12 + (part.Value == "午後" ? 12 : 0);
        }

        if (hour > 23 || minute > 59)
        {
            return false;
        }

        time = new TimeOnly(hour, minute);
        return true;
    }

    /// <exception cref="Features.RuleBrokenException">It is no time.</exception>
    public static TimeOnly Read(string? text, string label)
    {
        Features.Rule.Require(TryRead(text, out var time), $"「{label}」の「{text}」は時刻として読めません。0:00から23:59までで入れてください。例：10:30");
        return time;
    }

    [GeneratedRegex("^(?<part>午前|午後)?(?<hour>[0-9]{1,2})(:?(?<minute>[0-9]{2})|時((?<half>半)|(?<minute>[0-9]{1,2})分)?)?$")]
    private static partial Regex Pattern();
}
