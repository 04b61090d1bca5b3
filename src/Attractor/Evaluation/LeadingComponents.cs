using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;

namespace Attractor.Evaluation;

/// <summary>The leading principal components of data: what is seen of more variables than a histogram can hold.</summary>
internal sealed class LeadingComponents
{
    /// <summary>The most variables that are binned as they are, and the components of more.</summary>
    public const int Most = 3;

    // Most x N, orthonormal rows; null where the variables serve as they are.
    private readonly double[,]? _directions;

    private LeadingComponents(double[,]? directions) => _directions = directions;

    /// <summary>
    /// The components of the variables in standard deviations: they do not depend on units. A constant has no part in them.
    /// </summary>
    /// <param name="data">T x N, finite.</param>
    public static LeadingComponents Of(TimeSeries data)
    {
        int n = data.Dimension;
        if (n <= Most)
            return new(null);
        (_, double[,] covariance) = Moments.Of(data);
        double[] scale = [.. Enumerable.Range(0, n).Select(i => covariance[i, i] > 0 ? 1 / Math.Sqrt(covariance[i, i]) : 0)];
        double[,] directions = Directions(DenseMatrix.Create(n, n, (i, j) => covariance[i, j] * scale[i] * scale[j]));
        for (int k = 0; k < Most; k++)
            for (int i = 0; i < n; i++)
                directions[k, i] *= scale[i];
        return new(directions);
    }

    private static double[,] Directions(DenseMatrix covariance)
    {
        int n = covariance.RowCount;
        Matrix<double> vectors = covariance.Evd(Symmetricity.Symmetric).EigenVectors;
        double[,] directions = new double[Most, n];
        // Eigenvalues come in ascending order.
        for (int k = 0; k < Most; k++)
            for (int i = 0; i < n; i++)
                directions[k, i] = vectors[i, n - 1 - k];
        return directions;
    }

    /// <summary>T x N in, T x min(N, <see cref="Most"/>) out.</summary>
    public TimeSeries Project(TimeSeries series)
    {
        if (_directions is null)
            return series;
        double[] values = new double[series.Length * Most];
        for (int t = 0; t < series.Length; t++)
            for (int k = 0; k < Most; k++)
                for (int n = 0; n < series.Dimension; n++)
                    values[(t * Most) + k] += _directions[k, n] * series[t, n];
        return new(values, Most);
    }
}
