using System.CommandLine;
using Sasaeai.Bench;
using Sasaeai.Bench.Floor;
using Sasaeai.Bench.Generation;
using Sasaeai.Bench.Help;
using Sasaeai.Bench.LedgerTorture;
using Sasaeai.Bench.Load;
using Sasaeai.Bench.Plan;
using Sasaeai.Bench.Work;

// docs/performance.md tells how to use it and what the numbers mean.
var db = new Option<string?>("--db") { Description = "Database name; default: the one of SASAEAI_DB and SASAEAI_OWNER_DB", Recursive = true };
var towns = new Option<int>("--towns") { DefaultValueFactory = _ => 1741 };
var resources = new Option<int>("--resources") { DefaultValueFactory = _ => 1_000_000 };
var large = new Option<int>("--large") { Description = "Rows of one more town, /large/, for feeds and imports", DefaultValueFactory = _ => 0 };
var seed = new Option<int>("--seed") { DefaultValueFactory = _ => 1 };
var seconds = new Option<double>("--seconds") { DefaultValueFactory = _ => 8 };
var connections = new Option<int>("--connections") { DefaultValueFactory = _ => 16 };
var rounds = new Option<int>("--rounds") { DefaultValueFactory = _ => 3 };
var only = new Option<string?>("--only") { Description = "Only scenarios whose name begins with this" };
var json = new Option<string?>("--json") { Description = "File for the results" };
var sizes = new Option<int[]>("--rows") { AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [10_000, 100_000, 1_000_000] };
var status = new Option<int>("--status") { DefaultValueFactory = _ => 200 };
var url = new Option<string>("--url") { Required = true };

var generate = new Command("generate", "Fill an empty database with towns and resources") { towns, resources, large, seed };
generate.SetAction((parsed, cancellation) => Generator.RunAsync(Database.Of(parsed.GetValue(db)), parsed.GetValue(towns), parsed.GetValue(resources), parsed.GetValue(large), parsed.GetValue(seed), cancellation));

var run = new Command("run", "Measure the pages of the running program beside the floor") { seconds, connections, rounds, only, json };
run.SetAction((parsed, _) => PageRun.RunAsync(Database.Of(parsed.GetValue(db)), parsed.GetValue(seconds), parsed.GetValue(connections), parsed.GetValue(rounds), parsed.GetValue(only), parsed.GetValue(json)));

var search = new Command("search", "Measure searching in memory, in this process, for towns of several sizes");
search.SetAction((parsed, _) => SearchRun.RunAsync(Database.Of(parsed.GetValue(db))));

var grams = new Command("grams", "Measure the alternative: the same searches by a GIN index of bigrams in the database");
grams.SetAction((parsed, _) => GramsRun.RunAsync(Database.Of(parsed.GetValue(db))));

var growth = new Command("sizes", "Generate and measure several sizes of database, to see how cost grows") { sizes, seed };
growth.SetAction((parsed, cancellation) => SizesRun.RunAsync(Database.Of(parsed.GetValue(db)), parsed.GetValue(sizes)!, parsed.GetValue(seed), cancellation));

var feed = new Command("feed", "Measure time and memory of the program while it sends one long answer") { new Argument<string>("path") };
feed.SetAction((parsed, _) => MemoryRun.FeedAsync(Database.Of(parsed.GetValue(db)), parsed.GetValue<string>("path")!));

var command = new Command("command", "Measure time and peak memory of a command of the program, such as: command -- import …") { new Argument<string[]>("words") };
command.SetAction((parsed, _) => MemoryRun.CommandAsync(Database.Of(parsed.GetValue(db)), parsed.GetValue<string[]>("words")!));

// The processes that the commands above start.
var product = new Command("product") { url };
product.Hidden = true;
product.SetAction((parsed, _) => Child.ServeAsync(Sasaeai.Web.WebServer.Build(Database.Of(parsed.GetValue(db)) with { Urls = parsed.GetValue(url)! })));
var floor = new Command("floor") { url };
floor.Hidden = true;
floor.SetAction((parsed, _) => Child.ServeAsync(FloorServer.Build(Database.Of(parsed.GetValue(db)), parsed.GetValue(url)!)));
var load = new Command("load") { url, seconds, connections, status };
load.Hidden = true;
load.SetAction((parsed, _) => LoadGenerator.RunAsync(new Uri(parsed.GetValue(url)!), parsed.GetValue(seconds), parsed.GetValue(connections), parsed.GetValue(status)));

return await new RootCommand("Measures ささえあい") { db, generate, run, search, grams, growth, feed, command, PlanCommand.Command(), HelpRun.Command(db), TortureRun.Command(), WorkCommand.Command(db), product, floor, load }.Parse(args).InvokeAsync();
