using Attractor.Numerics;
using Attractor.Systems;

namespace Attractor.Evaluation;

/// <summary>
/// PE(n): the mean squared error of forecasts n steps ahead, in squared units of the data (Koppe et al., PLoS Comput. Biol. 2019).
/// </summary>
public static class PredictionError
{
    /// <summary>Steps ahead, as published.</summary>
    public const int DefaultSteps = 20;

    /// <summary>
    /// For every row x_t: the state that goes with x_t, n free steps, the squared difference from x_{t+n} at the last step
    /// only; the mean over starts and variables.
    /// </summary>
    /// <param name="model">What forecasts.</param>
    /// <param name="truth">T x N. Starts at or with a target at a missing value are left out.</param>
    /// <param name="steps">n.</param>
    /// <param name="maximumStarts">The most starts, spread evenly over the series; 0 for all.</param>
    /// <param name="cancellationToken">Stops with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>NaN if no start can be judged; not finite if a forecast is not.</returns>
    /// <exception cref="ArgumentException">The model observes another number of variables, or a size is out of range.</exception>
    public static double Of(
        IObservedMap model,
        TimeSeries truth,
        int steps = DefaultSteps,
        int maximumStarts = 0,
        CancellationToken cancellationToken = default)
    {
        (double sum, long judged) = Total(model, truth, steps, maximumStarts, cancellationToken);
        return judged == 0 ? double.NaN : sum / judged / truth.Dimension;
    }

    /// <summary>The sum of the squared differences, and how many starts were judged.</summary>
    /// <inheritdoc cref="Of"/>
    internal static (double Sum, long Judged) Total(
        IObservedMap model, TimeSeries truth, int steps, int maximumStarts, CancellationToken cancellationToken)
    {
        ComparedRows.RequireObserved(model, truth);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(steps);
        ArgumentOutOfRangeException.ThrowIfNegative(maximumStarts);
        int first = Math.Min(model.WarmUp, Math.Max(0, (truth.Length - steps) / 2));
        int[] starts = [.. ComparedRows.Spread(truth.Length - steps - first, maximumStarts).Select(start => first + start)];
        Blocks blocks = new(model, truth, steps, starts);
        Concurrent.For(blocks.Count, blocks.Judge, cancellationToken);
        return (blocks.Sums.Sum(), blocks.Judged.Sum(n => (long)n));
    }

    /// <summary>
    /// The PE(n) of the data as a model of itself: each start of <paramref name="truth"/> is forecast by what followed the
    /// nearest row of <paramref name="library"/> (Lorenz's method of analogues, J. Atmos. Sci. 26, 1969), by exhaustive search.
    /// </summary>
    /// <param name="library">Where analogues are looked for.</param>
    /// <param name="truth">What is forecast: another stretch of the same process, in the same units.</param>
    /// <param name="steps">n.</param>
    /// <param name="maximumStarts">The most starts, spread evenly over the series.</param>
    /// <param name="cancellationToken">Stops with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>NaN if no start can be judged.</returns>
    internal static double OfAnalogues(
        TimeSeries library, TimeSeries truth, int steps, int maximumStarts, CancellationToken cancellationToken)
        => OfAnalogues([(truth, library)], steps, maximumStarts, cancellationToken);

