using System.Diagnostics;
using Attractor.Data;
using Attractor.Models;

namespace Attractor.Learning;

/// <summary>Trains the readout of an echo state network by ridge regression on its states, which are never all in memory.</summary>
public static class ReadoutTraining
{
    /// <summary>Trains a network to predict the next row of one series: T rows give T - 1 pairs.</summary>
    /// <inheritdoc cref="Fit(EchoStateNetwork, IReadOnlyList{TeachingSeries}, ReadoutOptions?,
    /// IProgress{ReadoutProgress}?, CancellationToken)"/>
    public static ReadoutResult Fit(
        EchoStateNetwork network,
        TimeSeries data,
        ReadoutOptions? options = null,
        IProgress<ReadoutProgress>? progress = null,
        CancellationToken cancellationToken = default)
        => Fit(network, [TeachingSeries.NextStep(data)], options, progress, cancellationToken);

    /// <summary>Trains a network on several series of inputs and targets; the reservoir starts each from the state 0.</summary>
    /// <param name="network">What is trained: its readout is set.</param>
    /// <param name="series">Inputs and targets. With feedback, the targets are fed back in place of the outputs (teacher forcing).</param>
    /// <param name="options">How it is trained.</param>
    /// <param name="progress">Called about ten times a second.</param>
    /// <param name="cancellationToken">Stops with an <see cref="OperationCanceledException"/>; the network is then as it was.</param>
    /// <returns>The fit and what it rests on. The same bits for any number of threads.</returns>
    /// <exception cref="ArgumentException">The data do not fit the network or the options; the message says how.</exception>
    /// <exception cref="ArithmeticException">The fit is worse than a readout of 0; the network is then as it was.</exception>
    public static ReadoutResult Fit(
        EchoStateNetwork network,
        IReadOnlyList<TeachingSeries> series,
        ReadoutOptions? options = null,
        IProgress<ReadoutProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(series);
        options ??= new();
        Check(network, series, options);
        return FitChecked(network, TeachingRows.Of(series), options, progress, cancellationToken);
    }

    /// <summary>
    /// Trains a network to predict the next row of recordings that need not be in memory, such as those of a <see cref="RowStore"/>: each
    /// is read from front to back at several places at once. The same rows give the same bits as in memory.
    /// </summary>
    /// <param name="network">What is trained: its readout is set. It has as many inputs and outputs as the rows have columns.</param>
    /// <param name="rows">Recordings; the reservoir starts each from the state 0. Where one has missing values, each stretch without any is
    /// a recording of its own, and one that the washout leaves nothing of is left out.</param>
    /// <param name="options">How it is trained.</param>
    /// <param name="progress">Called about ten times a second.</param>
    /// <param name="cancellationToken">Stops with an <see cref="OperationCanceledException"/>; the network is then as it was.</param>
    /// <returns>The fit and what it rests on. The same bits for any number of threads.</returns>
    /// <exception cref="ArgumentException">The rows do not fit the network or the options; the message says how.</exception>
    /// <exception cref="ArithmeticException">The fit is worse than a readout of 0; the network is then as it was.</exception>
    public static ReadoutResult FitRows(
        EchoStateNetwork network,
        IReadOnlyList<IRowSource> rows,
        ReadoutOptions? options = null,
        IProgress<ReadoutProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        options ??= new();
        CheckRows(network, rows, options);
        TeachingRows[] series = NextStepRows.Of(rows, options.Washout);
        if (series.Length == 0 || series.Max(s => s.Length) <= options.Washout)
            throw new ArgumentException(
                $"The washout of {options.Washout} states leaves nothing of the longest stretch without missing values: shorten it, or "
                + "fill the gaps.",
                nameof(rows));
        return FitChecked(network, series, options, progress, cancellationToken);
    }

