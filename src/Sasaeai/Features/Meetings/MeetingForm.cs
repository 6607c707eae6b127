using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc.Rendering;
using Sasaeai.Features.Forms;
using Sasaeai.Features.Shared;
using Sasaeai.Japanese;

namespace Sasaeai.Features.Meetings;

/// <summary>What a person types about a meeting.</summary>
public partial class MeetingForm
{
    [Display(Name = "協議体")]
    public Guid? CouncilId { get; set; }

    [Display(Name = "会議の種類"), Required]
    public string KindCode { get; set; } = "";

    [Display(Name = "会議の名前"), StringLength(100)]
    public string Name { get; set; } = "";

    [Display(Name = "年度の中の回"), Range(1, 999)]
    public int? Number { get; set; }

    [Display(Name = "開催日")]
    public DateInput HeldOn { get; set; } = null!;

    [Display(Name = "始まりの時刻"), StringLength(10)]
    public string? StartsAt { get; set; }

    [Display(Name = "終わりの時刻"), StringLength(10)]
    public string? EndsAt { get; set; }

    [Display(Name = "会場"), StringLength(120)]
    public string? Place { get; set; }

    [Display(Name = "圏域"), Required]
    public Guid? AreaId { get; set; }

    [Display(Name = "層"), Range(1, 2)]
    public int Layer { get; set; } = 2;

    [Display(Name = "協議体（推進会議等）の開催回数に数える")]
    public bool CountsAsCouncil { get; set; }

    [Display(Name = "集計での名前"), StringLength(80)]
    public string? Series { get; set; }

    [Display(Name = "非公開の会議")]
    public bool Closed { get; set; }

    public static MeetingForm Of(Meeting meeting) => new()
    {
        CouncilId = meeting.CouncilId, KindCode = meeting.KindCode, Name = meeting.Name, Number = meeting.Number, HeldOn = new DateInput(meeting.HeldOn),
        StartsAt = meeting.StartsAt?.ToString("H:mm", CultureInfo.InvariantCulture), EndsAt = meeting.EndsAt?.ToString("H:mm", CultureInfo.InvariantCulture), Place = meeting.Place,
        AreaId = meeting.AreaId, Layer = meeting.Layer, CountsAsCouncil = meeting.CountsAsCouncil, Series = meeting.Series, Closed = meeting.Closed,
    };

    /// <exception cref="RuleBrokenException">A day or time that does not exist, or a choice that is none.</exception>
    public MeetingPlan Read(IReadOnlyList<SelectListItem> kinds, IReadOnlyList<SelectListItem> areas, IReadOnlyList<SelectListItem> councils)
    {
        Rule.Require(kinds.Any(kind => kind.Value == KindCode), "会議の種類を選び直してください。");
        Rule.Require(areas.Any(area => area.Value == AreaId.ToString()), "圏域を選び直してください。");
        Rule.Require(CouncilId is null || councils.Any(council => council.Value == CouncilId.ToString()), "協議体を選び直してください。");
        return new MeetingPlan(CouncilId, KindCode, PlainText.Of(Series), PlainText.Of(Name), Day(HeldOn), Time(StartsAt, "始まり"), Time(EndsAt, "終わり"), PlainText.Of(Place), AreaId!.Value, Layer, CountsAsCouncil, Closed);
    }

    private static DateOnly Day(DateInput typed)
    {
        Rule.Require(Wareki.TryReadDate(typed.ToString(), out var day), typed.Refusal("開催日"));
        return day;
    }

    /// <summary>「10:00」「10時」「10時半」「13時30分」, in full width too.</summary>
    private static TimeOnly? Time(string? typed, string label)
    {
        if (string.IsNullOrWhiteSpace(typed))
        {
            return null;
        }

        var match = Written().Match(Wareki.Plain(typed));
        var minute = match.Groups["half"].Success ? 30 : match.Groups["minute"].Success ? int.Parse(match.Groups["minute"].ValueSpan, CultureInfo.InvariantCulture) : 0;
        var hour = match.Success ? int.Parse(match.Groups["hour"].ValueSpan, CultureInfo.InvariantCulture) : 24;
        Rule.Require(hour < 24 && minute < 60, $"{label}の時刻は、10:00 や 13時30分 のように入力してください。");
        return new TimeOnly(hour, minute);
    }

    [GeneratedRegex("^(?<hour>[0-9]{1,2})(?::(?<minute>[0-9]{2})|時(?:(?<half>半)|(?<minute>[0-9]{1,2})分)?)$")]
    private static partial Regex Written();
}
