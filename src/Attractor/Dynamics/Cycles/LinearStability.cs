using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace Attractor.Dynamics;

/// <summary>What the linear part of a map says of orbits nearby.</summary>
internal static class LinearStability
{
    // Eigenvalues of a product are known to about this much.
    private const double OnTheCircle = 1e-9;

    /// <summary>By falling modulus; none if an entry is not finite.</summary>
    /// <param name="matrix">D x D, row-major.</param>
    /// <param name="d">D.</param>
    public static Complex[] Eigenvalues(double[] matrix, int d)
        => matrix.All(double.IsFinite)
            ? [.. Matrix<double>.Build
                .DenseOfRowMajor(d, d, matrix)
                .Evd().EigenValues
                .OrderByDescending(e => e.Magnitude)
                .ThenByDescending(e => e.Imaginary)]
            : [];

    /// <summary>The kind of a fixed point with these eigenvalues.</summary>
    public static Stability Of(IReadOnlyList<Complex> eigenvalues)
    {
        if (eigenvalues.Any(e => Math.Abs(e.Magnitude - 1) < OnTheCircle))
            return Stability.Marginal;
        int outside = eigenvalues.Count(e => e.Magnitude > 1);
        return outside == 0 ? Stability.Stable : outside == eigenvalues.Count ? Stability.Unstable : Stability.Saddle;
    }
}
