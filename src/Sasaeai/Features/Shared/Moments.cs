using Sasaeai.Data;
using Sasaeai.Japanese;

namespace Sasaeai.Features.Shared;

public static class Moments
{
    /// <summary>「令和8年11月21日 9:05」 in Japanese time.</summary>
    public static string InWords(this DateTimeOffset moment) => $"{Wareki.Date(moment.Day())} {moment.TimeOfDay():H:mm}";
}
