using Microsoft.AspNetCore.Mvc.Rendering;

namespace Sasaeai.Features.Handovers;

public static class HandoverWords
{
    public static string InWords(this HandoverStage stage) => stage switch
    {
        HandoverStage.Sent => "受け取りを待っています",
        HandoverStage.Received => "答えを待っています",
        HandoverStage.Answered => "お返しを待っています",
        _ => "お返しずみ",
    };

    public static string InWords(this AnswerKind kind) => kind switch
    {
        AnswerKind.Done => "実施した",
        AnswerKind.Planned => "予算・計画に入れる",
        AnswerKind.Existing => "今ある制度・資源で応える",
        AnswerKind.Considering => "検討を続ける",
        _ => "応えられない",
    };

    public static readonly SelectListItem[] AnswerKinds = [.. Enum.GetValues<AnswerKind>().Select(kind => new SelectListItem(kind.InWords(), $"{kind}"))];
}
