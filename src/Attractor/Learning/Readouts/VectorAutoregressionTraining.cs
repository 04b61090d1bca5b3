using System.Diagnostics;
using System.Numerics.Tensors;
using Attractor.Data;
using Attractor.Models;

namespace Attractor.Learning;

/// <summary>
/// Trains a nonlinear vector autoregression by ridge regression of the increments on the features, which are never all in memory.
/// </summary>
/// <remarks>
/// <para>The constant is a feature, and penalised like the others, as published. A sample is a row with the delayed rows it needs and the
/// row after it; it is left out if one of their values is missing.</para>
/// <para>Of the options, <see cref="ReadoutOptions.Washout"/> says nothing here: the history is complete after
/// <see cref="NonlinearVectorAutoregression.WarmUp"/> rows of each series, and all rows after them are fitted. Noise to regularise with
/// belongs on the data: <see cref="TimeSeries.WithNoise"/>.</para>
/// <para>Monomials of data with an offset differ by little more than rounding from combinations of the others, and their products by less:
/// there the samples themselves are factored, which solves the same problem with the same penalty.</para>
/// </remarks>
public static class VectorAutoregressionTraining
{
    // Read at once where rows are on disk.
    private const int BlockRows = 4096;

    /// <summary>Trains on one series.</summary>
    /// <inheritdoc cref="Fit(NonlinearVectorAutoregression, IReadOnlyList{TimeSeries}, ReadoutOptions?, CancellationToken)"/>
    public static ReadoutResult Fit(
        NonlinearVectorAutoregression model, TimeSeries data, ReadoutOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        return Fit(model, [data], options, cancellationToken);
    }

    /// <summary>Trains on several series of the N observed variables; no sample reaches from one into another.</summary>
    /// <param name="model">What is trained: its readout is set.</param>
    /// <param name="data">T x N each: T rows give T - 1 - warm-up samples.</param>
    /// <param name="options">How lambda is chosen.</param>
    /// <param name="cancellationToken">Stops with an <see cref="OperationCanceledException"/>; the model is then as it was.</param>
    /// <exception cref="ArgumentException">The data do not fit the model, or an option does not
    /// apply to it; the message says how.</exception>
    /// <exception cref="ArithmeticException">The fit is worse than a readout of 0; the model is then as it was.</exception>
    public static ReadoutResult Fit(
        NonlinearVectorAutoregression model,
        IReadOnlyList<TimeSeries> data,
        ReadoutOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        options ??= new();
        Check(model, data, options);
        return FitChecked(model, [.. data.Select(series => new SeriesRows(series))], options, cancellationToken);
    }

    /// <summary>
    /// Trains on rows that need not be in memory, such as those of a <see cref="RowStore"/>: they are read in blocks, from front to back, a
    /// few times. The same rows give the same bits as in memory.
    /// </summary>
    /// <param name="model">What is trained: its readout is set.</param>
    /// <param name="rows">Recordings of the N observed variables.</param>
    /// <param name="options">How lambda is chosen.</param>
    /// <param name="cancellationToken">Stops with an <see cref="OperationCanceledException"/>; the model is then as it was.</param>
    /// <exception cref="ArgumentException">The rows do not fit the model, or an option does not apply; the message says how.</exception>
    /// <exception cref="ArithmeticException">The fit is worse than a readout of 0; the model is then as it was.</exception>
    public static ReadoutResult FitRows(
        NonlinearVectorAutoregression model,
        IReadOnlyList<IRowSource> rows,
        ReadoutOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(rows);
        options ??= new();
        CheckRows(model, rows, options);
        return FitChecked(model, rows, options, cancellationToken);
    }

    private static ReadoutResult FitChecked(
        NonlinearVectorAutoregression model, IReadOnlyList<IRowSource> data, ReadoutOptions options, CancellationToken cancellationToken)
    {
        Stopwatch clock = Stopwatch.StartNew();
        bool validates = options.Selection is RidgeSelection.Validation;
        using RidgeStatistics all = new(model.FeatureCount, model.Observed);
        using RidgeStatistics? validation = validates ? new(model.FeatureCount, model.Observed) : null;
        ForEachSample(model, data, (series, row, features, increment) =>
        {
            bool held = validates && row >= (1 - options.HeldOut) * data[series].Count;
            (held ? validation! : all).Add(features, increment);
        }, cancellationToken);
        // Without a penalty, features that their products do not tell apart count as dependent, and are refused.
        double least = RidgeChoice.Least(options);
        bool resolved = least == 0 || RidgeRegression.IsResolved(all, least);
        (RidgeFit fit, IReadOnlyList<RidgePoint> path) = resolved
            ? RidgeChoice.Solve(all, validation, options)
            : Factored(model, data, options, cancellationToken);
        double squaredTargets = all.ToMoments().SquaredTargets + (resolved ? 0 : validation?.ToMoments().SquaredTargets ?? 0);
        if (!fit.ErrorIsResolved)
            fit = fit with { SquaredError = SquaredError(model, data, fit, cancellationToken), ErrorIsResolved = true };
        RidgeRegression.RequireUse(fit, squaredTargets);
        model.SetReadout(fit.Weights);
        long heldBack = resolved ? 0 : validation?.Samples ?? 0;
        return new()
        {
            Fit = fit,
            Samples = all.Samples + heldBack,
            Weight = all.Weight + heldBack,
            SquaredTargets = squaredTargets,
            Forgetting = model.WarmUp,
            ForgettingIsMeasured = true,
            Segments = 1,
            Path = path,
            Seconds = clock.Elapsed.TotalSeconds,
        };
    }

