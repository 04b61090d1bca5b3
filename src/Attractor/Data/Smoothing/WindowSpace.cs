using MathNet.Numerics.LinearAlgebra;

namespace Attractor.Data;

/// <summary>
/// The space of the leading principal components of windows of 2 w + 1 rows (Broomhead and King, Physica D 20, 217, 1986).
/// </summary>
internal sealed class WindowSpace
{
    // Windows that components are taken from.
    private const int MostSampled = 5000;

    private readonly double[] _mean, _axes;
    private readonly double[] _scales;

    private WindowSpace(int halfWidth, int dimension, double[] mean, double[] axes, double[] scales)
        => (HalfWidth, Dimension, _mean, _axes, _scales) = (halfWidth, dimension, mean, axes, scales);

    /// <summary>w.</summary>
    public int HalfWidth { get; }

    /// <summary>d, the number of components.</summary>
    public int Dimension { get; }

    /// <summary>The components of the windows of some series; null if there are too few of these.</summary>
    /// <param name="pieces">Stretches without missing values.</param>
    /// <param name="scales">What each variable is divided by.</param>
    /// <param name="halfWidth">w.</param>
    /// <param name="most">d at most.</param>
    public static WindowSpace? Of(IReadOnlyList<TimeSeries> pieces, IReadOnlyList<double> scales, int halfWidth, int most)
    {
        int width = ((2 * halfWidth) + 1) * scales.Count, windows = pieces.Sum(p => Math.Max(0, p.Length - (2 * halfWidth)));
        if (windows < 2 * width || scales.Any(s => !(s > 0)))
            return null;
        int step = Math.Max(1, windows / MostSampled), at = 0;
        List<double[]> sampled = [];
        foreach (TimeSeries piece in pieces)
            for (int t = 0; t < piece.Length - (2 * halfWidth); t++)
                if (at++ % step == 0)
                    sampled.Add(WindowAt(piece, t, width, scales));
        double[] mean = new double[width];
        foreach (double[] window in sampled)
            for (int i = 0; i < width; i++)
                mean[i] += window[i] / sampled.Count;
        Matrix<double> centred = Matrix<double>.Build.Dense(sampled.Count, width, (i, j) => sampled[i][j] - mean[j]);
        // Eigenvalues come in ascending order.
        Matrix<double> vectors = centred.TransposeThisAndMultiply(centred).Evd(Symmetricity.Symmetric).EigenVectors;
        int d = Math.Min(most, width);
        double[] axes = new double[d * width];
        for (int k = 0; k < d; k++)
            vectors.Column(width - 1 - k).ToArray().CopyTo(axes, k * width);
        return new(halfWidth, d, mean, axes, [.. scales]);
    }

    /// <summary>The components of all windows, one behind another, up to a number of them; and the rows in their middles.</summary>
    /// <param name="pieces">Stretches without missing values.</param>
    /// <param name="most">Windows, the first ones.</param>
    /// <param name="middles">N values for each window.</param>
    public float[] Project(IReadOnlyList<TimeSeries> pieces, int most, out double[] middles)
    {
        int variables = _scales.Length, width = _mean.Length;
        int windows = Math.Min(most, pieces.Sum(p => Math.Max(0, p.Length - (2 * HalfWidth))));
        float[] points = new float[windows * Dimension];
        middles = new double[windows * variables];
        int at = 0;
        foreach (TimeSeries piece in pieces)
        {
            int taken = Math.Min(windows - at, piece.Length - (2 * HalfWidth)), first = at;
            if (taken <= 0)
                continue;
            double[] rows = middles;
            Parallel.For(0, taken, t =>
            {
                double[] window = WindowAt(piece, t, width, _scales);
                for (int i = 0; i < width; i++)
                    window[i] -= _mean[i];
                for (int k = 0; k < Dimension; k++)
                {
                    double sum = 0;
                    for (int i = 0; i < width; i++)
                        sum += _axes[(k * width) + i] * window[i];
                    points[((first + t) * Dimension) + k] = (float)sum;
                }
                piece.Row(t + HalfWidth).CopyTo(rows.AsSpan((first + t) * variables));
            });
            at += taken;
        }
        return points;
    }

    private static double[] WindowAt(TimeSeries piece, int t, int width, IReadOnlyList<double> scales)
    {
        double[] window = piece.Values.Slice(t * scales.Count, width).ToArray();
        for (int i = 0; i < width; i++)
            window[i] /= scales[i % scales.Count];
        return window;
    }
}
