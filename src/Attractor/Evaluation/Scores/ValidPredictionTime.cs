using Attractor.Numerics;
using Attractor.Systems;

namespace Attractor.Evaluation;

/// <summary>
/// For how many steps a free forecast stays with the truth: until its normalised error (<see cref="ErrorNorm"/>) exceeds a threshold.
/// </summary>
/// <remarks>A model that needs a history (<see cref="IObservedMap.WarmUp"/>) is given the rows before the start.</remarks>
public static class ValidPredictionTime
{
    /// <summary>The customary threshold on the normalised error.</summary>
    public const double DefaultThreshold = 0.4;

    /// <summary>The starts that a median is over.</summary>
    internal const int DefaultStarts = 100;

    /// <summary>Steps before the error first exceeds the threshold, from one start.</summary>
    /// <param name="model">What forecasts.</param>
    /// <param name="truth">T x N. Rows with missing values are passed over.</param>
    /// <param name="start">The row to start at.</param>
    /// <param name="threshold">On the normalised error.</param>
    /// <param name="norm">How the error is normalised.</param>
    /// <returns>0 if the first step already misses; the rows left in the series, T - 1 - start, if none does.</returns>
    /// <exception cref="ArgumentException">The model observes another number of variables, the start is not a complete row, or the truth is
    /// constant.</exception>
    public static int Steps(
        IObservedMap model, TimeSeries truth, int start = 0, double threshold = DefaultThreshold, ErrorNorm norm = ErrorNorm.TotalDeviation)
    {
        ComparedRows.RequireObserved(model, truth);
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(start, truth.Length);
        if (!ComparedRows.IsFinite(truth.Row(start)))
            throw new ArgumentException($"Row {start} of the truth has missing values: start at a complete one.", nameof(start));
        return Steps(model, truth, start, Weights(truth, threshold, norm));
    }

    /// <summary>The median over starts spread evenly over the first three quarters of the series.</summary>
    /// <returns>Steps; NaN if there is no complete start.</returns>
    /// <inheritdoc cref="All"/>
    public static double Median(
        IObservedMap model,
        TimeSeries truth,
        int starts = DefaultStarts,
        double threshold = DefaultThreshold,
        ErrorNorm norm = ErrorNorm.TotalDeviation,
        CancellationToken cancellationToken = default)
        => Median(All(model, truth, starts, threshold, norm, cancellationToken));

    /// <summary>The median of some times; NaN of none.</summary>
    internal static double Median(int[] times)
    {
        int[] sorted = [.. times.Order()];
        return sorted.Length == 0 ? double.NaN : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2.0;
    }

    /// <summary>
    /// The steps from each of some starts spread evenly over the first three quarters of the
    /// series, after the history that the model needs.
    /// </summary>
    /// <param name="model">What forecasts.</param>
    /// <param name="truth">T x N. Starts with missing values are left out.</param>
    /// <param name="starts">How many starts.</param>
    /// <param name="threshold">On the normalised error.</param>
    /// <param name="norm">How the error is normalised.</param>
    /// <param name="cancellationToken">Stops with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">The model observes another number of variables, or the truth is constant.</exception>
    public static int[] All(
        IObservedMap model,
        TimeSeries truth,
        int starts = DefaultStarts,
        double threshold = DefaultThreshold,
        ErrorNorm norm = ErrorNorm.TotalDeviation,
        CancellationToken cancellationToken = default)
        => [.. ByStart(model, truth, starts, threshold, norm, cancellationToken).Select(s => s.Steps)];

    /// <summary>The same with the rows that they start at.</summary>
    /// <inheritdoc cref="All"/>
    internal static (int Row, int Steps)[] ByStart(
        IObservedMap model,
        TimeSeries truth,
        int starts = DefaultStarts,
        double threshold = DefaultThreshold,
        ErrorNorm norm = ErrorNorm.TotalDeviation,
        CancellationToken cancellationToken = default)
    {
        ComparedRows.RequireObserved(model, truth);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(starts);
        double[] weights = Weights(truth, threshold, norm);
        int end = (int)(3L * truth.Length / 4), first = Math.Min(model.WarmUp, end / 2);
        int[] rows = [.. ComparedRows.Spread(end - first, starts)
            .Select(start => first + start)
            .Where(start => ComparedRows.IsFinite(truth.Row(start)))];
        int[] times = new int[rows.Length];
        Concurrent.For(rows.Length, i => times[i] = Steps(model, truth, rows[i], weights), cancellationToken);
        return [.. rows.Zip(times)];
    }

    private static int Steps(IObservedMap model, TimeSeries truth, int start, double[] weights)
    {
        double[] state = FreeRun.StateAt(model, truth, start), forecast = new double[truth.Dimension];
        model = DrivenMap.Along(model, truth.Inputs, start);
        int rows = truth.Length - 1 - start;
        for (int step = 1; step <= rows; step++)
        {
            if (step == 1)
                model.ForcedStep(state, truth.Row(start), state);
            else
                model.Step(state, state);
            model.Observe(state, forecast);
            if (!ComparedRows.IsFinite(forecast))
                return step - 1;
            ReadOnlySpan<double> row = truth.Row(start + step);
            double error = 0;
            for (int n = 0; n < forecast.Length; n++)
                error += weights[n] * (forecast[n] - row[n]) * (forecast[n] - row[n]);
            // A missing value makes the error NaN, which exceeds nothing.
            if (error > 1)
                return step - 1;
        }
        return rows;
    }

    /// <summary>Of each squared error, such that the threshold is where their sum is 1.</summary>
    private static double[] Weights(TimeSeries truth, double threshold, ErrorNorm norm)
    {
        if (!(threshold > 0))
            throw new ArgumentOutOfRangeException(nameof(threshold), threshold, "The threshold must be positive.");
        double[] variances = new double[truth.Dimension];
        for (int n = 0; n < truth.Dimension; n++)
        {
            double[] column = [.. truth.Column(n).Where(double.IsFinite)];
            double mean = column.Length > 0 ? column.Average() : 0;
            if (column.Length > 0)
                variances[n] = column.Average(x => (x - mean) * (x - mean));
        }
        double total = variances.Sum();
        if (!(total > 0))
            throw new ArgumentException("The truth is constant: there is nothing to predict.", nameof(truth));
        if (norm is ErrorNorm.TotalDeviation)
            return [.. variances.Select(_ => 1 / (threshold * threshold * total))];
        return [.. variances.Select(v => v > 0 ? 1 / (threshold * threshold * v * variances.Length) : 0)];
    }
}
