using Attractor.Fuzz;
using Attractor.Fuzz.Readers;

// Damages data, models, checkpoints, settings, definitions and command lines, runs the whole command on them in process, or the readers
// alone, and reports whatever is not an answer: docs/security.md says what counts as one.
FuzzOptions options = FuzzOptions.Parse(args);
return !options.IsWorker ? FuzzSupervisor.Run(options)
    : options.IsOfReaders ? await ReaderWorker.RunAsync(options).ConfigureAwait(false)
    : await FuzzWorker.RunAsync(options).ConfigureAwait(false);
