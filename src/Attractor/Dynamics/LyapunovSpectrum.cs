namespace Attractor.Dynamics;

/// <summary>Lyapunov exponents and how sure they are.</summary>
/// <param name="Exponents">Per step of the map, natural logarithms, in the order in which the orthonormalisation found them: descending up
/// to error. NaN if the orbit left the finite numbers.</param>
/// <param name="StandardErrors">Of each exponent, by the means of 16 consecutive batches; NaN for runs too short to tell.</param>
/// <param name="Steps">Steps averaged over.</param>
public sealed record LyapunovSpectrum(double[] Exponents, double[] StandardErrors, int Steps);
