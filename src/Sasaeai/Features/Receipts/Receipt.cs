using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Resources;

namespace Sasaeai.Features.Receipts;

public enum ReceiptState { Received, Read, InWork, Done }

/// <summary>What became of something that a resident sent. Never the text itself: the number may lie on a kitchen table.</summary>
public sealed record Receipt(Guid Id, string Number, DateTimeOffset SentAt, ReceiptState State, string Answer)
{
    public static async Task<Receipt?> FindAsync(AppDb db, string number) =>
        await db.MistakeReports.AsNoTracking().Where(report => report.Receipt == number).Select(Report).SingleOrDefaultAsync()
        ?? await db.Voices.AsNoTracking().Where(voice => voice.Receipt == number).Select(Voice).SingleOrDefaultAsync();

    public static async Task<Receipt?> FindAsync(AppDb db, Guid id) =>
        await db.MistakeReports.AsNoTracking().Where(report => report.Id == id).Select(Report).SingleOrDefaultAsync()
        ?? await db.Voices.AsNoTracking().Where(voice => voice.Id == id).Select(Voice).SingleOrDefaultAsync();

    private static readonly System.Linq.Expressions.Expression<Func<MistakeReport, Receipt>> Report = report =>
        new Receipt(report.Id, report.Receipt, report.CreatedAt, report.State == ReportState.Closed ? ReceiptState.Done : report.RevisionId != null ? ReceiptState.InWork : ReceiptState.Received, report.Answer);

    private static readonly System.Linq.Expressions.Expression<Func<Voices.Voice, Receipt>> Voice = voice =>
        new Receipt(voice.Id, voice.Receipt, voice.CreatedAt, voice.ReadAt != null ? ReceiptState.Read : ReceiptState.Received, "");
}
