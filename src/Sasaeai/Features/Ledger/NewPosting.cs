namespace Sasaeai.Features.Ledger;

/// <summary>One side of a move. The account is made when it is first needed; <paramref name="Credit"/> says how far it may then go below zero.</summary>
public sealed record Side(AccountRole Role, Guid? MemberId = null, long? Credit = null);

/// <summary>An amount (more than 0) that goes from one account to another, or the opposite of an earlier entry (<see cref="Undo"/>).</summary>
public sealed record Move
{
    public EntryKind? Kind { get; init; }
    public short? Unit { get; init; }
    public long? Amount { get; init; }
    public Side? From { get; init; }
    public Side? To { get; init; }
    public Guid? VisitId { get; init; }
    /// <summary>Minutes of help that the amount stands for.</summary>
    public int? Minutes { get; init; }
    /// <summary>Numbers of paper tickets; null takes those that expire first.</summary>
    public IReadOnlyList<int>? Serials { get; init; }
    /// <summary>Of tickets that are sold.</summary>
    public DateOnly? ExpiresOn { get; init; }
    public Guid? Reverses { get; init; }
    public string? Note { get; init; }

    public static Move Of(EntryKind kind, short unit, long amount, Side from, Side to, int? minutes = null, string? note = null) =>
        new() { Kind = kind, Unit = unit, Amount = amount, From = from, To = to, Minutes = minutes, Note = note };

    /// <summary>Reverses one entry, once.</summary>
    public static Move Undo(Guid entryId, string note) => new() { Reverses = entryId, Note = note };
}

/// <summary>What a report cost, or the settlement that is undone.</summary>
public sealed record SettlementNote
{
    public Guid? Id { get; init; }
    public Guid? Reverses { get; init; }
    public Guid? ReportId { get; init; }
    public Guid? VisitId { get; init; }
    public Guid? UserId { get; init; }
    public IReadOnlyList<Guid>? HelperIds { get; init; }
    public int? Minutes { get; init; }
    public int? PaidMinutes { get; init; }
    public string? CategoryCode { get; init; }
    public Guid? TariffId { get; init; }
    public string? Note { get; init; }
}

/// <summary>Moves that are posted together or not at all.</summary>
/// <param name="Key">Made with the form or report that asks: the same key posts once; with other content it is refused.</param>
public sealed record NewPosting(Guid GroupId, Guid Key, DateOnly ServiceDate, IReadOnlyList<Move> Lines, SettlementNote? Settlement = null)
{
    /// <summary>Of a payout: the closed month that says who is owed what.</summary>
    public Guid? ClosingId { get; init; }
}
