namespace Attractor.Systems;

/// <summary>
/// A map that is affine on each of the regions into which G boundaries g_i(z) = 0 cut its state space. A region is the set
/// of boundaries with g_i(z) &gt; 0: bit i % 64 of word i / 64.
/// </summary>
public interface IPiecewiseLinearMap : IMap
{
    /// <summary>G, the number of boundaries.</summary>
    int Boundaries { get; }

    /// <summary>values = g(state): D values in, G values out. Each g_i is affine.</summary>
    void BoundaryValues(ReadOnlySpan<double> state, Span<double> values);

    /// <summary>The affine map F(z) = A z + b of a region, whether or not any state lies in it.</summary>
    /// <param name="region">Ceiling of G / 64 words.</param>
    /// <param name="matrix">A: D x D, row-major; every entry is written.</param>
    /// <param name="offset">b: D values; every one is written.</param>
    void AffineMap(ReadOnlySpan<ulong> region, Span<double> matrix, Span<double> offset);
}