    private static (RidgeFit Fit, IReadOnlyList<RidgePoint> Path) Factored(
        NonlinearVectorAutoregression model, IReadOnlyList<IRowSource> data, ReadoutOptions options, CancellationToken cancellationToken)
    {
        RidgeFactor all = new(model.FeatureCount, model.Observed);
        RidgeFactor? validation = options.Selection is RidgeSelection.Validation ? new(model.FeatureCount, model.Observed) : null;
        ForEachSample(model, data, (series, row, features, increment) =>
        {
            bool held = validation is not null && row >= (1 - options.HeldOut) * data[series].Count;
            (held ? validation! : all).Add(features, increment);
        }, cancellationToken);
        return RidgeChoice.Solve(all, validation, options);
    }

    private static double SquaredError(
        NonlinearVectorAutoregression model, IReadOnlyList<IRowSource> data, RidgeFit fit, CancellationToken cancellationToken)
    {
        double sum = 0;
        ForEachSample(model, data, (_, _, features, increment) =>
        {
            for (int n = 0; n < increment.Length; n++)
            {
                double error =
                    increment[n] - TensorPrimitives.Dot<double>(fit.Weights.AsSpan(n * features.Length, features.Length), features);
                sum += error * error;
            }
        }, cancellationToken);
        return sum;
    }

    private static void ForEachSample(
        NonlinearVectorAutoregression model,
        IReadOnlyList<IRowSource> data,
        Action<int, long, double[], double[]> sample,
        CancellationToken cancellationToken)
    {
        int n = model.Observed, history = model.WarmUp;
        double[] state = new double[model.Dimension], features = new double[model.FeatureCount], increment = new double[n];
        double[] buffer = new double[(history + BlockRows + 1) * n];
        for (int s = 0; s < data.Count; s++)
        {
            for (long first = history; first < data[s].Count - 1; first += BlockRows)
            {
                cancellationToken.ThrowIfCancellationRequested();
                // The rows of a block, with those before them that they look back at and the one after them.
                int rows = (int)Math.Min(BlockRows, data[s].Count - 1 - first);
                Span<double> block = buffer.AsSpan(0, (history + rows + 1) * n);
                data[s].Read(first - history, block);
                for (int t = history; t < history + rows; t++)
                {
                    for (int delay = 0; delay < model.Delays; delay++)
                    {
                        int back = delay * model.Stride;
                        block.Slice((t - back) * n, n).CopyTo(state.AsSpan(back * n));
                    }
                    TensorPrimitives.Subtract(block.Slice((t + 1) * n, n), block.Slice(t * n, n), increment);
                    model.WriteFeatures(state, features);
                    // A gap in the history is a gap in the linear part.
                    if (!TensorPrimitives.IsNaNAny<double>(features.AsSpan(model.HasConstant ? 1 : 0, n * model.Delays))
                        && !TensorPrimitives.IsNaNAny<double>(increment))
                        sample(s, first + t - history, features, increment);
                }
            }
        }
    }

    /// <summary>Throws what a fit of these data would throw, without fitting.</summary>
    /// <exception cref="ArgumentException">The data do not fit the model or the options; the message says how.</exception>
    public static void Check(NonlinearVectorAutoregression model, IReadOnlyList<TimeSeries> data, ReadoutOptions options)
    {
        CheckOptions(options);
        if (data.Count == 0)
            throw new ArgumentException("There is no series to train on.", nameof(data));
        foreach (TimeSeries series in data)
        {
            if (series.Dimension != model.Observed)
                throw new ArgumentException(
                    $"The model observes {model.Observed} variables, the series has {series.Dimension}.", nameof(data));
            if (series.FindNonFinite() is { Infinite: > 0 } infinite)
                throw new ArgumentException($"The data hold {infinite}: remove the infinite values.", nameof(data));
        }
        RequireLength(model, data.Max(series => series.Length), nameof(data));
    }

    /// <summary>Throws what a fit of these rows would throw, without fitting.</summary>
    /// <exception cref="ArgumentException">The rows do not fit the model or the options; the message says how.</exception>
    public static void CheckRows(NonlinearVectorAutoregression model, IReadOnlyList<IRowSource> rows, ReadoutOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(options);
        CheckOptions(options);
        if (rows.Count == 0)
            throw new ArgumentException("There is no series to train on.", nameof(rows));
        foreach (IRowSource source in rows)
            if (source.Names.Count != model.Observed)
                throw new ArgumentException(
                    $"The model observes {model.Observed} variables, the rows have {source.Names.Count}.", nameof(rows));
        RequireLength(model, rows.Max(source => source.Count), nameof(rows));
    }

    private static void RequireLength(NonlinearVectorAutoregression model, long longest, string parameter)
    {
        int needed = model.WarmUp + 2;
        if (longest < needed)
            throw new ArgumentException(
                $"{model.Delays} delays {model.Stride} rows apart and a row to predict need {needed} rows, found {longest}.", parameter);
    }

    private static void CheckOptions(ReadoutOptions options)
    {
        options.Check();
        if (options.StateNoise > 0)
            throw new ArgumentException(
                "A vector autoregression has no state but its data: put the noise on these (TimeSeries.WithNoise).", nameof(options));
        if (options.Intercept)
            throw new ArgumentException(
                "The constant of a vector autoregression is one of its features, and penalised like them: there is no intercept besides.",
                nameof(options));
    }
}
