using Attractor.Numerics;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;

namespace Attractor.Evaluation;

/// <summary>White Gaussian noise with the mean and the covariance of a series: what knows where the data lie and nothing of time.</summary>
public static class GaussianSurrogate
{
    /// <summary>As many independent rows as the series has.</summary>
    /// <param name="series">T x N, without missing values.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <returns>T x N, with the names and the time step of the series.</returns>
    /// <exception cref="ArgumentException">The series has no rows, or a value is missing or infinite.</exception>
    public static TimeSeries Of(TimeSeries series, ulong seed = 0)
    {
        OrbitsWithoutDynamics.Require(series);
        int n = series.Dimension;
        (double[] mean, double[,] covariance) = Moments.Of(series);
        // The root of the covariance by its eigenvectors, which also serves where variables depend on each other.
        MathNet.Numerics.LinearAlgebra.Factorization.Evd<double> decomposed = DenseMatrix.OfArray(covariance).Evd(Symmetricity.Symmetric);
        double[] roots = [.. decomposed.EigenValues.Select(value => Math.Sqrt(Math.Max(0, value.Real)))];
        double[,] vectors = decomposed.EigenVectors.ToArray();
        RandomStream random = new(seed, "surrogate noise");
        double[] values = new double[series.Length * n];
        for (int t = 0; t < series.Length; t++)
        {
            Span<double> row = values.AsSpan(t * n, n);
            mean.CopyTo(row);
            for (int k = 0; k < n; k++)
            {
                double draw = roots[k] * random.NextNormal();
                for (int i = 0; i < n; i++)
                    row[i] += vectors[i, k] * draw;
            }
        }
        return new(values, n, series.Dt, series.Names) { Standardization = series.Standardization };
    }
}
