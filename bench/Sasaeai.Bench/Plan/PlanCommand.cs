using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Sasaeai.Features.WeeklyPlans.Planning;

namespace Sasaeai.Bench.Plan;

/// <summary>Measures the planner on published instances, on generated weeks and on the ranking of candidates.</summary>
public static class PlanCommand
{
    /// <summary>Steps that one core of the machine of docs/decisions/planner.md makes in 0.82 seconds, so that the clock seldom ends a run.</summary>
    const double StepsPerSecond = 1_000_000;
    const int WeekSteps = 1_000_000;

    static readonly JsonSerializerOptions Written = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    sealed record Solved(double Cost, double? BestKnown, bool Proven, object Solution, string Note);

    public static Command Command()
    {
        var format = new Option<string>("--format") { Description = "hhcrsp, gap, week (FILE is VISITSxHELPERS) or candidates (FILE is the number of members)", Required = true };
        format.AcceptOnlyFromAmong("hhcrsp", "gap", "week", "candidates");
        var files = new Argument<string[]>("FILE") { Arity = ArgumentArity.OneOrMore };
        var seconds = new Option<double>("--seconds") { Description = "For each instance, on one core", DefaultValueFactory = _ => 10 };
        var seed = new Option<int>("--seed") { DefaultValueFactory = _ => 1 };
        var output = new Option<string?>("--out") { Description = "Folder for the solutions as JSON" };
        var command = new Command("plan", "Plan instances and compare with the best known cost") { format, files, seconds, seed, output };
        command.SetAction(parsed => Run(parsed.GetValue(format)!, parsed.GetValue(files)!, parsed.GetValue(seconds), parsed.GetValue(seed), parsed.GetValue(output)));
        return command;
    }

    static int Run(string format, string[] files, double seconds, int seed, string? output)
    {
        Console.WriteLine($"{"instance",-28}{"cost",12}{"best known",12}{"gap %",9}{"seconds",9}  note");
        var gaps = new List<double>();
        var optimal = 0;
        foreach (var file in files)
        {
            var watch = Stopwatch.StartNew();
            using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(seconds * 0.98));
            var solved = format switch
            {
                "hhcrsp" => SolveHhcrsp(file, seconds, seed, stop.Token),
                "gap" => SolveGap(file, seed, stop.Token),
                "week" => SolveWeek(file, seed, stop.Token),
                _ => RankCandidates(int.Parse(file, CultureInfo.InvariantCulture), seed),
            };
            var elapsed = watch.Elapsed.TotalSeconds;
            var gap = solved.BestKnown is { } best ? (solved.Cost / best - 1) * 100 : (double?)null;
            if (gap is { } known)
            {
                gaps.Add(known);
                optimal += known < 1e-6 ? 1 : 0;
            }
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileNameWithoutExtension(file),-28}{solved.Cost,12:0.000}{solved.BestKnown,12:0.###}{gap,9:0.000}{elapsed,9:0.00}  {solved.Note}"));
            if (output is not null)
            {
                System.IO.Directory.CreateDirectory(output);
                File.WriteAllText(Path.Combine(output, $"{Path.GetFileNameWithoutExtension(file)}.json"), JsonSerializer.Serialize(new { instance = Path.GetFileNameWithoutExtension(file), seed, cost = solved.Cost, seconds = elapsed, solution = solved.Solution }, Written));
            }
        }
        if (gaps.Count > 0)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{gaps.Count} instances: mean gap {gaps.Average():0.000} %, {optimal} not above the best known"));
        }
        return 0;
    }

    static Solved SolveHhcrsp(string file, double seconds, int seed, CancellationToken stop)
    {
        var problem = Hhcrsp.Read(file);
        var plan = Planner.Plan(problem, new PlanEffort((long)(seconds * StepsPerSecond), (ulong)seed, stop));
        Check(problem, plan);
        return new Solved(Math.Round(plan.Cost, 6), BestKnown(Path.Combine(Path.GetDirectoryName(file)!, "best_known.csv"), Path.GetFileNameWithoutExtension(file), 2), false, plan.Helpers, "");
    }

    static Solved SolveGap(string file, int seed, CancellationToken stop)
    {
        var instance = GapInstance.Read(file);
        var result = MinuteAssignment.Solve(instance.Cost, instance.Minutes, instance.Limit, (ulong)seed, nodes: int.MaxValue, stop)
            ?? throw new InvalidOperationException($"No assignment found for {file}.");
        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        var best = BestKnown(Path.Combine(folder, "..", "data.csv"), $"{Path.GetFileName(folder)}/{Path.GetFileName(file)}", 6);
        var solution = Enumerable.Range(0, instance.Limit.Length).Select(helper => new { helper = helper + 1, jobs = Enumerable.Range(0, result.HelperOf.Length).Where(job => result.HelperOf[job] == helper).Select(job => job + 1) });
        return new Solved(result.Cost, best, result.Proven, solution, result.Proven ? "proven optimal" : "");
    }

    static Solved SolveWeek(string size, int seed, CancellationToken stop)
    {
        var numbers = size.Split('x').Select(int.Parse).ToArray();
        var problem = GeneratedWeek.Make(numbers[0], numbers[1], seed);
        var plan = Planner.Plan(problem, new PlanEffort(WeekSteps, (ulong)seed, stop));
        Check(problem, plan);
        var named = plan.Unserved.Count(unserved => unserved.Relaxation is not null);
        return new Solved(plan.Cost, null, plan.Exact, plan, $"{numbers[0] - plan.Unserved.Count} made, {plan.Unserved.Count} not, {named} of these with a relaxation");
    }

    static Solved RankCandidates(int members, int seed)
    {
        var problem = GeneratedWeek.Make(200, members, seed);
        var promised = problem.Helpers.Where((_, h) => h % 3 == 0 && problem.Helpers[h].Slots.Count > 0).ToDictionary(helper => helper.Id, helper => new Promised([new PromisedVisit(helper.Slots[0].Starts, helper.Slots[0].Starts + 30, helper.Home)]));
        var times = problem.Visits.Select(visit =>
        {
            var watch = Stopwatch.GetTimestamp();
            CandidateRanking.Rank(problem, visit, visit.Duties[0], promised);
            return Stopwatch.GetElapsedTime(watch).TotalMilliseconds;
        }).Skip(20).Order().ToArray();
        return new Solved(times[times.Length / 2], null, false, times, string.Create(CultureInfo.InvariantCulture, $"cost is the median in ms; 95 of 100 below {times[(int)(times.Length * 0.95)]:0.0} ms"));
    }

    static void Check(PlanProblem problem, WeeklyPlan plan)
    {
        if (PlanCheck.Faults(problem, plan) is { Count: > 0 } faults)
        {
            throw new InvalidOperationException($"The plan breaks hard limits: {string.Join("; ", faults)}");
        }
    }

    static double? BestKnown(string table, string instance, int column) =>
        !File.Exists(table) ? null
        : File.ReadLines(table).Select(line => line.Split(',')).FirstOrDefault(cells => cells[0] == instance) is { } row ? double.Parse(row[column], CultureInfo.InvariantCulture) : null;
}
