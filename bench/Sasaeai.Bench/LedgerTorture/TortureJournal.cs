using System.Collections.Concurrent;
using Npgsql;

namespace Sasaeai.Bench.LedgerTorture;

/// <summary>What the workers were told, to be compared with what is in the books.</summary>
public sealed class TortureJournal
{
    private readonly ConcurrentDictionary<Guid, Told> told = new();
    private readonly ConcurrentBag<Guid> twice = [];
    private int operations;

    public int Operations => operations;
    public int Posted => told.Count(one => one.Value is Told.Posted or Told.Again);
    public int Refused => told.Count(one => one.Value == Told.Refused);

    public void Tell(Told what, Guid key)
    {
        if (what != Told.Try)
        {
            Interlocked.Increment(ref operations);
        }

        if (what == Told.Posted && told.TryGetValue(key, out var earlier) && earlier is Told.Posted or Told.Again)
        {
            twice.Add(key);
        }

        // What is there stays there. Any other answer holds until the key is tried again: that try may be committed without having been told.
        told.AddOrUpdate(key, what, (_, before) => IsThere(before) ? before : what);
    }

    private static bool IsThere(Told what) => what is Told.Posted or Told.Again or Told.Taken;

    /// <summary>Keys that were confirmed, or refused because of other content, and are not in the books; or refused by a rule and there.</summary>
    public async Task<IReadOnlyList<string>> FaultsAsync(NpgsqlDataSource owner, int townId)
    {
        var there = (await owner.ListAsync("select id from app.ledger_posting where municipality_id = $1", row => row.GetGuid(0), townId)).ToHashSet();
        return [.. twice.Select(key => $"{key}: posted twice"), .. told.Where(one => IsThere(one.Value) && !there.Contains(one.Key)).Select(one => $"{one.Key}: confirmed and lost"),
            .. told.Where(one => one.Value == Told.Refused && there.Contains(one.Key)).Select(one => $"{one.Key}: refused and posted"),
            .. there.Where(key => !told.ContainsKey(key)).Select(key => $"{key}: nobody asked for it")];
    }
}
