using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sasaeai.Data;
using Sasaeai.Features.Ledger;

namespace Sasaeai.Features.Tickets;

/// <summary>A kind of ありがとう券: how many minutes it stands for, and what it costs.</summary>
public class TicketType : TownRecord
{
    public required Guid GroupId { get; init; }
    /// <summary>The unit of the books, from 2 on, counted in each group.</summary>
    public required short Unit { get; init; }
    public required string Name { get; set; }
    public required int Minutes { get; init; }
    /// <summary>0 for a ticket that is not sold.</summary>
    public required int FaceYen { get; init; }
    /// <summary>Each ticket has a number on paper.</summary>
    public required bool Paper { get; init; }
    /// <summary>Months that a ticket is good for after its sale; null without end.</summary>
    public int? MonthsValid { get; set; }
    /// <summary>Tickets of one book (綴り).</summary>
    public int BookTickets { get; set; } = 10;
    /// <summary>What a book costs beyond the face value of its tickets: a donation to the group.</summary>
    public int BookDonation { get; set; }
    public DateOnly? EndsOn { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>資金決済法 leaves out what can be used for six months at most.</summary>
    public const int ExemptMonths = 5;

    public int BookYen => BookTickets * FaceYen + BookDonation;

    /// <summary>The last day of a ticket sold on that day: the end of a month, so that a book expires as one.</summary>
    public DateOnly? ExpiryOf(DateOnly sold) => MonthsValid is { } months ? LastDay(sold, months) : null;

    public static DateOnly LastDay(DateOnly came, int months) => new DateOnly(came.Year, came.Month, 1).AddMonths(months + 1).AddDays(-1);

    public IReadOnlyList<Move> Issue(int tickets)
    {
        Rule.Require(EndsOn is null, "この券は発行を終えています。");
        Rule.Require(tickets is > 0 and <= 10_000, "枚数は1から10,000までの数にしてください。");
        return [Move.Of(EntryKind.Issue, Unit, tickets, new Side(AccountRole.Issued), new Side(AccountRole.Stock))];
    }

    /// <summary>A member buys books; the money goes to what helpers are given later, the donation to the group.</summary>
    public IReadOnlyList<Move> Sell(Guid memberId, int books, DateOnly day, IReadOnlyList<int>? serials = null)
    {
        Rule.Require(books is > 0 and <= 100, "売る冊数は1から100までの数にしてください。");
        var tickets = books * BookTickets;
        Rule.Require(serials is null || serials.Count == tickets, $"{books}冊は{tickets}枚です。番号の数を確かめてください。");
        List<Move> moves = [Move.Of(EntryKind.Sale, Unit, tickets, new Side(AccountRole.Stock), new Side(AccountRole.Holding, memberId)) with { ExpiresOn = ExpiryOf(day), Serials = serials }];
        if (FaceYen > 0)
        {
            moves.Add(Move.Of(EntryKind.Sale, LedgerUnit.Yen, (long)tickets * FaceYen, new Side(AccountRole.World), new Side(AccountRole.Fund)));
        }

        if (BookDonation > 0)
        {
            moves.Add(Move.Of(EntryKind.Donation, LedgerUnit.Yen, (long)books * BookDonation, new Side(AccountRole.World), new Side(AccountRole.Own)));
        }

        return moves;
    }

    /// <summary>Unused tickets come back and are cancelled; their face value is given back (資金決済法 allows it for leaving members and small sums).</summary>
    public IReadOnlyList<Move> Refund(Guid memberId, int tickets, IReadOnlyList<int>? serials = null) =>
        WithYen(Move.Of(EntryKind.Refund, Unit, tickets, new Side(AccountRole.Holding, memberId), new Side(AccountRole.Void)) with { Serials = serials }, EntryKind.Refund, tickets, AccountRole.World);

    /// <summary>Torn or lost tickets: of the group's stock, or of a member (then nobody gets money).</summary>
    public IReadOnlyList<Move> Void(Guid? memberId, int tickets, string note, IReadOnlyList<int>? serials = null)
    {
        Rule.Require(note.Trim() != "", "廃棄する理由を書いてください。");
        var move = Move.Of(EntryKind.Void, Unit, tickets, memberId is { } member ? new Side(AccountRole.Holding, member) : new Side(AccountRole.Stock), new Side(AccountRole.Void), note: note.Trim()) with { Serials = serials };
        return memberId is null ? [move] : WithYen(move, EntryKind.Void, tickets, AccountRole.Own);
    }

    /// <summary>Past their day: the value stays with the group.</summary>
    public IReadOnlyList<Move> Expire(Guid memberId, int tickets, IReadOnlyList<int>? serials = null) =>
        WithYen(Move.Of(EntryKind.Expire, Unit, tickets, new Side(AccountRole.Holding, memberId), new Side(AccountRole.Expired)) with { Serials = serials }, EntryKind.Expire, tickets, AccountRole.Own);

    private IReadOnlyList<Move> WithYen(Move move, EntryKind kind, int tickets, AccountRole to) =>
        FaceYen == 0 ? [move] : [move, Move.Of(kind, LedgerUnit.Yen, (long)tickets * FaceYen, new Side(AccountRole.Fund), new Side(to))];

    /// <summary>「A-000123」, as it is printed and typed; the letters after it are checked when they are there.</summary>
    public string NumberOf(int serial, string? code = null) => code is null ? $"{Unit - 1}-{serial:000000}" : $"{Unit - 1}-{serial:000000}-{code}";
}

public enum TicketState { Stock, Sold, Used, Redeemed, Void, Expired }

/// <summary>One paper ticket, by its number.</summary>
[NotAudited]
public class Ticket : ITownOwned
{
    public int MunicipalityId { get; private set; }
    public Guid GroupId { get; private set; }
    public short Unit { get; private set; }
    public int Serial { get; private set; }
    public string Code { get; private set; } = "";
    public TicketState State { get; private set; }
    public Guid? HolderId { get; private set; }
    public DateOnly? ExpiresOn { get; private set; }
    public Guid EntryId { get; private set; }
    public DateTimeOffset? ReturnedAt { get; private set; }
    public string? ReturnedBy { get; private set; }
}

public class TicketMapping : IEntityTypeConfiguration<Ticket>
{
    public void Configure(EntityTypeBuilder<Ticket> builder) => builder.HasKey(ticket => new { ticket.MunicipalityId, ticket.GroupId, ticket.Unit, ticket.Serial });
}
