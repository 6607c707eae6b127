using Sasaeai.Bench.Generation;
using Sasaeai.Web;

namespace Sasaeai.Bench;

/// <summary>The same measurements on databases of several sizes, each made when it is missing.</summary>
public static class SizesRun
{
    private const int MeanTown = 574;

    public static async Task RunAsync(Settings settings, int[] sizes, int seed, CancellationToken cancellation)
    {
        foreach (var rows in sizes)
        {
            var sized = settings.Named($"{settings.Name()}_{rows}");
            if (!await sized.ExistsAsync())
            {
                await Generator.RunAsync(sized, Math.Max(3, rows / MeanTown), rows, 0, seed, cancellation);
            }

            await using var owner = sized.Owner();
            var size = await owner.ListAsync("""
                select format('%s rows: %s with indexes (app.resource %s + %s, published.resource %s + %s)', (select count(*) from published.resource), pg_size_pretty(pg_database_size(current_database())),
                  pg_size_pretty(pg_table_size('app.resource')), pg_size_pretty(pg_indexes_size('app.resource')), pg_size_pretty(pg_table_size('published.resource')), pg_size_pretty(pg_indexes_size('published.resource')))
                """, row => row.GetString(0));
            Console.WriteLine($"\n== {size[0]}");
            await SearchRun.RunAsync(sized);
            await PageRun.RunAsync(sized, 3, 16, 1, null, null);
        }
    }
}
