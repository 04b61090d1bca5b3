namespace Attractor.Dynamics;

/// <summary>An edge of the transition graph.</summary>
/// <param name="From">Symbol of a step.</param>
/// <param name="To">Symbol of the step after it; may be the same.</param>
/// <param name="Count">How often the one followed the other.</param>
/// <param name="Probability">Count divided by all steps from there: the probabilities of a region sum to 1.</param>
public readonly record struct RegionTransition(int From, int To, int Count, double Probability);
