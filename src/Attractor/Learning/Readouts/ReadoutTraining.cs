using System.Diagnostics;
using Attractor.Models;
using Attractor.Numerics;

namespace Attractor.Learning;

/// <summary>Trains the readout of an echo state network by ridge regression on its states, which are never all in memory.</summary>
public static unsafe class ReadoutTraining
{
    // Neighbouring segments must meet in the same state.
    private const double LargestSeam = 1e-10;

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
        Stopwatch clock = Stopwatch.StartNew();
        Run run = new(network, series, options, progress, cancellationToken);
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
                Segments = run.Segments.Count / series.Count,
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
        return new Run(network, series, options, null, cancellationToken).Collect().Fitted;
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

    private sealed class Run(
        EchoStateNetwork network,
        IReadOnlyList<TeachingSeries> series,
        ReadoutOptions options,
        IProgress<ReadoutProgress>? progress,
        CancellationToken cancellationToken)
    {
        private const int Lanes = RidgeStatistics.Lanes, MostGroups = 4;

        private readonly ReservoirDrive?[] _drives =
        [
            new(network.Reservoir, series, options.StateNoise, options.Seed),
            .. new ReservoirDrive?[MostGroups - 1]
        ];
        private readonly Stopwatch _clock = Stopwatch.StartNew();
        private long _done, _of, _reported;

        /// <summary>Whether it pays to measure how fast the reservoir forgets, and to cut the series.</summary>
        public bool IsLong => Longest >= 512;

        private int Longest => series.Max(s => s.Inputs.Length);

        /// <summary>
        /// Steps after which the reservoir has forgotten its beginning; null where the series are too short
        /// for it to matter, or it does not forget.
        /// </summary>
        public int? Forgetting { get; private set; }

        /// <summary>What the series were cut into.</summary>
        public List<Segment> Segments { get; private set; } = [];

        /// <summary>All samples: of segments that ran side by side where the reservoir forgets, else of whole series.</summary>
        public (RidgeStatistics Fitted, RidgeStatistics? HeldOut) Collect()
        {
            const int Most = 5000;
            Forgetting = IsLong ? Drive(0).Forgetting(Math.Min(Most, Longest / 4), cancellationToken) : null;
            if (TryCollect() is { } collected)
                return collected;
            Forgetting = null;
            return TryCollect()!.Value;
        }

        /// <summary>All samples; null if two segments do not meet in the same state.</summary>
        private (RidgeStatistics Fitted, RidgeStatistics? HeldOut)? TryCollect()
        {
            Segments = Segment.Cut([.. series.Select(s => s.Inputs.Length)], Forgetting);
            Segment[][] panels = Panels(Segments);
            int groups = Math.Min(panels.Length, MostGroups);
            _of = Segments.Sum(s => (long)s.Rows);
            RidgeStatistics[] fitted = [.. Enumerable.Range(0, groups).Select(_ => Statistics())];
            RidgeStatistics[]? heldOut = options.Selection is RidgeSelection.Validation
                ? [.. Enumerable.Range(0, groups).Select(_ => Statistics())]
                : null;
            Dictionary<Segment, Seam> seams = Segments.ToDictionary(s => s, _ => new Seam());
            Each(
                panels,
                groups,
                (group, panel) => Collect(Drive(group), panel, new(network, series), fitted[group], heldOut?[group], seams));
            for (int group = 1; group < groups; group++)
            {
                Merge(fitted[0], fitted[group]);
                if (heldOut is not null)
                    Merge(heldOut[0], heldOut[group]);
            }
            bool whole = Segments.All(
                s => s.Counted == 0 || Meet(seams[Segments.Single(p => p.Series == s.Series && p.End == s.Counted)], seams[s]));
            if (whole)
                return (fitted[0], heldOut?[0]);
            fitted[0].Dispose();
            heldOut?[0].Dispose();
            return null;
        }

        /// <summary>The squared error of a fit, summed over the residuals themselves.</summary>
        public double SquaredError(RidgeFit fit)
        {
            Segment[][] panels = Panels(Segments);
            int groups = Math.Min(panels.Length, MostGroups);
            double[] sums = new double[groups];
            Each(panels, groups, (group, panel) =>
            {
                StateCollector collector = new(network, series);
                using AlignedBuffer<double> work = new((long)(network.FeatureCount + network.Outputs + 1) * Lanes);
                double[] weights = new double[Lanes];
                Drive(group).Run(panel, null, (states, rows) =>
                {
                    for (int lane = 0; lane < panel.Length; lane++)
                        weights[lane] = Weight(panel[lane], rows[lane]);
                    sums[group] += collector.SquaredError(states, panel, rows, weights, fit, work.Pointer);
                    return true;
                }, cancellationToken);
            });
            return sums.Sum();
        }

        // One for each group: what it runs on is its own.
        private ReservoirDrive Drive(int group)
            => _drives[group] ??= new(network.Reservoir.ForThread(), series, options.StateNoise, options.Seed);

        private RidgeStatistics Statistics() => new(network.FeatureCount, network.Outputs, options.Intercept);

        private void Collect(
            ReservoirDrive drive,
            Segment[] panel,
            StateCollector collector,
            RidgeStatistics fitted,
            RidgeStatistics? heldOut,
            Dictionary<Segment, Seam> seams)
        {
            double[] weights = new double[Lanes], weightsHeldOut = new double[Lanes];
            int steps = 0;
            drive.Run(panel, null, (states, rows) =>
            {
                for (int lane = 0; lane < panel.Length; lane++)
                {
                    Segment segment = panel[lane];
                    double weight = Weight(segment, rows[lane]);
                    bool held = heldOut is not null && rows[lane] >= (1 - options.HeldOut) * series[segment.Series].Inputs.Length;
                    weights[lane] = held ? 0 : weight;
                    weightsHeldOut[lane] = held ? weight : 0;
                    if (rows[lane] == segment.Counted - 1)
                        seams[segment].Before = Lane(states, lane);
                    if (rows[lane] == segment.End - 1)
                        seams[segment].After = Lane(states, lane);
                }
                collector.Add(states, panel, rows, weights, fitted);
                if (heldOut is not null)
                    collector.Add(states, panel, rows, weightsHeldOut, heldOut);
                if (++steps % 64 == 0)
                    Report(64L * panel.Length);
                return true;
            }, cancellationToken);
        }

        private double Weight(Segment segment, int row)
        {
            if (row < Math.Max(segment.Counted, options.Washout))
                return 0;
            TeachingSeries taught = series[segment.Series];
            foreach (double target in taught.Targets.Row(row))
                if (double.IsNaN(target))
                    return 0;
            return taught.Weights?[row] ?? 1;
        }

        private double[] Lane(double* states, int lane)
        {
            double[] state = new double[network.Reservoir.Units];
            for (nint i = 0; i < state.Length; i++)
                state[i] = states[(i * Lanes) + lane];
            return state;
        }

        // Long segments together, so that no lane idles for long.
        private static Segment[][] Panels(List<Segment> segments) => [.. segments.OrderByDescending(s => s.Rows).Chunk(Lanes)];

        private void Each(Segment[][] panels, int groups, Action<int, Segment[]> work)
        {
            Concurrent.For(groups, group =>
            {
                for (int p = group; p < panels.Length; p += groups)
                    work(group, panels[p]);
            }, cancellationToken);
        }

        private void Report(long rows)
        {
            long done = Interlocked.Add(ref _done, rows), now = _clock.ElapsedMilliseconds / 100, last = Interlocked.Read(ref _reported);
            if (progress is not null && now > last && Interlocked.CompareExchange(ref _reported, now, last) == last)
                progress.Report(new(Math.Min(done, _of), _of));
        }

        private static void Merge(RidgeStatistics into, RidgeStatistics from)
        {
            into.Add(from);
            from.Dispose();
        }

        private static bool Meet(Seam left, Seam right)
        {
            for (int i = 0; i < left.After!.Length; i++)
                if (!(Math.Abs(left.After[i] - right.Before![i]) <= LargestSeam))
                    return false;
            return true;
        }
    }

    /// <summary>The states of a segment just before its first sample and after its last.</summary>
    private sealed class Seam
    {
        public double[]? Before { get; set; }

        public double[]? After { get; set; }
    }
}
