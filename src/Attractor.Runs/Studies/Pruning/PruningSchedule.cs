namespace Attractor.Runs;

/// <summary>Between which steps a pruner decides, and by how much the field shrinks.</summary>
/// <param name="First">The first step at which a trial may be pruned.</param>
/// <param name="Last">The steps of a trial that is not.</param>
/// <param name="Factor">By how much the steps grow from one decision of halving to the next, and the field shrinks; from 2.</param>
/// <param name="Seed">The seed of the study.</param>
public sealed record PruningSchedule(long First, long Last, int Factor, long Seed);