    /// <summary>The same of several recordings: what followed a row is looked for in the libraries of all, within one of them.</summary>
    /// <param name="pairs">Recordings to forecast, each with a library.</param>
    /// <param name="steps">n.</param>
    /// <param name="maximumStarts">The most starts, spread evenly over all recordings.</param>
    /// <param name="cancellationToken">Stops with an <see cref="OperationCanceledException"/>.</param>
    internal static double OfAnalogues(
        IReadOnlyList<(TimeSeries Truth, TimeSeries Library)> pairs, int steps, int maximumStarts, CancellationToken cancellationToken)
    {
        List<(TimeSeries Series, int Row)> candidates = [], starts = [];
        foreach ((TimeSeries truth, TimeSeries library) in pairs)
        {
            ComparedRows.RequireSameDimension(truth, library);
            for (int t = 0; t + steps < library.Length; t++)
                if (ComparedRows.IsFinite(library.Row(t)) && ComparedRows.IsFinite(library.Row(t + steps)))
                    candidates.Add((library, t));
            for (int t = 0; t + steps < truth.Length; t++)
                starts.Add((truth, t));
        }
        if (candidates.Count == 0)
            return double.NaN;
        double sum = 0;
        long judged = 0;
        foreach (int start in ComparedRows.Spread(starts.Count, maximumStarts))
        {
            cancellationToken.ThrowIfCancellationRequested();
            (TimeSeries truth, int row) = starts[start];
            ReadOnlySpan<double> from = truth.Row(row), target = truth.Row(row + steps);
            if (!ComparedRows.IsFinite(from) || !ComparedRows.IsFinite(target))
                continue;
            (TimeSeries Series, int Row) nearest = candidates[0];
            double least = double.PositiveInfinity;
            foreach ((TimeSeries series, int t) in candidates)
            {
                double distance = ComparedRows.SquaredDistance(series.Row(t), from);
                if (distance < least)
                    (least, nearest) = (distance, (series, t));
            }
            sum += ComparedRows.SquaredDistance(nearest.Series.Row(nearest.Row + steps), target);
            judged++;
        }
        return judged == 0 ? double.NaN : sum / judged / pairs[0].Truth.Dimension;
    }

    /// <summary>
    /// The starts in blocks that do not depend on the number of threads. Within one, the state that history leads
    /// to is carried along from start to start.
    /// </summary>
    private sealed class Blocks(IObservedMap model, TimeSeries truth, int steps, int[] starts)
    {
        private const int Size = 1024;

        public int Count => (starts.Length + Size - 1) / Size;

        public double[] Sums { get; } = new double[(starts.Length + Size - 1) / Size];

        public int[] Judged { get; } = new int[(starts.Length + Size - 1) / Size];

        private readonly bool _together = FreeRuns.GoesSideBySide(model);

        public void Judge(int block)
        {
            ReadOnlySpan<int> those = starts.AsSpan(block * Size, Math.Min(Size, starts.Length - (block * Size)));
            int d = model.Dimension, ahead = 0;
            double[] filtered = [], states = new double[d * (_together ? those.Length : 1)];
            int[] targets = new int[those.Length];
            int at = -1;
            foreach (int start in those)
            {
                if (!ComparedRows.IsFinite(truth.Row(start)) || !ComparedRows.IsFinite(truth.Row(start + steps)))
                    continue;
                if (at < 0 || start - at > model.WarmUp)
                    filtered = FreeRun.StateAt(model, truth, start);
                else
                    for (IObservedMap driven = DrivenMap.Along(model, truth.Inputs, at); at < start; at++)
                        driven.ForcedStep(filtered, truth.Row(at), filtered);
                at = start;
                Span<double> state = states.AsSpan(_together ? ahead * d : 0, d);
                IObservedMap along = DrivenMap.Along(model, truth.Inputs, start);
                along.ForcedStep(filtered, truth.Row(start), state);
                targets[ahead++] = start + steps;
                if (_together)
                    continue;
                for (int step = 1; step < steps; step++)
                    along.Step(state, state);
                Add(block, state, start + steps);
            }
            if (!_together)
                return;
            Span<double> all = states.AsSpan(0, ahead * d);
            for (int step = 1; step < steps; step++)
                model.StepEach(all, all);
            for (int i = 0; i < ahead; i++)
                Add(block, all.Slice(i * d, d), targets[i]);
        }

        private void Add(int block, ReadOnlySpan<double> state, int target)
        {
            using Scratch forecast = new(stackalloc double[Scratch.OnStack], truth.Dimension);
            model.Observe(state, forecast.Values);
            Sums[block] += ComparedRows.SquaredDistance(forecast.Values, truth.Row(target));
            Judged[block]++;
        }
    }
}
