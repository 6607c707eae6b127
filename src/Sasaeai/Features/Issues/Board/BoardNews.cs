using System.Collections.Concurrent;
using System.Globalization;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;
using Sasaeai.Data;

namespace Sasaeai.Features.Issues.Board;

/// <summary>
/// Tells the open boards of a town that a card changed, whichever process changed it. Only the moment is told: what the
/// board shows is read again, so that it is always what the database says and what this person may see.
/// </summary>
public sealed class BoardNews(NpgsqlDataSource data, ILogger<BoardNews> log) : BackgroundService
{
    public const string Channel = "issues";
    private readonly ConcurrentDictionary<Guid, Board> boards = new();

    private sealed record Board(int Town, Channel<string> News);

    /// <summary>Stamps of changes of the town from now on. A board that does not read loses all but the newest.</summary>
    public Subscription Subscribe(int town)
    {
        var (key, board) = (Guid.NewGuid(), new Board(town, System.Threading.Channels.Channel.CreateBounded<string>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest })));
        boards[key] = board;
        return new Subscription(board.News.Reader, () => boards.TryRemove(key, out _));
    }

    public sealed record Subscription(ChannelReader<string> News, Action End) : IDisposable
    {
        public void Dispose() => End();
    }

    protected override Task ExecuteAsync(CancellationToken stop) => Notifications.ListenAsync(data, Channel, Hear, TellAll, End, stop);

    private void Hear(string payload)
    {
        var comma = payload.IndexOf(',', StringComparison.Ordinal);
        Tell(int.Parse(payload.AsSpan(0, comma), CultureInfo.InvariantCulture), payload[(comma + 1)..]);
    }

    /// <summary>What was told while nobody listened is unknown: every board reads again.</summary>
    private void TellAll() => Tell(null, "again");

    private void Tell(int? town, string stamp)
    {
        foreach (var board in boards.Values.Where(board => town is null || board.Town == town))
        {
            board.News.Writer.TryWrite(stamp);
        }
    }

    private void End(Exception? error)
    {
        if (error is not null)
        {
            log.LogWarning("The database's notifications cannot be heard ({Reason}); boards do not follow until they can.", error.GetType().Name);
        }
    }
}

/// <summary>Announces each change of an issue with the commit of its transaction.</summary>
public sealed class BoardAnnouncement : SaveChangesInterceptor
{
    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData data, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        var db = (AppDb)data.Context!;
        var changed = db.ChangeTracker.Entries<Issue>().Where(entry => entry.State is EntityState.Added or EntityState.Modified).Select(entry => entry.Entity.ChangedAt).ToList();
        if (changed.Count > 0)
        {
            var payload = $"{db.TownId},{changed.Max().ToUnixTimeMilliseconds()}";
            await db.Database.ExecuteSqlAsync($"select pg_notify({BoardNews.Channel}, {payload})", cancellationToken);
        }

        return result;
    }
}
