using System.Globalization;
using Attractor.Data;

namespace Attractor.Dynamics;

/// <summary>The largest Lyapunov exponent of a recording, without a model: by following neighbours on the attractor.</summary>
/// <remarks>
/// M. T. Rosenstein, J. J. Collins, C. J. De Luca, "A practical method for calculating largest Lyapunov exponents from small data sets",
/// Physica D 65 (1993); H. Kantz, "A robust method to estimate the maximal Lyapunov exponent of a time series", Phys. Lett. A 185 (1994).
/// </remarks>
public static class LyapunovFromData
{
    private const int FewestRows = 200, FewestSteps = 30, MostSteps = 5000, DimensionsTried = 8;

    /// <summary>By the mean logarithmic distance of each point and its nearest neighbour (Rosenstein et al.).</summary>
    /// <param name="series">T x N: one variable, which is embedded, or all of them.</param>
    /// <param name="options">The embedding and the region.</param>
    /// <param name="cancellationToken">Stops with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">The recording is too short or has missing values, or an option is out of range.</exception>
    public static DivergenceOfNeighbours Rosenstein(
        TimeSeries series, DivergenceOptions? options = null, CancellationToken cancellationToken = default)
    {
        Embedding points = Embed(series, options ??= new());
        int rows = points.Series.Length, last = rows - 1 - points.Steps;
        PointTree tree = new(points.Series.Values, points.Series.Dimension);
        double[] sums = new double[points.Steps + 1];
        int[] counts = new int[points.Steps + 1];
        for (int t = 0; t <= last; t++)
        {
            if (t % 1024 == 0)
                cancellationToken.ThrowIfCancellationRequested();
            (int neighbour, double nearest) = tree.Nearest(points.Series.Row(t), t, points.Window, last);
            if (neighbour < 0 || !(nearest > 0))
                continue;
            for (int step = 0; step <= points.Steps; step++)
            {
                double distance = Distance(points.Series.Row(t + step), points.Series.Row(neighbour + step));
                if (!(distance > 0))
                    continue;
                sums[step] += Math.Log(distance);
                counts[step]++;
            }
        }
        return Estimate(sums, counts, points, options, GrowthRegion.OfNearest, double.NaN);
    }

