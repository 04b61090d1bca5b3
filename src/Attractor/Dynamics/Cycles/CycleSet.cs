namespace Attractor.Dynamics;

/// <summary>The cycles that a search found.</summary>
/// <param name="FixedPoints">Cycles of order 1.</param>
/// <param name="Cycles">Cycles of order 2 and more, by order.</param>
/// <param name="ExhaustiveUpTo">Up to this order every possibility was tried: what is not there does not exist. 0 if none was.</param>
/// <param name="Degenerate">Sequences of regions whose cycles are not isolated points, so that none is listed.</param>
public sealed record CycleSet(IReadOnlyList<Cycle> FixedPoints, IReadOnlyList<Cycle> Cycles, int ExhaustiveUpTo, int Degenerate);
