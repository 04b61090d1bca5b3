using System.Numerics;
using Attractor.Systems;

namespace Attractor.Dynamics;

/// <summary>The fixed point z* = (I - A)^-1 b of the affine map of one region.</summary>
/// <param name="Point">z*: D values.</param>
/// <param name="Real">Whether z* lies in its region and so is a fixed point of the map; a virtual one lies in another region, and still
/// steers the orbit while it is in this one.</param>
/// <param name="Eigenvalues">Of A, by falling modulus.</param>
public sealed record RegionFixedPoint(IReadOnlyList<double> Point, bool Real, IReadOnlyList<Complex> Eigenvalues)
{
    // A point this near to a boundary, relative to its size, lies in the regions on both sides.
    private const double OnBoundary = 1e-10;

    /// <summary>The largest modulus of an eigenvalue.</summary>
    public double SpectralRadius => Eigenvalues.Count == 0 ? 0 : Eigenvalues[0].Magnitude;

    /// <summary>By the eigenvalues.</summary>
    public Stability Stability => LinearStability.Of(Eigenvalues);

    /// <summary>That of a region, or null where I - A is singular: there is none, or a continuum.</summary>
    internal static RegionFixedPoint? Of(IPiecewiseLinearMap map, ReadOnlySpan<ulong> region)
    {
        int d = map.Dimension;
        RegionSequence sequence = new(map, order: 1);
        region.CopyTo(sequence.Region(0));
        if (!sequence.Solve())
            return null;
        double[] point = [.. sequence.Point], matrix = new double[d * d], offset = new double[d];
        map.AffineMap(region, matrix, offset);
        return new(point, sequence.FollowsItself(OnBoundary, out _), LinearStability.Eigenvalues(matrix, d));
    }
}