    private static ReadoutResult FitChecked(
        EchoStateNetwork network,
        TeachingRows[] series,
        ReadoutOptions options,
        IProgress<ReadoutProgress>? progress,
        CancellationToken cancellationToken)
    {
        Stopwatch clock = Stopwatch.StartNew();
        options.Ranks?.Watch(cancellationToken);
        ReadoutRun run = new(network, series, options, progress, cancellationToken);
        (RidgeStatistics all, RidgeStatistics? validation) = run.Collect();
        using (all)
        using (validation)
        {
            (RidgeFit fit, IReadOnlyList<RidgePoint> path) = RidgeChoice.Solve(all, validation, options);
            if (!fit.ErrorIsResolved)
                fit = fit with { SquaredError = run.SquaredError(fit), ErrorIsResolved = true };
            RidgeStatistics.Moments moments = all.ToMoments();
            RidgeRegression.RequireUse(fit, moments.SquaredTargets);
            network.SetReadout(fit.Weights, fit.Constants, run.Forgetting ?? options.Washout);
            return new()
            {
                Fit = fit,
                Samples = all.Samples,
                Weight = all.Weight,
                SquaredTargets = moments.SquaredTargets,
                MeanSquaredState = MeanSquaredState(network, moments),
                Forgetting = run.Forgetting,
                ForgettingIsMeasured = run.IsLong,
                Segments = run.Segments.Count / series.Length,
                Path = path,
                Seconds = clock.Elapsed.TotalSeconds,
            };
        }
    }

    /// <summary>The statistics of all samples, for whoever wants to fit them in other ways.</summary>
    /// <inheritdoc cref="Fit(EchoStateNetwork, IReadOnlyList{TeachingSeries}, ReadoutOptions?,
    /// IProgress{ReadoutProgress}?, CancellationToken)"/>
    public static RidgeStatistics Collect(
        EchoStateNetwork network,
        IReadOnlyList<TeachingSeries> series,
        ReadoutOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(series);
        options = (options ?? new()) with { Selection = RidgeSelection.Fixed };
        Check(network, series, options);
        return new ReadoutRun(network, TeachingRows.Of(series), options, null, cancellationToken).Collect().Fitted;
    }

    /// <summary>Throws what a fit of these data would throw, without fitting.</summary>
    /// <exception cref="ArgumentException">The data do not fit the network or the options; the message says how.</exception>
    public static void Check(EchoStateNetwork network, IReadOnlyList<TeachingSeries> series, ReadoutOptions options)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(series);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        TeachingSeries.Check(series, network, options.Washout);
    }

    /// <summary>Throws what a fit of these rows would throw before it reads them.</summary>
    /// <exception cref="ArgumentException">The rows do not fit the network or the options; the message says how.</exception>
    public static void CheckRows(EchoStateNetwork network, IReadOnlyList<IRowSource> rows, ReadoutOptions options)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        if (rows.Count == 0)
            throw new ArgumentException("There is no series to train on.", nameof(rows));
        foreach (IRowSource source in rows)
        {
            int width = source.Names.Count;
            if (network.Inputs != width || network.Outputs != width)
                throw new ArgumentException(
                    $"The network has {network.Inputs} inputs and {network.Outputs} outputs, the rows have {width} columns.", nameof(rows));
            if (source.Count > int.MaxValue)
                throw new ArgumentException($"A recording has {source.Count} rows, expected at most {int.MaxValue}.", nameof(rows));
            if (source.Profiles.Any(column => double.IsInfinity(column.Minimum) || double.IsInfinity(column.Maximum)))
                throw new ArgumentException("The rows hold infinite values: remove them.", nameof(rows));
        }
        long longest = rows.Max(source => source.Count) - 1;
        if (longest <= options.Washout)
            throw new ArgumentException(
                $"The washout of {options.Washout} states leaves nothing of {longest} pairs to train on: shorten it, or bring a longer "
                + "series.",
                nameof(rows));
    }

    // Of a squared unit the feature is its square: the others do.
    private static double? MeanSquaredState(EchoStateNetwork network, RidgeStatistics.Moments moments)
    {
        if (network.Reservoir.Activation is not Activation.Tanh)
            return null;
        int[] plain = [.. Enumerable.Range(0, network.Reservoir.Units).Where(i => !network.Features.Squares || i % 2 == 1)];
        return plain.Length == 0 ? null : plain.Average(i =>
            (moments.Gram[(long)i * (moments.Features + 1)] / moments.Weight)
            + (moments.Intercept ? moments.Mean[i] * moments.Mean[i] : 0));
    }
}
