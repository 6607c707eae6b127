using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;

namespace Sasaeai.Features.Accounts;

public static class Administration
{
    /// <summary>The town keeps an administrator after those who end on that day. Endings wait for each other, so two administrators cannot end each other at once.</summary>
    public static async Task RequireAdministratorAfterAsync(this AppDb db, DateOnly day, Expression<Func<Membership, bool>> ending)
    {
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtext('administration'), {db.TownId})");
        var administrators = db.Memberships.Where(membership => membership.Role == Role.Administrator && (membership.EndsOn == null || membership.EndsOn > day)
            && db.Accounts.Any(account => account.Id == membership.AccountId && account.ClosedAt == null));
        var ended = administrators.Where(ending).Select(membership => membership.Id);
        Rule.Require(
            !await ended.AnyAsync() || await administrators.AnyAsync(membership => !ended.Contains(membership.Id)),
            "管理者がいなくなるため、終わりにできません。先に、ほかの人に管理者の役割を付けてください。");
    }
}
