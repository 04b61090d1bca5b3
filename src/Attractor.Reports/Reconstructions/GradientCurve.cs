namespace Attractor.Reports;

/// <summary>How the gradient with respect to the state goes on its way back through time, under one forcing.</summary>
/// <param name="Name">The forcing.</param>
/// <param name="Norms">Its norm 0, 1, 2 .. steps before the loss; what is 0 or not finite is a gap.</param>
/// <param name="GrowthRate">By which its logarithm grows a step; not finite where a replaced state ends it.</param>
public sealed record GradientCurve(string Name, IReadOnlyList<double> Norms, double GrowthRate);
