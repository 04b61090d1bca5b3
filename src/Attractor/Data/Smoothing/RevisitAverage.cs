namespace Attractor.Data;

/// <summary>
/// Smoothing by other visits of the same states: each row becomes the mean of the rows in the middle of those windows that are most like
/// the one around it, its own included.
/// </summary>
/// <remarks>
/// After T. Schreiber, "Extremely simple nonlinear noise reduction method", Phys. Rev. E 47, 2401 (1993), with a number of neighbours in
/// place of a radius, and distances between the leading principal components of the windows (Broomhead and King, Physica D 20, 217, 1986).
/// It asks for no smoothness in time, so spikes of a few rows are no obstacle, but for a recording that comes back to its states often.
/// </remarks>
internal sealed class RevisitAverage
{
    // Windows that are compared with; more take time, and bring little to the noise that is left.
    internal const int MostWindows = 50_000;

    // Fewer do not come back often enough.
    internal const int FewestWindows = 5000;

    /// <summary>w: windows are of 2 w + 1 rows.</summary>
    /// <remarks>Narrower ones are alike by the noise in them: a row is then averaged with others that err as it does.</remarks>
    public const int HalfWidth = 8;

    /// <summary>Rows of a window.</summary>
    public const int Window = (2 * HalfWidth) + 1;

    /// <summary>How many windows are averaged over.</summary>
    public const int Neighbours = 40;

    private const int Components = 8, MostProbed = 1000;

    // What is taken away must look like noise: no likeness of a row's to the next row's, and no more of it where the series bends.
    private const double MostCorrelation = 0.2;

    private readonly WindowSpace _space;
    private readonly NearestWindows _nearest;
    private readonly double[] _middles;
    private readonly int _variables;

    private RevisitAverage(WindowSpace space, NearestWindows nearest, double[] middles, int variables)
        => (_space, _nearest, _middles, _variables) = (space, nearest, middles, variables);

    /// <summary>The standard deviation of the noise of each variable, in the units of the data; 0 where what differs is no noise.</summary>
    public required IReadOnlyList<double> Noise { get; init; }

    /// <summary>An average over the windows of some recordings; null if none of the variables has noise that it tells.</summary>
    /// <param name="pieces">Stretches without missing values.</param>
    /// <param name="deviations">N standard deviations.</param>
    /// <param name="errors">Root mean squares of the leave-one-out errors that the averages are to stay below.</param>
    public static RevisitAverage? For(IReadOnlyList<TimeSeries> pieces, IReadOnlyList<double> deviations, IReadOnlyList<double> errors)
    {
        if (WindowSpace.Of(pieces, deviations, HalfWidth, Components) is not { } space)
            return null;
        float[] points = space.Project(pieces, MostWindows, out double[] middles);
        if (points.Length / space.Dimension < FewestWindows)
            return null;
        NearestWindows nearest = new(points, space.Dimension);
        double[] noise = Probe.Of(nearest, middles, deviations.Count).NoiseOf(deviations, errors);
        return noise.All(n => n == 0) ? null : new(space, nearest, middles, deviations.Count) { Noise = noise };
    }

    /// <summary>A stretch with the variables that have noise smoothed; the first and the last w rows are left as they are.</summary>
    /// <param name="stretch">T x N, without missing values.</param>
    public double[] Apply(TimeSeries stretch)
    {
        double[] smooth = stretch.Values.ToArray();
        int rows = stretch.Length - (2 * HalfWidth);
        if (rows <= 0)
            return smooth;
        float[] points = _space.Project([stretch], rows, out _);
        int d = _space.Dimension;
        Parallel.For(0, rows, () => new (float, int)[Neighbours], (t, _, found) =>
        {
            int count = _nearest.Find(points.AsSpan(t * d, d), found);
            for (int n = 0; n < _variables; n++)
            {
                if (Noise[n] == 0)
                    continue;
                double sum = 0;
                for (int k = 0; k < count; k++)
                    sum += _middles[(found[k].Item2 * _variables) + n];
                smooth[((t + HalfWidth) * _variables) + n] = sum / count;
            }
            return found;
        }, _ => { });
        return smooth;
    }

    /// <summary>What an average leaves of some pairs of rows that follow each other.</summary>
    /// <param name="Residuals">Two rows for each pair, N values for each row.</param>
    /// <param name="Bends">Absolute second differences of the average, likewise.</param>
    private sealed record Probe(double[] Residuals, double[] Bends)
    {
        public static Probe Of(NearestWindows nearest, double[] middles, int variables)
        {
            int windows = middles.Length / variables, pairs = Math.Min(MostProbed, (windows - 3) / 2);
            double[] residuals = new double[2 * pairs * variables], bends = new double[residuals.Length];
            Parallel.For(0, 2 * pairs, () => new (float, int)[Neighbours], (i, _, found) =>
            {
                int row = 1 + (int)((long)(i / 2) * (windows - 3) / pairs) + (i % 2), count = nearest.Find(nearest.Point(row), found);
                for (int n = 0; n < variables; n++)
                {
                    double At(int window) => middles[(Math.Clamp(window, 0, windows - 1) * variables) + n];
                    double sum = 0, bend = 0;
                    for (int k = 0; k < count; k++)
                    {
                        int other = found[k].Item2;
                        sum += At(other);
                        bend += At(other - 1) - (2 * At(other)) + At(other + 1);
                    }
                    (residuals[(i * variables) + n], bends[(i * variables) + n]) = (At(row) - (sum / count), Math.Abs(bend / count));
                }
                return found;
            }, _ => { });
            return new(residuals, bends);
        }

        public double[] NoiseOf(IReadOnlyList<double> deviations, IReadOnlyList<double> errors)
        {
            const double Others = Neighbours - 1;
            int variables = deviations.Count;
            double[] noise = new double[variables];
            for (int n = 0; n < variables; n++)
            {
                double[] residuals = [.. Enumerable.Range(0, Residuals.Length / variables).Select(i => Residuals[(i * variables) + n])];
                double[] bends = [.. Enumerable.Range(0, residuals.Length).Select(i => Bends[(i * variables) + n])];
                double square = residuals.Average(r => r * r), product = 0;
                for (int i = 0; i < residuals.Length; i += 2)
                    product += residuals[i] * residuals[i + 1] / (residuals.Length / 2);
                // A row is among its own neighbours: what it counts for itself comes off.
                double level = Math.Sqrt(square * Neighbours / Others), alone = Math.Sqrt(square) * Neighbours / Others;
                if (alone < errors[n] && FilterChoice.IsNoise(level, deviations[n]) && Math.Abs(product) <= MostCorrelation * square
                    && FilterChoice.RatioAtBends(bends, [.. residuals.Select(r => r * r)]) <= FilterChoice.MostAtBends)
                    noise[n] = level;
            }
            return noise;
        }
    }
}
