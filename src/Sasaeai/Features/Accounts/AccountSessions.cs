using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;

namespace Sasaeai.Features.Accounts;

/// <summary>Ending sign-ins on devices.</summary>
public static class AccountSessions
{
    /// <summary>Ends all open sessions of the account but the one to keep.</summary>
    public static async Task EndSessionsAsync(this AppDb db, Guid accountId, DateTimeOffset now, Guid? except = null)
    {
        foreach (var session in await db.AccountSessions.Where(session => session.AccountId == accountId && session.EndedAt == null && session.Id != except).ToListAsync())
        {
            session.EndedAt = now;
        }

        await db.SaveChangesAsync();
    }
}
