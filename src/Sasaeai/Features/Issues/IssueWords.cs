using Sasaeai.Data;

namespace Sasaeai.Features.Issues;

public static class IssueWords
{
    /// <summary>The states that a card moves through by hand, in order.</summary>
    public static readonly IReadOnlyList<IssueState> ByHand = [IssueState.Heard, IssueState.Sorted, IssueState.Discussed, IssueState.InWork];

    public static string InWords(this IssueState state) => state switch
    {
        IssueState.Heard => "把握",
        IssueState.Sorted => "整理",
        IssueState.Discussed => "協議体で検討",
        IssueState.InWork => "取組中",
        IssueState.HandedOver => "引継ぎ中",
        IssueState.Solved => "解決",
        _ => "見送り",
    };

    public static string InWords(this Urgency urgency) => urgency switch { Urgency.High => "急ぐ", Urgency.Middle => "ふつう", _ => "急がない" };

    public static string InWords(this Frequency frequency) => frequency switch { Frequency.Often => "よくある", Frequency.Sometimes => "ときどき", _ => "まれ" };

    public static string InWords(this ResourceFit fit) => fit switch { ResourceFit.Enough => "対応できている", ResourceFit.Short => "足りない", _ => "使われていない" };

    /// <summary>「状態を 把握 から 整理 に」.</summary>
    public static string InWords(this IssueMove move, TownNames names) => move.What switch
    {
        MoveKind.State => $"状態を「{Enum.Parse<IssueState>(move.Was).InWords()}」から「{Enum.Parse<IssueState>(move.Became).InWords()}」に",
        MoveKind.Area => $"地域を「{names.Area(IdOf(move.Was))}」から「{names.Area(IdOf(move.Became))}」に",
        MoveKind.Urgency => $"緊急度を「{Enum.Parse<Urgency>(move.Was).InWords()}」から「{Enum.Parse<Urgency>(move.Became).InWords()}」に",
        MoveKind.Frequency => $"頻度を「{Enum.Parse<Frequency>(move.Was).InWords()}」から「{Enum.Parse<Frequency>(move.Became).InWords()}」に",
        _ => move.Became == "" ? "まとめたものから分けました" : "ほかの課題にまとめました",
    };

    private static Guid? IdOf(string text) => text == "" ? null : Guid.Parse(text);
}
