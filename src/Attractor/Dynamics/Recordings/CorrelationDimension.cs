namespace Attractor.Dynamics;

/// <summary>
/// The slope of ln C(r) over ln r where it is straight: the correlation dimension D2 of Grassberger and Procaccia (1983).
/// </summary>
/// <param name="Value">D2.</param>
/// <param name="StandardError">Of D2, by the spread of the slope over the region; it knows nothing of
/// the finite length of the recording.</param>
/// <param name="Sum">The correlation sum.</param>
/// <param name="LocalSlopes">d ln C / d ln r at each radius, over an octave; NaN where too few pairs were found.</param>
/// <param name="Region">The radii between which the line was fitted, as indices.</param>
public sealed record CorrelationDimension(double Value, double StandardError, CorrelationSum Sum, double[] LocalSlopes, LinearRegion Region)
{
    private const int FewestPairs = 200;
    private const double LargestShare = 0.1, Steady = 0.06;

    /// <summary>The correlation dimension of the points of a series.</summary>
    /// <param name="series">T x N, finite: a recording of all variables, or a delay embedding.</param>
    /// <param name="options">How to count.</param>
    /// <param name="cancellationToken">Stops with an <see cref="OperationCanceledException"/>.</param>
    /// <remarks>
    /// The region: of all stretches in which at least 200 pairs were found and C is below 0.1, the longest along which the local slope
    /// stays within 6 % of its middle; where that is shorter than two octaves, the tolerance grows until one of two octaves is found.
    /// </remarks>
    /// <exception cref="ArgumentException">The series is too short, constant, or has missing values.</exception>
    public static CorrelationDimension Estimate(
        TimeSeries series, CorrelationSumOptions? options = null, CancellationToken cancellationToken = default)
        => OfTrials([series], options, cancellationToken);

    /// <summary>The same over several trials of one system.</summary>
    /// <param name="trials">T x N each, finite.</param>
    /// <param name="options">How to count.</param>
    /// <param name="cancellationToken">Stops with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">There are too few rows, they are constant, or have missing values.</exception>
    public static CorrelationDimension OfTrials(
        IReadOnlyList<TimeSeries> trials, CorrelationSumOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new();
        CorrelationSum sum = CorrelationSum.OfTrials(trials, options, cancellationToken);
        int n = sum.Radii.Length, half = Math.Max(1, options.RadiiPerOctave / 2);
        double[] x = [.. sum.Radii.Select(r => Math.Log(r))],
            y = [.. sum.Values.Select(c => c > 0 ? Math.Log(c) : double.NaN)], slopes = new double[n];
        Array.Fill(slopes, double.NaN);
        for (int k = half; k + half < n; k++)
            if (sum.Pairs[k - half] >= FewestPairs)
                slopes[k] = LinearRegion.Line(x, y, k - half, k + half).Slope;
        bool[] usable = [.. Enumerable.Range(0, n).Select(k => double.IsFinite(slopes[k]) && sum.Values[k] <= LargestShare)];
        if (Longest(slopes, usable, 2 * options.RadiiPerOctave) is not var (from, to))
            throw new ArgumentException(
                "No two octaves of radii hold enough pairs for a slope: the recording is too short or too coarse.", nameof(trials));
        LinearRegion region = LinearRegion.Fit(x, y, from, to);
        return new(region.Slope, region.StandardError, sum, slopes, region);
    }

    private static (int From, int To)? Longest(double[] slopes, bool[] usable, int wanted)
    {
        for (double tolerance = Steady; tolerance < 10; tolerance *= 1.25)
        {
            (int From, int To)? best = null;
            for (int from = 0; from < slopes.Length; from++)
            {
                double lowest = double.PositiveInfinity, highest = double.NegativeInfinity;
                for (int to = from; to < slopes.Length && usable[to]; to++)
                {
                    (lowest, highest) = (Math.Min(lowest, slopes[to]), Math.Max(highest, slopes[to]));
                    if (highest - lowest > tolerance * (highest + lowest))
                        break;
                    if (best is null || to - from > best.Value.To - best.Value.From)
                        best = (from, to);
                }
            }
            if (best is { } found && found.To - found.From >= wanted)
                return found;
        }
        return null;
    }
}
