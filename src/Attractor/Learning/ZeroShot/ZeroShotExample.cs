namespace Attractor.Learning;

/// <summary>One window to learn from, in the units of its context.</summary>
/// <param name="Context">rows x N, row-major.</param>
/// <param name="Inputs">(T + 1) x N: what states are forced with.</param>
/// <param name="Targets">(T + 1) x N: what predictions are compared with.</param>
internal readonly record struct ZeroShotExample(double[] Context, double[] Inputs, double[] Targets);
