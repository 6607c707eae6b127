using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Resources;

namespace Sasaeai.Features.Confirmations;

/// <summary>A link that an operator opened. Whoever holds it acts as the operator, also a signed-in person.</summary>
/// <param name="Closed">Why nothing can be answered here any more; null while it can.</param>
public sealed record ConfirmationLink(ConfirmationRequest? Request, Resource? Resource, string? Closed)
{
    /// <summary>An unknown token looks like any other link that cannot be used.</summary>
    public static async Task<ConfirmationLink> OpenAsync(AppDb db, AuditTrail trail, string token, DateTimeOffset now)
    {
        trail.Actor = Actor.Operator;
        var digest = ConfirmationRequest.Digest(token);
        var request = await db.ConfirmationRequests.SingleOrDefaultAsync(request => request.TokenDigest == digest);
        if (request is null)
        {
            return new(null, null, "この確認リンクは使えません。お手数ですが、担当の窓口へお電話ください。");
        }

        var resource = await db.GetAsync<Resource>(request.ResourceId);
        if (request.AnsweredAt is not null)
        {
            return new(request, resource, "この確認リンクは回答ずみです。ありがとうございました。");
        }

        if (now >= request.ExpiresAt)
        {
            return new(request, resource, "この確認リンクは期限が過ぎています。お手数ですが、担当の窓口へお電話ください。");
        }

        request.OpenedAt ??= now;
        trail.Looked("resource", resource.Id, "確認リンク");
        await db.SaveChangesAsync();
        return new(request, resource, null);
    }

    public bool IsUnknown => Request is null;

    /// <summary>The operator proposes; staff decide.</summary>
    public Revision Propose(RevisionKind kind, ResourceContent content, int baseVersion, string note, DateTimeOffset now) => new()
    {
        ResourceId = Resource!.Id,
        Kind = kind,
        BaseVersion = baseVersion,
        Content = content,
        Source = RevisionSource.Operator,
        ByName = Actor.Operator.Name,
        Note = note,
        VerifiedHow = kind == RevisionKind.Change ? VerificationWay.Operator : null,
        CreatedAt = now,
    };
}
