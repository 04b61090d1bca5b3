using Attractor.Cli;

return await CommandLine.RunAsync(args).ConfigureAwait(false);
