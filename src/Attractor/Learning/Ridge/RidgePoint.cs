namespace Attractor.Learning;

/// <summary>One lambda of a path.</summary>
/// <param name="Ridge">lambda.</param>
/// <param name="Score">What is to be minimal: the generalised cross-validation score, or the mean
/// squared error on held-out samples.</param>
/// <param name="DegreesOfFreedom">The trace of the hat matrix: how many weights the data determine at this lambda.</param>
public readonly record struct RidgePoint(double Ridge, double Score, double DegreesOfFreedom);
