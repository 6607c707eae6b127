using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sasaeai.Data;

namespace Sasaeai.Features.Ledger;

/// <summary>What is counted. From 2 on it is a ticket type of the group (<see cref="Tickets.TicketType.Unit"/>).</summary>
public static class LedgerUnit
{
    public const short Yen = 0, Minute = 1, FirstTicket = 2;
}

/// <summary>Whose or what an account is. <c>World</c>, <c>Issued</c> and <c>Mint</c> are where yen, tickets and minutes come from.</summary>
public enum AccountRole
{
    [Display(Name = "団体の外")] World,
    [Display(Name = "謝礼にあてるお金")] Fund,
    [Display(Name = "団体の運営費")] Own,
    [Display(Name = "発行元")] Issued,
    [Display(Name = "まだ売っていない券")] Stock,
    [Display(Name = "廃棄した券")] Void,
    [Display(Name = "期限切れ")] Expired,
    [Display(Name = "精算ずみの券")] Redeemed,
    [Display(Name = "点数の発行元")] Mint,
    [Display(Name = "手持ち")] Holding,
    [Display(Name = "予約中")] Held,
    [Display(Name = "受け取り")] Earned,
    [Display(Name = "月ごとの請求")] Bill,
}

/// <summary>One owner's amount of one unit. Written by the database alone (app.post_entries); never below zero, but for 請求 down to its limit.</summary>
[NotAudited]
public class LedgerAccount : TownRecord
{
    public Guid GroupId { get; private set; }
    public AccountRole Role { get; private set; }
    public Guid? MemberId { get; private set; }
    public short Unit { get; private set; }
    public long Credit { get; private set; }
    public long Balance { get; private set; }
}

/// <summary>What was posted together; its id is the idempotency key.</summary>
[NotAudited]
public class LedgerPosting : TownRecord
{
    public Guid GroupId { get; private set; }
    public DateTimeOffset PostedAt { get; private set; }
    public Guid? AccountId { get; private set; }
    public string ByName { get; private set; } = "";
}

/// <summary>Why an amount moved.</summary>
public enum EntryKind
{
    [Display(Name = "発行")] Issue,
    [Display(Name = "販売")] Sale,
    [Display(Name = "予約")] Hold,
    [Display(Name = "予約の取消")] Release,
    [Display(Name = "利用")] Use,
    [Display(Name = "実費")] Cost,
    [Display(Name = "団体の分")] Share,
    [Display(Name = "廃棄")] Void,
    [Display(Name = "精算")] Redeem,
    [Display(Name = "返金")] Refund,
    [Display(Name = "期限切れ")] Expire,
    [Display(Name = "会費")] Fee,
    [Display(Name = "寄付")] Donation,
    [Display(Name = "入金・支払い")] Payment,
    [Display(Name = "繰り越し")] Opening,
    [Display(Name = "訂正")] Correct,
}

/// <summary>One line of the books: an amount from one account to another of the same group and unit. Only added to.</summary>
[NotAudited]
public class LedgerEntry : TownRecord
{
    public long No { get; private set; }
    public Guid GroupId { get; private set; }
    public Guid PostingId { get; private set; }
    public EntryKind Kind { get; private set; }
    public short Unit { get; private set; }
    public Guid FromId { get; private set; }
    public Guid ToId { get; private set; }
    public long Amount { get; private set; }
    /// <summary>When the help was given or the money changed hands; figures count by it.</summary>
    public DateOnly ServiceDate { get; private set; }
    /// <summary>First day of the month of the books: that of the service date, or the open one when that was closed.</summary>
    public DateOnly Month { get; private set; }
    public DateTimeOffset PostedAt { get; private set; }
    public string ByName { get; private set; } = "";
    public Guid? VisitId { get; private set; }
    public Guid? SettlementId { get; private set; }
    public int? Minutes { get; private set; }
    /// <summary>Numbers of paper tickets.</summary>
    public int[]? Serials { get; private set; }
    public Guid? Reverses { get; private set; }
    public string Note { get; private set; } = "";

    /// <summary>A correction may take it back: not what is corrected already by its own way.</summary>
    public bool IsCorrectable => Reverses is null && SettlementId is null && Kind is not (EntryKind.Issue or EntryKind.Hold or EntryKind.Release);
}

/// <summary>What one report of a visit cost.</summary>
[NotAudited]
public class Settlement : TownRecord
{
    public Guid GroupId { get; private set; }
    public Guid PostingId { get; private set; }
    public Guid ReportId { get; private set; }
    public Guid? VisitId { get; private set; }
    public Guid UserId { get; private set; }
    public Guid[] HelperIds { get; private set; } = [];
    public DateOnly ServiceDate { get; private set; }
    public int Minutes { get; private set; }
    /// <summary>Minutes of all helpers that were paid for, after rounding.</summary>
    public int PaidMinutes { get; private set; }
    public string CategoryCode { get; private set; } = "";
    public Guid TariffId { get; private set; }
    public Guid? ReversedBy { get; private set; }
}

public class LedgerEntryMapping : IEntityTypeConfiguration<LedgerEntry>
{
    public void Configure(EntityTypeBuilder<LedgerEntry> builder) => builder.Property(entry => entry.No).ValueGeneratedOnAdd();
}
