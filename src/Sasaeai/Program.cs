using Sasaeai.Commands;

return await CommandLine.RunAsync(args);
