using Attractor.Numerics;
using Attractor.Systems;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace Attractor.Dynamics;

/// <summary>The part of an invariant manifold at the first point of a cycle, where it is flat.</summary>
/// <param name="Dimension">1 or 2.</param>
/// <param name="Whole">The ends of a segment, or the corners of a polygon within an ellipse, around the point.</param>
/// <param name="Ring">The part of it that one round of the cycle, or of its inverse, does not reach from within: what it leads to is the
/// rest of the manifold. Two segments, or quadrilaterals.</param>
internal sealed record LocalManifold(int Dimension, double[][] Whole, IReadOnlyList<double[][]> Ring)
{
    private const int PolygonCorners = 32;

    // Of the way to the next boundary: on the boundary itself rounding decides on which side a corner is.
    private const double Share = 0.9;

    // An eigenvalue nearer to the unit circle has no manifold of its own; a point nearer to a boundary, beside its size, lies on it.
    private const double OnTheCircle = 1e-9, OnBoundary = 1e-10;

    public static LocalManifold Of(IPiecewiseLinearMap map, Cycle cycle, bool stable)
    {
        int d = map.Dimension;
        string name = cycle.Order == 1 ? "The fixed point" : $"The cycle of order {cycle.Order}", kind = stable ? "stable" : "unstable";
        List<double[]> jacobians = Jacobians(map, cycle);
        Evd<double> eigen = Matrix<double>.Build.DenseOfRowMajor(d, d, jacobians[^1]).Evd();
        int[] chosen = [.. Enumerable.Range(0, d).Where(i => stable
            ? eigen.EigenValues[i].Magnitude < 1 - OnTheCircle
            : eigen.EigenValues[i].Magnitude > 1 + OnTheCircle)];
        if (chosen.Length == 0)
            throw new ArgumentException(
                $"{name} has no {kind} manifold: none of its eigenvalues is {(stable ? "within" : "outside of")} the unit circle.");
        if (chosen.Length > 2)
            throw new ArgumentException($"{name} has a {kind} manifold of {chosen.Length} dimensions; those of one or two can be traced.");
        // The columns are real: of a complex pair its real and its imaginary part, which span its plane.
        double[][] axes = [.. chosen.Select(i => eigen.EigenVectors.Column(i).Normalize(2).ToArray())];
        if (chosen.Length == 2 && eigen.EigenValues[chosen[0]].Imaginary != 0)
            axes = Scaled(eigen.EigenVectors, chosen);
        double reach = Reach(map, cycle, jacobians, axes);
        if (reach == 0)
            throw new ArgumentException($"{name} lies on a boundary between regions, where it has no eigenspace.");
        double[] centre = [.. cycle.Points[0]];
        // What a round shrinks, or its inverse does, each axis by.
        double[] inner = [.. chosen.Select(i => stable ? eigen.EigenValues[i].Magnitude : 1 / eigen.EigenValues[i].Magnitude)];
        if (axes.Length == 1)
        {
            double[] Along(double share) => At(centre, axes, share * reach);
            return new(1, [Along(-1), Along(1)], [[Along(-1), Along(-inner[0])], [Along(inner[0]), Along(1)]]);
        }
        double[] Around(int k, double first, double second)
        {
            (double sine, double cosine) = Math.SinCos(Math.Tau * k / PolygonCorners);
            return At(centre, axes, first * reach * cosine, second * reach * sine);
        }

        return new(
            2,
            [.. Enumerable.Range(0, PolygonCorners).Select(k => Around(k, 1, 1))],
            [.. Enumerable.Range(0, PolygonCorners).Select(k => new[]
            {
                Around(k, 1, 1), Around(k + 1, 1, 1), Around(k + 1, inner[0], inner[1]), Around(k, inner[0], inner[1])
            })]);
    }

    // Both by the same factor: with it the map is a turn and a stretch of the plane's coordinates.
    private static double[][] Scaled(Matrix<double> vectors, int[] pair)
    {
        double size = Math.Max(vectors.Column(pair[0]).L2Norm(), vectors.Column(pair[1]).L2Norm());
        return [.. pair.Select(i => (vectors.Column(i) / size).ToArray())];
    }

    /// <summary>The derivative of F^j at the first point, j = 0 .. k.</summary>
    private static List<double[]> Jacobians(IPiecewiseLinearMap map, Cycle cycle)
    {
        int d = map.Dimension;
        double[] identity = new double[d * d], next = new double[d];
        for (int i = 0; i < d; i++)
            identity[i * (d + 1)] = 1;
        List<double[]> jacobians = [identity];
        foreach (IReadOnlyList<double> point in cycle.Points)
        {
            double[] product = new double[d * d];
            map.StepTangent([.. point], next, jacobians[^1], product);
            jacobians.Add(product);
        }
        return jacobians;
    }

    /// <summary>How far one may go along any direction of the axes and stay in the regions of the cycle for one round.</summary>
    private static double Reach(IPiecewiseLinearMap map, Cycle cycle, List<double[]> jacobians, double[][] axes)
    {
        int d = map.Dimension;
        double reach = double.PositiveInfinity;
        double[] at = new double[map.Boundaries], beside = new double[map.Boundaries];
        for (int k = 0; k < cycle.Order; k++)
        {
            double[] point = [.. cycle.Points[k]];
            map.BoundaryValues(point, at);
            double[] slopes = new double[map.Boundaries];
            foreach (double[] axis in axes)
            {
                double[] moved = [.. point];
                VectorOperations.AddProduct(moved, jacobians[k], axis, d, 1);
                map.BoundaryValues(moved, beside);
                for (int i = 0; i < slopes.Length; i++)
                    slopes[i] = double.Hypot(slopes[i], beside[i] - at[i]);
            }
            double size = Math.Max(1, point.Max(Math.Abs));
            for (int i = 0; i < slopes.Length; i++)
                if (slopes[i] > OnBoundary * Math.Abs(at[i]))
                    reach = Math.Min(reach, Math.Abs(at[i]) < OnBoundary * size ? 0 : Share * Math.Abs(at[i]) / slopes[i]);
        }
        return double.IsPositiveInfinity(reach) ? Math.Max(1, cycle.Points[0].Max(Math.Abs)) : reach;
    }

    private static double[] At(double[] centre, double[][] axes, params ReadOnlySpan<double> coordinates)
    {
        double[] point = [.. centre];
        for (int a = 0; a < axes.Length; a++)
            VectorOperations.AddScaled(point, coordinates[a], axes[a]);
        return point;
    }
}
