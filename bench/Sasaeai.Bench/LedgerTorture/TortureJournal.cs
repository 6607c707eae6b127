using System.Collections.Concurrent;
using Npgsql;

namespace Sasaeai.Bench.LedgerTorture;

/// <summary>What the workers were told, to be compared with what is in the books.</summary>
public sealed class TortureJournal
{
    private readonly ConcurrentDictionary<Guid, Told> told = new();
    private readonly ConcurrentDictionary<Guid, int> tries = new();
    private readonly ConcurrentBag<Guid> twice = [];
    private int operations;

    public int Operations => operations;
    public int Posted => told.Count(one => one.Value is Told.Posted or Told.Again);
    public int Refused => told.Count(one => one.Value == Told.Refused);

    public void Tell(Told what, Guid key)
    {
        if (what == Told.Try)
        {
            tries.AddOrUpdate(key, 1, (_, before) => before + 1);
        }
        else
        {
            Interlocked.Increment(ref operations);
        }

        if (what == Told.Posted && told.TryGetValue(key, out var earlier) && earlier is Told.Posted or Told.Again)
        {
            twice.Add(key);
        }

        // Posted once is posted: what is said later of the key is of a second try with other content.
        told.AddOrUpdate(key, what, (_, before) => before is Told.Posted or Told.Again ? before : what == Told.Try ? before : what);
    }

    /// <summary>
    /// Keys that were confirmed but are not in the books, or were refused but are there. A worker that is killed after its commit
    /// cannot tell; the next one tries the key again, by then with other content, and is rightly refused: such a key was tried more than once.
    /// </summary>
    public async Task<IReadOnlyList<string>> FaultsAsync(NpgsqlDataSource owner, int townId)
    {
        var there = (await owner.ListAsync("select id from app.ledger_posting where municipality_id = $1", row => row.GetGuid(0), townId)).ToHashSet();
        return [.. twice.Select(key => $"{key}: posted twice"), .. told.Where(one => one.Value is Told.Posted or Told.Again && !there.Contains(one.Key)).Select(one => $"{one.Key}: confirmed and lost"),
            .. told.Where(one => one.Value == Told.Refused && tries.GetValueOrDefault(one.Key) == 1 && there.Contains(one.Key)).Select(one => $"{one.Key}: refused and posted"),
            .. there.Where(key => !told.ContainsKey(key)).Select(key => $"{key}: nobody asked for it")];
    }
}
