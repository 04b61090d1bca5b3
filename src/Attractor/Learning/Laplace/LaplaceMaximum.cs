namespace Attractor.Learning;

/// <summary>A maximum of an exponent f and what e^(M f) contributes there.</summary>
/// <param name="Location">x0.</param>
/// <param name="Value">f(x0).</param>
/// <param name="Slope">f'(x0): 0 inside the interval.</param>
/// <param name="Curvature">f''(x0); NaN where there is none.</param>
/// <param name="Kind">What it looks like.</param>
/// <param name="LogContribution">The logarithm of its part of the integral; NaN where Laplace's method has none.</param>
public sealed record LaplaceMaximum(
    double Location, double Value, double Slope, double Curvature, LaplaceMaximumKind Kind, double LogContribution);