    /// <summary>By the logarithm of the mean distance of each point to all neighbours within a radius (Kantz).</summary>
    /// <param name="series">T x N: one variable, which is embedded, or all of them.</param>
    /// <param name="radius">Of the neighbourhoods, in standard deviations of the points; null for the smallest at which half of the points
    /// have ten neighbours.</param>
    /// <param name="options">The embedding and the region.</param>
    /// <param name="cancellationToken">Stops with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">The recording is too short or has missing values, or an option is out of range.</exception>
    public static DivergenceOfNeighbours Kantz(
        TimeSeries series, double? radius = null, DivergenceOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (radius is { } given && !(given > 0 && double.IsFinite(given)))
            throw new ArgumentOutOfRangeException(
                nameof(radius), radius, "The radius must be a positive number of standard deviations, or null for the usual one.");
        const int Enough = 10;
        Embedding points = Embed(series, options ??= new());
        int last = points.Series.Length - 1 - points.Steps;
        PointTree tree = new(points.Series.Values, points.Series.Dimension);
        double deviation = Math.Sqrt(Recording.Variance(points.Series)),
            reach = radius * deviation ?? UsualRadius(points, tree, last, Enough);
        double[] sums = new double[points.Steps + 1];
        int[] counts = new int[points.Steps + 1];
        List<int> neighbours = [];
        for (int t = 0; t <= last; t++)
        {
            if (t % 1024 == 0)
                cancellationToken.ThrowIfCancellationRequested();
            neighbours.Clear();
            tree.Within(points.Series.Row(t), t, points.Window, reach * reach, last, neighbours);
            if (neighbours.Count < Enough)
                continue;
            for (int step = 0; step <= points.Steps; step++)
            {
                double mean = 0;
                foreach (int neighbour in neighbours)
                    mean += Distance(points.Newest(t + step), points.Newest(neighbour + step)) / neighbours.Count;
                if (!(mean > 0))
                    continue;
                sums[step] += Math.Log(mean);
                counts[step]++;
            }
        }
        if (counts[0] == 0)
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"No point has {Enough} neighbours within {reach / deviation:G3} standard deviations: take a larger radius."),
                nameof(radius));
        return Estimate(sums, counts, points, options, GrowthRegion.OfNeighbourhoods, reach / deviation);
    }

    private static DivergenceOfNeighbours Estimate(
        double[] sums, int[] counts, Embedding points, DivergenceOptions options, GrowthRegion usual, double radius)
    {
        double[] curve = [.. sums.Select((sum, step) => counts[step] > 0 ? sum / counts[step] : double.NaN)];
        if (Array.FindIndex(curve, double.IsNaN) is >= 0 and var end)
            curve = curve[..end];
        if (curve.Length < 4)
            throw new ArgumentException("No neighbours could be followed: the recording is too short, or periodic.", nameof(points));
        (int from, int to) = options.Region ?? usual.Of(curve, points.Memory);
        if (from < 0 || to >= curve.Length || to - from < 1)
            throw new ArgumentException(
                $"The region {from} to {to} is not within the curve, rows 0 to {curve.Length - 1}.", nameof(options));
        LinearRegion region = LinearRegion.Fit([.. Enumerable.Range(0, curve.Length).Select(s => (double)s)], curve, from, to);
        return new(region.Slope, region.StandardError, curve, region, points.Series.Dimension, points.Delay, points.Window, radius);
    }

    private static Embedding Embed(TimeSeries series, DivergenceOptions options)
    {
        Recording.Require(series, FewestRows);
        double[] first = series.Column(0);
        int window = options.TheilerWindow ?? TheilerWindow.MeanPeriod(first), delay = 0;
        if (series.Dimension == 1)
        {
            int lags = Math.Min(series.Length / 4, 1000);
            delay = options.Delay ?? MutualInformation.FirstMinimum(MutualInformation.Of(first, lags))
                ?? Autocorrelation.FirstBelow(Autocorrelation.Of(first, lags), 1 / Math.E) ?? 1;
            int dimension = options.EmbeddingDimension ?? CaoEmbedding.Of(first, delay, DimensionsTried, window).Dimension ?? 3;
            series = DelayEmbedding.Of(series, dimension, delay);
        }
        int steps = options.Steps ?? Math.Min(MostSteps, Math.Min(Math.Max(5 * window, FewestSteps), series.Length / 4));
        if (steps < 3 || steps >= series.Length / 2)
            throw new ArgumentException($"Pairs can be followed for 3 to {(series.Length / 2) - 1} rows, not {steps}.", nameof(options));
        return new(series, delay, window, steps);
    }

    private static double UsualRadius(Embedding points, PointTree tree, int last, int enough)
    {
        // The distance of the tenth neighbour at evenly spaced points: half of them have it within the median.
        const int Sample = 200;
        List<double> tenth = [];
        List<int> found = [];
        double deviation = Math.Sqrt(Recording.Variance(points.Series));
        for (int i = 0; i < Sample; i++)
        {
            int t = (int)((long)i * last / Sample);
            for (double reach = 1e-3 * deviation; reach < 4 * deviation; reach *= 1.2)
            {
                found.Clear();
                tree.Within(points.Series.Row(t), t, points.Window, reach * reach, last, found);
                if (found.Count < enough)
                    continue;
                tenth.Add(reach);
                break;
            }
        }
        if (tenth.Count == 0)
            throw new ArgumentException("Points have no neighbours: the recording is too short for this method.", nameof(points));
        tenth.Sort();
        return tenth[tenth.Count / 2];
    }

    private static double Distance(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int k = 0; k < a.Length; k++)
            sum += (a[k] - b[k]) * (a[k] - b[k]);
        return Math.Sqrt(sum);
    }

    private readonly record struct Embedding(TimeSeries Series, int Delay, int Window, int Steps)
    {
        /// <summary>Rows that one point of the embedding spans.</summary>
        public int Memory => Delay * (Series.Dimension - 1);

        /// <summary>What is measured at a time: the newest coordinate of an embedding, or all variables.</summary>
        public ReadOnlySpan<double> Newest(int t) => Delay > 0 ? Series.Row(t)[..1] : Series.Row(t);
    }
}
