using Attractor.Cli;
using Attractor.Cli.Output;

OwnSession.Begin();
StandardStreams.Install();
Interruption.Install();
return await CommandLine.RunAsync(args).ConfigureAwait(false);
