using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Handovers;
using Sasaeai.Features.Issues;
using Sasaeai.Features.Resources;

namespace Sasaeai.Features.Receipts;

public enum ReceiptState { Received, Read, InWork, Issue, HandedOver, Returned, Done }

/// <summary>What became of something that a resident sent. Never the text itself: the number may lie on a kitchen table.</summary>
public sealed record Receipt(Guid Id, string Number, DateTimeOffset SentAt, ReceiptState State, string Answer)
{
    /// <summary>What happened, oldest first, in words that name bodies and no person.</summary>
    public IReadOnlyList<(DateOnly Day, string Words)> Steps { get; private init; } = [];

    public static async Task<Receipt?> FindAsync(AppDb db, string number) =>
        await db.MistakeReports.AsNoTracking().Where(report => report.Receipt == number).Select(Report).SingleOrDefaultAsync()
        ?? await OfVoiceAsync(db, await db.Voices.AsNoTracking().SingleOrDefaultAsync(voice => voice.Receipt == number));

    public static async Task<Receipt?> FindAsync(AppDb db, Guid id) =>
        await db.MistakeReports.AsNoTracking().Where(report => report.Id == id).Select(Report).SingleOrDefaultAsync()
        ?? await OfVoiceAsync(db, await db.Voices.AsNoTracking().SingleOrDefaultAsync(voice => voice.Id == id));

    private static readonly System.Linq.Expressions.Expression<Func<MistakeReport, Receipt>> Report = report =>
        new Receipt(report.Id, report.Receipt, report.CreatedAt, report.State == ReportState.Closed ? ReceiptState.Done : report.RevisionId != null ? ReceiptState.InWork : ReceiptState.Received, report.Answer);

    private static async Task<Receipt?> OfVoiceAsync(AppDb db, Voices.Voice? voice)
    {
        if (voice is null || voice.IssueId is not { } issueId)
        {
            return voice is null ? null : new Receipt(voice.Id, voice.Receipt, voice.CreatedAt, voice.ClosedAt is not null ? ReceiptState.Done : voice.ReadAt is not null ? ReceiptState.Read : ReceiptState.Received, voice.CloseReason);
        }

        var issue = await db.Issues.AsNoTracking().SingleAsync(issue => issue.Id == issueId);
        issue = issue.MergedIntoId is { } heir ? await db.Issues.AsNoTracking().SingleAsync(other => other.Id == heir) : issue;
        var handovers = await db.Handovers.AsNoTracking().Where(handover => handover.IssueId == issue.Id).OrderBy(handover => handover.CreatedAt).ToListAsync();
        var names = (await Bodies.BodyList.LoadAsync(db)).ToDictionary(body => body.Id, body => body.Name);
        return new Receipt(voice.Id, voice.Receipt, voice.CreatedAt, StateOf(issue, handovers), AnswerOf(issue, handovers))
        {
            Steps = [(voice.TakenAt!.Value.Day(), "地域の課題としてまとめました"), .. handovers.SelectMany(handover => StepsOf(handover, names)).OrderBy(step => step.Day),
                .. issue.ClosedAt is { } closed ? [(closed.Day(), "話し合いと取組が終わりました")] : Array.Empty<(DateOnly, string)>()],
        };
    }

    private static ReceiptState StateOf(Issue issue, List<Handover> handovers) =>
        issue.ClosedAt is not null ? ReceiptState.Done
        : handovers.Any(handover => handover.IsOpen) ? ReceiptState.HandedOver
        : handovers.Count > 0 ? ReceiptState.Returned
        : ReceiptState.Issue;

    /// <summary>The newest words for those who raised it: of the end, or of the last answer that was brought back.</summary>
    private static string AnswerOf(Issue issue, List<Handover> handovers) =>
        issue.PublicNote != "" ? issue.PublicNote : handovers.Where(handover => !handover.IsOpen && handover.PublicAnswer != "").OrderBy(handover => handover.ReturnedOn).ThenByDescending(handover => handover.CreatedAt).LastOrDefault()?.PublicAnswer ?? "";

    private static IEnumerable<(DateOnly Day, string Words)> StepsOf(Handover handover, Dictionary<Guid, string> names)
    {
        yield return (handover.HandedOn, $"「{names[handover.ToId]}」に引き継ぎました");
        if (handover.ReceivedOn is { } received)
        {
            yield return (received, $"「{names[handover.ToId]}」が受け取りました");
        }

        if (handover.AnsweredOn is { } answered)
        {
            yield return (answered, $"「{names[handover.ToId]}」から答えが出ました");
        }

        if (handover.ReturnedOn is { } returned)
        {
            yield return (returned, $"答えを「{names[handover.FromId]}」に持ち帰りました");
        }
    }
}
