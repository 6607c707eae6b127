using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Resources;

namespace Sasaeai.Features.HelperLinks;

/// <summary>A helper's own page, opened without a password by an address that only the helper has.</summary>
public class HelperLink : TownRecord
{
    public static readonly TimeSpan Valid = TimeSpan.FromDays(180);

    public required Guid GroupId { get; init; }
    public required Guid MemberId { get; init; }
    /// <summary>SHA-256 of the token; the token itself is only on the paper or in the mail.</summary>
    [Secret] public required byte[] TokenDigest { get; init; }
    public required DateTimeOffset MadeAt { get; init; }
    public required string ByName { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? OpenedAt { get; set; }
    public DateTimeOffset? EndedAt { get; private set; }

    public bool IsOpenAt(DateTimeOffset now) => EndedAt is null && now < ExpiresAt;

    /// <summary>A newer link takes its place, or the helper left.</summary>
    public void End(DateTimeOffset now) => EndedAt ??= now;

    /// <summary>The member's link answers no more, once this is saved.</summary>
    public static async Task EndAsync(AppDb db, Guid memberId, DateTimeOffset now)
    {
        foreach (var link in await db.HelperLinks.Where(link => link.MemberId == memberId && link.EndedAt == null).ToListAsync())
        {
            link.End(now);
        }
    }

    /// <summary>A new link; the earlier one answers no more.</summary>
    /// <returns>The token, which is stored nowhere.</returns>
    public static async Task<string> MakeAsync(AppDb db, Guid groupId, Guid memberId, string byName, DateTimeOffset now, string? token = null)
    {
        await EndAsync(db, memberId, now);
        await db.SaveChangesAsync();        // the database allows one current link
        token ??= ConfirmationRequest.NewToken();
        db.HelperLinks.Add(new HelperLink { GroupId = groupId, MemberId = memberId, TokenDigest = ConfirmationRequest.Digest(token), MadeAt = now, ByName = byName, ExpiresAt = now + Valid });
        await db.SaveChangesAsync();
        return token;
    }
}
