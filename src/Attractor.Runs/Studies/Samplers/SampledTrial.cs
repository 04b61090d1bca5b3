namespace Attractor.Runs;

/// <summary>A trial that has ended, as a sampler sees it.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Point">A coordinate for each dimension of the space; NaN where a dimension was not there.</param>
/// <param name="Values">The objectives, each such that less is better; those of a pruned trial are its last intermediate value.</param>
/// <param name="PrunedAt">The step at which it was pruned; null of a trial that completed.</param>
public sealed record SampledTrial(long Number, IReadOnlyList<double> Point, IReadOnlyList<double> Values, long? PrunedAt);
