using Attractor.Numerics;

namespace Attractor.Dynamics;

/// <summary>
/// The share of pairs of points closer than r: P. Grassberger and I. Procaccia, "Measuring the strangeness of strange attractors", Physica
/// D 9 (1983), without pairs that are close in time (Theiler 1986).
/// </summary>
/// <param name="Radii">r, ascending, in the units of the series.</param>
/// <param name="Values">C(r).</param>
/// <param name="Pairs">How many pairs were found within each radius.</param>
/// <param name="Window">The Theiler window, in rows.</param>
/// <remarks>
/// All points are centres at small radii; at larger ones as many as give the wanted number of pairs. The neighbours of a centre
/// are found in a k-d tree, so that the cost grows like T log T.
/// </remarks>
public sealed record CorrelationSum(double[] Radii, double[] Values, long[] Pairs, int Window)
{
    private const int Pilots = 256, FewestCentres = 256, FewestRows = 32, Blocks = 64;
    private const double SmallestShare = 1e-3;

    /// <summary>
    /// The correlation sum of the points of a series, at geometrically spaced radii from that of the closest pairs to half the attractor.
    /// </summary>
    /// <param name="series">T x N, finite: a recording of all variables, or a delay embedding.</param>
    /// <param name="options">How to count.</param>
    /// <param name="cancellationToken">Stops with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">The series is too short, constant, or has missing values.</exception>
    public static CorrelationSum Of(TimeSeries series, CorrelationSumOptions? options = null, CancellationToken cancellationToken = default)
        => OfTrials([series], options, cancellationToken);

    /// <summary>The same over several trials of one system: pairs within a trial and between two of them.</summary>
    /// <param name="trials">T x N each, finite.</param>
    /// <param name="options">How to count; the mean period is that of the longest trial.</param>
    /// <param name="cancellationToken">Stops with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">There are too few rows, they are constant, or have missing values.</exception>
    public static CorrelationSum OfTrials(
        IReadOnlyList<TimeSeries> trials, CorrelationSumOptions? options = null, CancellationToken cancellationToken = default)
    {
        TimeSeries series = PooledTrials.Of(trials).Rows;
        Recording.Require(series, FewestRows);
        options ??= new();
        int n = series.Length,
            window = options.TheilerWindow ?? TheilerWindow.MeanPeriod(trials.MaxBy(trial => trial.Length)!.Column(0));
        ArgumentOutOfRangeException.ThrowIfNegative(window, nameof(options.TheilerWindow));
        if (window > (n / 2) - 1)
            throw new ArgumentOutOfRangeException(
                nameof(options),
                window,
                $"A Theiler window of {window} rows leaves too few pairs of {n} rows: at most {(n / 2) - 1} can be left out.");
        ArgumentOutOfRangeException.ThrowIfLessThan(options.RadiiPerOctave, 1, nameof(options.RadiiPerOctave));
        PointTree tree = new(series.Values, series.Dimension);
        int[] order = Order(n);
        double[] radii = RadiiOf(series, tree, order, window, options.RadiiPerOctave);
        double[] squares = [.. radii.Select(r => r * r)];

        // How many pairs a centre finds, roughly, says how many centres a radius needs.
        int pilots = Math.Min(Pilots, n);
        long[] found = new long[radii.Length];
        for (int i = 0; i < pilots; i++)
            tree.CountWithin(series.Row(order[i]), order[i], window, squares, radii.Length, found);
        int[] centres = new int[radii.Length];
        long within = 0;
        for (int k = 0; k < radii.Length; k++)
        {
            within += found[k];
            centres[k] = (int)Math.Clamp((double)options.Pairs * pilots / Math.Max(1, within), Math.Min(FewestCentres, n), n);
            if (k > 0)
                centres[k] = Math.Min(centres[k], centres[k - 1]);
        }

        // Blocks of centres whose counts are integers: the sum does not depend on who counts what.
        long[][] counts = new long[Blocks][];
        Concurrent.For(Blocks, block =>
        {
            long[] bins = new long[radii.Length], total = new long[radii.Length];
            for (int i = block; i < centres[0]; i += Blocks)
            {
                int reach = Reach(centres, i);
                Array.Clear(bins, 0, reach);
                tree.CountWithin(series.Row(order[i]), order[i], window, squares, reach, bins);
                long sum = 0;
                for (int k = 0; k < reach; k++)
                    total[k] += sum += bins[k];
            }
            counts[block] = total;
        }, cancellationToken);
        long[] pairs = new long[radii.Length];
        double[] values = new double[radii.Length];
        double[] possible = Possible(order, centres, n, window);
        for (int k = 0; k < radii.Length; k++)
        {
            pairs[k] = counts.Sum(c => c[k]);
            values[k] = pairs[k] / possible[k];
        }
        return new(radii, values, pairs, window);
    }

    /// <summary>The number of radii, from the smallest, for which point i of the order is a centre.</summary>
    private static int Reach(int[] centres, int i)
    {
        int reach = centres.Length;
        while (reach > 0 && centres[reach - 1] <= i)
            reach--;
        return reach;
    }

    /// <summary>Pairs that could be found: each centre with every point outside its window.</summary>
    private static double[] Possible(int[] order, int[] centres, int n, int window)
    {
        double[] possible = new double[centres.Length];
        double sum = 0;
        int k = centres.Length - 1;
        for (int i = 0; i <= centres[0] && k >= 0; i++)
        {
            while (k >= 0 && centres[k] == i)
                possible[k--] = sum;
            if (i < n)
                sum += n - 1 - Math.Min(window, order[i]) - Math.Min(window, n - 1 - order[i]);
        }
        return possible;
    }

    // A fixed random order, by Fisher and Yates.
    private static int[] Order(int n)
    {
        int[] order = [.. Enumerable.Range(0, n)];
        RandomStream random = new(0, "centres of a correlation sum");
        for (int i = n - 1; i > 0; i--)
        {
            int j = (int)random.NextInt64(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }
        return order;
    }

    private static double[] RadiiOf(TimeSeries series, PointTree tree, int[] order, int window, int perOctave)
    {
        // Pairs lie sqrt(2 variance) apart in the mean square.
        double largest = Math.Sqrt(2 * Recording.Variance(series)) / 2;
        if (!(largest > 0) || !double.IsFinite(largest))
            throw new ArgumentException("The points are all the same: there is nothing to measure.", nameof(series));
        double[] nearest = [.. order
            .Take(Math.Min(series.Length, 1000))
            .Select(t => tree.Nearest(series.Row(t), t, window, series.Length).Distance)
            .Where(d => d > 0 && double.IsFinite(d))
            .Order()];
        double smallest = nearest.Length == 0 ? largest * SmallestShare : Math.Min(nearest[nearest.Length / 20], largest / 4);
        int count = (int)Math.Clamp(Math.Ceiling(perOctave * Math.Log2(largest / smallest)), 2, 60 * perOctave) + 1;
        return [.. Enumerable.Range(0, count).Select(k => largest * Math.Pow(2, (k + 1.0 - count) / perOctave))];
    }
}
