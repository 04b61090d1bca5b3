using System.Numerics;
using Attractor.Systems;

namespace Attractor.Dynamics;

/// <summary>A cycle of a map: points z_1 -> z_2 -> ... -> z_k -> z_1, all different. A cycle of order 1 is a fixed point.</summary>
/// <param name="Points">The k points, D values each; the first is the one with the smallest first coordinate.</param>
/// <param name="Eigenvalues">Of the product of the Jacobians along the cycle, by falling modulus.</param>
/// <param name="Residual">The largest difference between a point and the image of the one before,
/// relative to the size of the points.</param>
public sealed record Cycle(IReadOnlyList<IReadOnlyList<double>> Points, IReadOnlyList<Complex> Eigenvalues, double Residual)
{
    /// <summary>k.</summary>
    public int Order => Points.Count;

    /// <summary>The largest modulus of an eigenvalue.</summary>
    public double SpectralRadius => Eigenvalues.Count == 0 ? 0 : Eigenvalues.Max(e => e.Magnitude);

    /// <summary>By the eigenvalues.</summary>
    public Stability Stability => LinearStability.Of(Eigenvalues);

    /// <summary>The cycle through a point.</summary>
    /// <param name="map">The map.</param>
    /// <param name="point">D values on the cycle.</param>
    /// <param name="order">k.</param>
    internal static Cycle Through(IMap map, ReadOnlySpan<double> point, int order)
    {
        int d = map.Dimension;
        double[][] points = new double[order][];
        double[] state = point.ToArray(), product = new double[d * d], next = new double[d * d];
        for (int i = 0; i < d; i++)
            product[i * (d + 1)] = 1;
        for (int k = 0; k < order; k++)
        {
            points[k] = [.. state];
            map.StepTangent(state, state, product, next);
            (product, next) = (next, product);
        }
        double size = Math.Max(1, points.Max(p => p.Max(Math.Abs))), residual = 0;
        for (int i = 0; i < d; i++)
            residual = Math.Max(residual, Math.Abs(state[i] - point[i]) / size);
        int first = Enumerable.Range(0, order).MinBy(k => points[k][0]);
        return new([.. points[first..], .. points[..first]], LinearStability.Eigenvalues(product, d), residual);
    }
}
