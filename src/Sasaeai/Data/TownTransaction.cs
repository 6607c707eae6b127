using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Sasaeai.Features.Directory;

namespace Sasaeai.Data;

/// <summary>
/// The one transaction of a request or command, in which row security shows one town's rows. At its end the
/// records that changed are published and the audit entries appended; all of it is committed together.
/// </summary>
public sealed class TownTransaction(AppDb db, CurrentTown town, AuditTrail trail, Publisher publisher, DirectoryVersions versions)
{
    private IDbContextTransaction? transaction;

    /// <summary>Commit although the answer is an error: a failed sign-in must be counted.</summary>
    public bool KeepOnError { get; set; }

    public bool IsOpen => transaction is not null;

    public async Task BeginAsync(Municipality municipality, CancellationToken cancellation = default)
    {
        town.Municipality = municipality;
        transaction = await db.Database.BeginTransactionAsync(cancellation);
        await ((NpgsqlConnection)db.Database.GetDbConnection()).EnterTownAsync(municipality.Id, cancellation);
    }

    public async Task CommitAsync()
    {
        if (transaction is null)
        {
            return;
        }

        var version = await publisher.PublishChangedAsync();
        await trail.AppendAsync(db);
        await transaction.CommitAsync();
        await EndAsync();
        if (version is { } published)
        {
            versions.Announce(town.Id, published);
        }
    }

    /// <summary>Ends without a commit, which rolls back; it does not fail when the connection is gone, for this happens while the error page is sent.</summary>
    public Task RollbackAsync() => transaction is null ? Task.CompletedTask : EndAsync();

    /// <summary>Undoes what was written, but not that it was seen: a page shown again with its errors still shows people.</summary>
    public async Task RollbackButLooksAsync()
    {
        if (transaction is null)
        {
            return;
        }

        await RollbackAsync();
        if (trail.KeepLooks())
        {
            await BeginAsync(town.Municipality);
            await trail.AppendAsync(db);
            await transaction!.CommitAsync();
            await EndAsync();
        }
    }

    private async Task EndAsync()
    {
        await transaction!.DisposeAsync();
        transaction = null;
    }
}
