using Attractor.Fuzz;

// Damages data, models, checkpoints, settings, definitions and command lines, runs the whole command on them in process, and reports
// whatever is not an answer: docs/security.md says what counts as one.
FuzzOptions options = FuzzOptions.Parse(args);
return options.IsWorker ? await FuzzWorker.RunAsync(options).ConfigureAwait(false) : FuzzSupervisor.Run(options);
