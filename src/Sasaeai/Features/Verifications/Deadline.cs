using Sasaeai.Features.Resources;
using Sasaeai.Features.Shared;

namespace Sasaeai.Features.Verifications;

/// <summary>How urgent it is to verify a record, in words: 「あと何日で非公開」.</summary>
/// <param name="HideOn"><see cref="DateOnly.MaxValue"/> where the town hides nothing.</param>
public sealed record Deadline(DateOnly DueOn, DateOnly HideOn, DateOnly Today)
{
    public bool IsHidden => Today >= HideOn;

    public bool IsDue => Today >= DueOn;

    public int DaysOverdue => Math.Max(0, Today.DayNumber - DueOn.DayNumber);

    public Status Status => IsDue ? Status.Unverified : Status.DueSoon;

    /// <summary>「期限を45日すぎています。」「あと12日で確認の期限です。」</summary>
    public string DueText => DaysOverdue > 0 ? $"期限を{DaysOverdue}日すぎています。" : IsDue ? "今日が確認の期限です。" : $"あと{DueOn.DayNumber - Today.DayNumber}日で確認の期限です。";

    /// <summary>「あと120日で非公開になります。」; null where nothing is hidden.</summary>
    public string? HideText => HideOn == DateOnly.MaxValue ? null
        : IsHidden ? $"{Today.DayNumber - HideOn.DayNumber + 1}日前から公開ページに出ていません。"
        : $"あと{HideOn.DayNumber - Today.DayNumber}日で非公開になります。";
}
