using System.Globalization;
using System.Text.Json;
using Sasaeai.Bench.Generation;
using Sasaeai.Bench.Load;
using Sasaeai.Web;

namespace Sasaeai.Bench;

/// <summary>Floor and product in turn, some rounds; the medians beside the budgets.</summary>
public static class PageRun
{
    private sealed record Measured(LoadResult Load, double AppMicroseconds, double DatabaseMicroseconds);

    private sealed record Line(string Name, Measured Product, Measured Floor, double? Budget, double LeastShare)
    {
        public double Share => Product.Load.PerSecond / Floor.Load.PerSecond;
        public bool Keeps => Product.Load.Wrong == 0 && (Budget is null || Product.Load.P95 <= Budget) && Share >= LeastShare;
    }

    public static async Task RunAsync(Settings settings, double seconds, int connections, int rounds, string? only, string? json)
    {
        await using var owner = settings.Owner();
        var places = await Scenario.PlacesAsync(owner);
        await using var floor = await Child.ServerAsync("floor", settings.Name());
        await using var product = await Child.ServerAsync("product", settings.Name());
        using var client = new HttpClient { BaseAddress = product.Url };
        var lines = new List<Line>();
        Console.WriteLine($"{"",-22}{"req/s",8}{"p50 ms",8}{"p95 ms",8}{"p99 ms",8}{"app µs",8}{"db µs",8}{"KB",6}{"  floor",10}{"app µs",8}{"db µs",8}{"KB",6}{"share",8}  budget");
        foreach (var scenario in Scenario.All.Where(scenario => only is null || scenario.Name.StartsWith(only, StringComparison.Ordinal)))
        {
            var random = new Random(1);
            var paths = Enumerable.Range(0, 2000).Select(_ => scenario.Path(random.Pick(places), random)).ToList();
            var status = (int)(await client.GetAsync(paths[0])).StatusCode;
            if (status != scenario.Status)
            {
                Console.WriteLine($"{scenario.Name,-22} {paths[0]} answers {status}: not measured");
                continue;
            }

            var floorPaths = places.Select(place => $"/{(scenario.Cached ? "cached-rows" : "rows")}/{place.Id}").ToList();
            for (var asked = 0.0; asked < 3 * paths.Count;)     // towns are loaded, code is compiled and compiled again by profile
            {
                asked += 2 * (await product.LoadAsync(paths, 2, connections, scenario.Status)).PerSecond;
            }

            await floor.LoadAsync(floorPaths, 1, connections);
            var (ofFloor, ofProduct) = (new List<Measured>(), new List<Measured>());
            for (var round = 0; round < rounds; round++)
            {
                ofFloor.Add(await MeasureAsync(floor, floorPaths, 200));
                ofProduct.Add(await MeasureAsync(product, paths, scenario.Status));
            }

            var line = new Line(scenario.Name, Median(ofProduct), Median(ofFloor), scenario.Budget, scenario.LeastShare);
            lines.Add(line);
            var (p, f) = (line.Product, line.Floor);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{line.Name,-22}{p.Load.PerSecond,8:N0}{p.Load.P50,8:N1}{p.Load.P95,8:N1}{p.Load.P99,8:N1}{p.AppMicroseconds,8:N0}{p.DatabaseMicroseconds,8:N0}{p.Load.Bytes / 1000,6:N0}{f.Load.PerSecond,10:N0}{f.AppMicroseconds,8:N0}{f.DatabaseMicroseconds,8:N0}{f.Load.Bytes / 1000,6:N0}{line.Share,8:N2}  {(line.Budget is { } most ? $"p95 ≤ {most} ms, " : "")}share ≥ {line.LeastShare}: {(line.Keeps ? "kept" : "MISSED")}"));
        }

        Console.WriteLine($"memory of the program: {product.ResidentBytes / 1e6:N0} MB, at most {product.PeakBytes / 1e6:N0} MB; load average {File.ReadAllText("/proc/loadavg").Split(' ')[0]}");
        if (json is not null)
        {
            await File.WriteAllTextAsync(json, JsonSerializer.Serialize(lines, new JsonSerializerOptions { WriteIndented = true }));
        }

        async Task<Measured> MeasureAsync(Child server, IReadOnlyList<string> paths, int status)
        {
            var (app, database) = (server.Time, ProcessTime.OfDatabase(settings.Name()));
            var load = await server.LoadAsync(paths, seconds, connections, status);
            var requests = Math.Max(1, load.PerSecond * seconds);
            return new Measured(load, (server.Time - app).Microseconds / requests, (ProcessTime.OfDatabase(settings.Name()) - database).Microseconds / requests);
        }
    }

    private static Measured Median(List<Measured> rounds)
    {
        double Of(Func<Measured, double> value) => rounds.Select(value).Order().ElementAt(rounds.Count / 2);
        return new Measured(
            new LoadResult(Of(m => m.Load.PerSecond), Of(m => m.Load.P50), Of(m => m.Load.P95), Of(m => m.Load.P99), Of(m => m.Load.Bytes), rounds.Sum(m => m.Load.Wrong)),
            Of(m => m.AppMicroseconds), Of(m => m.DatabaseMicroseconds));
    }
}
