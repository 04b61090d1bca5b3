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
    private const int FewestRows = 200, FewestRowsOfTrial = 40, FewestSteps = 30, MostSteps = 5000, DimensionsTried = 8;

    /// <summary>By the mean logarithmic distance of each point and its nearest neighbour (Rosenstein et al.).</summary>
    /// <param name="series">T x N: one variable, which is embedded, or all of them.</param>
    /// <param name="options">The embedding and the region.</param>
    /// <param name="cancellationToken">Stops with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">The recording is too short or has missing values, or an option is out of range.</exception>
    public static DivergenceOfNeighbours Rosenstein(
        TimeSeries series, DivergenceOptions? options = null, CancellationToken cancellationToken = default)
        => RosensteinOfTrials([series], options, cancellationToken);

    /// <summary>The same over several trials of one system: neighbours may be of two trials, none is followed beyond its own.</summary>
    /// <param name="trials">T x N each.</param>
    /// <param name="options">The embedding and the region; what is not given is of the longest trial.</param>
    /// <param name="cancellationToken">Stops with an <see cref="OperationCanceledException"/>.</param>
    /// <remarks>Trials that are no longer than a pair is followed, a quarter of the longest at most, count for nothing.</remarks>
    /// <exception cref="ArgumentException">The longest trial is too short or has missing values, or an option is out of range.</exception>
    public static DivergenceOfNeighbours RosensteinOfTrials(
        IReadOnlyList<TimeSeries> trials, DivergenceOptions? options = null, CancellationToken cancellationToken = default)
    {
        Embedding points = Embed(trials, options ??= new());
        int last = points.Starts.Length - 1;
        PointTree tree = points.Tree();
        double[] sums = new double[points.Steps + 1];
        int[] counts = new int[points.Steps + 1];
        for (int i = 0; i <= last; i++)
        {
            if (i % 1024 == 0)
                cancellationToken.ThrowIfCancellationRequested();
            int t = points.Starts[i];
            (int found, double nearest) = tree.Nearest(points.Series.Row(t), i, points.Window, last);
            if (found < 0 || !(nearest > 0))
                continue;
            int neighbour = points.Starts[found];
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
        => KantzOfTrials([series], radius, options, cancellationToken);

    /// <summary>The same over several trials of one system: neighbours may be of two trials, none is followed beyond its own.</summary>
    /// <param name="trials">T x N each.</param>
    /// <param name="radius">As of one recording.</param>
    /// <param name="options">The embedding and the region; what is not given is of the longest trial.</param>
    /// <param name="cancellationToken">Stops with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">The longest trial is too short or has missing values, or an option is out of range.</exception>
    public static DivergenceOfNeighbours KantzOfTrials(
        IReadOnlyList<TimeSeries> trials,
        double? radius = null,
        DivergenceOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        if (radius is { } given && !(given > 0 && double.IsFinite(given)))
            throw new ArgumentOutOfRangeException(
                nameof(radius), radius, "The radius must be a positive number of standard deviations, or null for the usual one.");
        const int Enough = 10;
        Embedding points = Embed(trials, options ??= new());
        int last = points.Starts.Length - 1;
        PointTree tree = points.Tree();
        double deviation = Math.Sqrt(Recording.Variance(points.Series)),
            reach = radius * deviation ?? UsualRadius(points, tree, last, Enough);
        double[] sums = new double[points.Steps + 1];
        int[] counts = new int[points.Steps + 1];
        List<int> neighbours = [];
        for (int i = 0; i <= last; i++)
        {
            if (i % 1024 == 0)
                cancellationToken.ThrowIfCancellationRequested();
            neighbours.Clear();
            int t = points.Starts[i];
            tree.Within(points.Series.Row(t), i, points.Window, reach * reach, last, neighbours);
            if (neighbours.Count < Enough)
                continue;
            for (int step = 0; step <= points.Steps; step++)
            {
                double mean = 0;
                foreach (int neighbour in neighbours)
                    mean += Distance(points.Newest(t + step), points.Newest(points.Starts[neighbour] + step)) / neighbours.Count;
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

    private static Embedding Embed(IReadOnlyList<TimeSeries> trials, DivergenceOptions options)
    {
        ArgumentNullException.ThrowIfNull(trials);
        if (trials.Count == 0)
            throw new ArgumentException("There is no trial.", nameof(trials));
        TimeSeries series = trials.MaxBy(trial => trial.Length)!;
        Recording.Require(series, trials.Count == 1 ? FewestRows : FewestRowsOfTrial);
        foreach (TimeSeries trial in trials)
            Recording.Require(trial, 0);
        if (trials.Sum(trial => (long)trial.Length) is var all && all < FewestRows)
            throw new ArgumentException($"{all} rows in all trials are too few for this estimate: it needs {FewestRows}.", nameof(trials));
        double[] first = series.Column(0);
        int window = options.TheilerWindow ?? TheilerWindow.MeanPeriod(first), delay = 0;
        if (series.Dimension == 1)
        {
            int lags = Math.Min(series.Length / 4, 1000);
            delay = options.Delay ?? MutualInformation.FirstMinimum(MutualInformation.Of(first, lags))
                ?? Autocorrelation.FirstBelow(Autocorrelation.Of(first, lags), 1 / Math.E) ?? 1;
            int dimension = options.EmbeddingDimension ?? CaoEmbedding.Of(first, delay, DimensionsTried, window).Dimension ?? 3;
            trials = [.. trials.Where(trial => trial.Length > delay * (dimension - 1))
                .Select(trial => DelayEmbedding.Of(trial, dimension, delay))];
            series = trials.MaxBy(trial => trial.Length)!;
        }
        int steps = options.Steps ?? Math.Min(MostSteps, Math.Min(Math.Max(5 * window, FewestSteps), series.Length / 4));
        if (steps < 3 || steps >= series.Length / 2)
            throw new ArgumentException($"Pairs can be followed for 3 to {(series.Length / 2) - 1} rows, not {steps}.", nameof(options));
        PooledTrials pooled = PooledTrials.Of(trials);
        return new(pooled.Rows, pooled.FollowedBy(steps), delay, window, steps);
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
            int place = (int)((long)i * last / Sample), t = points.Starts[place];
            for (double reach = 1e-3 * deviation; reach < 4 * deviation; reach *= 1.2)
            {
                found.Clear();
                tree.Within(points.Series.Row(t), place, points.Window, reach * reach, last, found);
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

    /// <param name="Series">The points of all trials.</param>
    /// <param name="Starts">The rows from which a pair can be followed within its trial.</param>
    /// <param name="Delay">0 where all variables are the point.</param>
    /// <param name="Window">The Theiler window.</param>
    /// <param name="Steps">How far pairs are followed.</param>
    private readonly record struct Embedding(TimeSeries Series, int[] Starts, int Delay, int Window, int Steps)
    {
        /// <summary>Of the points in <see cref="Starts"/>, in that order.</summary>
        public PointTree Tree()
        {
            double[] points = new double[Starts.Length * Series.Dimension];
            for (int i = 0; i < Starts.Length; i++)
                Series.Row(Starts[i]).CopyTo(points.AsSpan(i * Series.Dimension));
            return new(points, Series.Dimension);
        }

        /// <summary>Rows that one point of the embedding spans.</summary>
        public int Memory => Delay * (Series.Dimension - 1);

        /// <summary>What is measured at a time: the newest coordinate of an embedding, or all variables.</summary>
        public ReadOnlySpan<double> Newest(int t) => Delay > 0 ? Series.Row(t)[..1] : Series.Row(t);
    }
}
