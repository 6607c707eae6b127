using System.CommandLine;
using Sasaeai.Bench.Plan;

return await new RootCommand("Measures ささえあい") { PlanCommand.Command() }.Parse(args).InvokeAsync();
