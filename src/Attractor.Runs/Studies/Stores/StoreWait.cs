namespace Attractor.Runs;

/// <summary>That a store which does not answer is waited for, two minutes at most, as one is that goes away later.</summary>
/// <param name="Messages">Told once that it is waited for; null for nobody.</param>
/// <param name="Token">Ends the wait.</param>
/// <remarks>
/// For workers that a scheduler starts: it starts them when it likes, before the database too. Whoever opens a study by hand is told at
/// once that its store does not answer, as the address may be wrong.
/// </remarks>
public sealed record StoreWait(IProgress<string>? Messages, CancellationToken Token);
