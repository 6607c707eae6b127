using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sasaeai.Data;

namespace Sasaeai.Features.Resources;

public enum SentHow { Mail, Letter }

public enum ConfirmationAnswer { Confirmed, Corrected, Ended }

/// <summary>An operator is asked to look at its record, by a link that needs no account.</summary>
public class ConfirmationRequest : TownRecord
{
    public required Guid ResourceId { get; init; }
    /// <summary>SHA-256 of the token; the token itself is only in the letter or the mail.</summary>
    [Secret] public required byte[] TokenDigest { get; init; }
    public required SentHow SentHow { get; init; }
    public required DateTimeOffset SentAt { get; init; }
    public required string SentBy { get; init; }
    public required DateTimeOffset ExpiresAt { get; set; }
    public DateTimeOffset? OpenedAt { get; set; }
    public DateTimeOffset? AnsweredAt { get; private set; }
    public ConfirmationAnswer? Answer { get; private set; }

    /// <summary>26 letters and digits without those that look alike: 128 bits.</summary>
    public static string NewToken() => string.Create(26, RandomNumberGenerator.GetBytes(26), static (text, bytes) =>
    {
        for (var i = 0; i < text.Length; i++)
        {
            text[i] = "abcdefghjkmnpqrstvwxyz0123456789"[bytes[i] & 31];
        }
    });

    public static byte[] Digest(string token) => SHA256.HashData(Encoding.ASCII.GetBytes(token.ToLowerInvariant()));

    /// <summary>A newer letter or mail takes its place: a link that got lost answers no more.</summary>
    public void Replace(DateTimeOffset now) => ExpiresAt = now < ExpiresAt ? now : ExpiresAt;

    public void Record(ConfirmationAnswer answer, DateTimeOffset now)
    {
        Rule.Require(AnsweredAt is null, "この確認リンクはすでに回答されています。ありがとうございました。");
        Rule.Require(now < ExpiresAt, "この確認リンクは期限が過ぎています。お手数ですが、担当の窓口へお電話ください。");
        (Answer, AnsweredAt) = (answer, now);
    }
}

public class ConfirmationRequestMapping : IEntityTypeConfiguration<ConfirmationRequest>
{
    public void Configure(EntityTypeBuilder<ConfirmationRequest> builder) => builder.Property<uint>("xmin").IsRowVersion();   // answered once, also when pressed twice
}
