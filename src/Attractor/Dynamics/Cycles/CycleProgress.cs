namespace Attractor.Dynamics;

/// <summary>How far a search for cycles has come.</summary>
/// <param name="Orders">Orders finished.</param>
/// <param name="Of">Orders to search.</param>
/// <param name="Found">Cycles found so far.</param>
public sealed record CycleProgress(int Orders, int Of, int Found);
