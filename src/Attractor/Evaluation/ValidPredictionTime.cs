using Attractor.Data;
using Attractor.Systems;

namespace Attractor.Evaluation;

/// <summary>
/// For how many steps a free forecast stays with the truth: until |x^_t - x_t| / sqrt(mean_t |x_t - mean|^2), Euclidean
/// over the variables, exceeds a threshold (Vlachas et al., Neural Networks 126, 2020; Pathak et al., PRL 120, 2018).
/// </summary>
public static class ValidPredictionTime
{
    /// <summary>The customary threshold on the normalised error.</summary>
    public const double DefaultThreshold = 0.4;

    /// <summary>Steps before the error first exceeds the threshold, from one start.</summary>
    /// <param name="model">What forecasts.</param>
    /// <param name="truth">T x N. Rows with missing values are passed over.</param>
    /// <param name="start">The row to start at.</param>
    /// <param name="threshold">On the normalised error.</param>
    /// <returns>0 if the first step already misses; the rows left in the series, T - 1 - start, if none does.</returns>
    /// <exception cref="ArgumentException">The model observes another number of variables, the start is not a complete row, or the truth is constant.</exception>
    public static int Steps(IObservedMap model, TimeSeries truth, int start = 0, double threshold = DefaultThreshold)
    {
        Rows.RequireObserved(model, truth);
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(start, truth.Length);
        if (!Rows.IsFinite(truth.Row(start)))
            throw new ArgumentException($"Row {start} of the truth has missing values: start at a complete one.", nameof(start));
        return Steps(model, truth, start, Limit(truth, threshold), new double[model.Dimension]);
    }

    /// <summary>The median over starts spread evenly over the first three quarters of the series.</summary>
    /// <param name="model">What forecasts.</param>
    /// <param name="truth">T x N. Starts with missing values are left out.</param>
    /// <param name="starts">How many starts.</param>
    /// <param name="threshold">On the normalised error.</param>
    /// <param name="cancellationToken">Stops with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>Steps; NaN if there is no complete start.</returns>
    /// <exception cref="ArgumentException">The model observes another number of variables, or the truth is constant.</exception>
    public static double Median(
        IObservedMap model, TimeSeries truth, int starts = 100, double threshold = DefaultThreshold, CancellationToken cancellationToken = default)
    {
        Rows.RequireObserved(model, truth);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(starts);
        double limit = Limit(truth, threshold);
        double[] state = new double[model.Dimension];
        List<int> times = [];
        foreach (int start in Rows.Spread((int)(3L * truth.Length / 4), starts))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Rows.IsFinite(truth.Row(start)))
                times.Add(Steps(model, truth, start, limit, state));
        }
        times.Sort();
        return times.Count == 0 ? double.NaN : (times[(times.Count - 1) / 2] + times[times.Count / 2]) / 2.0;
    }

    private static int Steps(IObservedMap model, TimeSeries truth, int start, double limit, double[] state)
    {
        model.InitialState(truth.Row(start), state);
        int rows = truth.Length - 1 - start;
        for (int step = 1; step <= rows; step++)
        {
            model.Step(state, state);
            ReadOnlySpan<double> forecast = state.AsSpan(0, truth.Dimension), row = truth.Row(start + step);
            if (!Rows.IsFinite(forecast))
                return step - 1;
            // A missing value makes the distance NaN, which exceeds nothing.
            if (Rows.SquaredDistance(forecast, row) > limit)
                return step - 1;
        }
        return rows;
    }

    /// <summary>threshold^2 times the total variance of the truth.</summary>
    private static double Limit(TimeSeries truth, double threshold)
    {
        if (!(threshold > 0))
            throw new ArgumentOutOfRangeException(nameof(threshold), threshold, "The threshold must be positive.");
        double variance = 0;
        for (int n = 0; n < truth.Dimension; n++)
        {
            double[] column = [.. truth.Column(n).Where(double.IsFinite)];
            double mean = column.Length > 0 ? column.Average() : 0;
            if (column.Length > 0)
                variance += column.Average(x => (x - mean) * (x - mean));
        }
        if (!(variance > 0))
            throw new ArgumentException("The truth is constant: there is nothing to predict.", nameof(truth));
        return threshold * threshold * variance;
    }
}
