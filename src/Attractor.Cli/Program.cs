using Attractor.Cli;
using Attractor.Cli.Output;

StandardStreams.Install();
Interruption.Install();
return await CommandLine.RunAsync(args).ConfigureAwait(false);
