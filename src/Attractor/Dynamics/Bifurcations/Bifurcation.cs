namespace Attractor.Dynamics;

/// <summary>A bifurcation of a fixed point.</summary>
/// <param name="Kind">What happens.</param>
/// <param name="Parameter">The value at which it does.</param>
/// <param name="Region">The region of the fixed point: bit i % 64 of word i / 64 for g_i(z) > 0.</param>
/// <param name="Boundary">The boundary that it meets; null where an eigenvalue passes the unit circle.</param>
/// <param name="Point">Where it is: D values.</param>
public sealed record Bifurcation(
    BifurcationKind Kind, double Parameter, IReadOnlyList<ulong> Region, int? Boundary, IReadOnlyList<double> Point);
