using System.Runtime.CompilerServices;
using Attractor.Models;
using Attractor.Numerics;

namespace Attractor.Learning;

/// <summary>
/// Drives a reservoir with data, eight segments at a time as the lanes of a panel, and hands every state to a visitor.
/// </summary>
/// <remarks>
/// The echo state property makes what a segment starts from die out, so segments of one series can run side by side; how long that takes is
/// measured (<see cref="Forgetting"/>), and the states of neighbouring segments are compared where they meet.
/// </remarks>
internal sealed unsafe class ReservoirDrive
{
    private const int Lanes = RidgeStatistics.Lanes;

    private readonly Reservoir _reservoir;
    private readonly IReadOnlyList<TeachingRows> _series;
    private readonly double _noise;
    private readonly ulong _seed;

    public ReservoirDrive(Reservoir reservoir, IReadOnlyList<TeachingRows> series, double noise, ulong seed)
        => (_reservoir, _series, _noise, _seed) = (reservoir, series, noise, seed);

    public ReservoirDrive(Reservoir reservoir, IReadOnlyList<TeachingSeries> series, double noise, ulong seed)
        : this(reservoir, TeachingRows.Of(series), noise, seed)
    {
    }

    /// <summary>
    /// Gets a panel of states (units x lanes) after the rows of each lane; a lane that has none has row -1. False ends the run.
    /// </summary>
    public delegate bool Visitor(double* states, ReadOnlySpan<int> rows);

    /// <summary>What the lanes of some segments read, each with what it reads ahead.</summary>
    public TeachingRows[] Open(ReadOnlySpan<Segment> segments)
    {
        TeachingRows[] lanes = new TeachingRows[segments.Length];
        for (int lane = 0; lane < lanes.Length; lane++)
            lanes[lane] = _series[segments[lane].Series].Open();
        return lanes;
    }

    /// <inheritdoc cref="Run(ReadOnlySpan{Segment}, TeachingRows[], double[][], Visitor, CancellationToken)"/>
    public void Run(ReadOnlySpan<Segment> segments, double[][]? starts, Visitor visit, CancellationToken cancellationToken)
        => Run(segments, Open(segments), starts, visit, cancellationToken);

    /// <summary>Runs up to eight segments.</summary>
    /// <param name="segments">One for each lane.</param>
    /// <param name="lanes">What each reads.</param>
    /// <param name="starts">The state of lane l at its first row, units values each; 0 if absent.</param>
    /// <param name="visit">Called after every step.</param>
    /// <param name="cancellationToken">Stops with an <see cref="OperationCanceledException"/>.</param>
    public void Run(
        ReadOnlySpan<Segment> segments, TeachingRows[] lanes, double[][]? starts, Visitor visit, CancellationToken cancellationToken)
        => WidestLanes.Invoke<double, Drive>(new(this, segments, lanes, starts, visit, cancellationToken));

    /// <summary>
    /// Steps until the states that follow from 0 and from random ones in [-1, 1] agree to 1e-13, at four places of the longest series, and
    /// half as many to spare; null if they do not within <paramref name="most"/> steps.
    /// </summary>
    public int? Forgetting(int most, CancellationToken cancellationToken)
    {
        const double Agreement = 1e-13;
        const int Agreeing = 64;
        int longest = Enumerable.Range(0, _series.Count).MaxBy(s => _series[s].Length), length = _series[longest].Length;
        int rows = Math.Min(most, length);
        Segment[] segments = new Segment[Lanes];
        double[][] starts = new double[Lanes][];
        // Not of the seed: without noise the result should not depend on it.
        RandomStream random = new(0, "forgetting");
        for (int lane = 0; lane < Lanes; lane++)
        {
            int first = (int)((long)(length - rows) * (lane / 2) / (Lanes / 2));
            segments[lane] = new(longest, first, first, first + rows);
            starts[lane] = new double[_reservoir.Units];
            if (lane % 2 == 1)
                for (int i = 0; i < starts[lane].Length; i++)
                    starts[lane][i] = random.NextUniform(-1, 1);
        }
        int steps = 0, apart = 0;
        Run(segments, starts, (states, _) =>
        {
            steps++;
            double difference = 0;
            for (nint n = 0; n < (nint)_reservoir.Units * Lanes; n += 2)
                difference = Math.Max(difference, Math.Abs(states[n] - states[n + 1]));
            if (!(difference <= Agreement))
                apart = steps;
            return steps <= apart + Agreeing;
        }, cancellationToken);
        return apart < steps ? apart + (apart / 2) + 8 : null;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Run<S>(
        ReadOnlySpan<Segment> segments, TeachingRows[] taught, double[][]? starts, Visitor visit, CancellationToken cancellationToken)
        where S : unmanaged, ILanes<S, double>
    {
        int units = _reservoir.Units, m = _reservoir.UnitsPerLayer, received = _reservoir.Inputs + _reservoir.Feedback;
        using AlignedBuffer<double> states = new((long)units * Lanes), inputs = new((long)received * Lanes), work = new((long)m * Lanes);
        double* r = states.Pointer;
        if (starts is not null)
            for (int lane = 0; lane < segments.Length; lane++)
                for (nint i = 0; i < units; i++)
                    r[(i * Lanes) + lane] = starts[lane][i];
        int steps = 0;
        foreach (Segment segment in segments)
            steps = Math.Max(steps, segment.Rows);
        Span<int> rows = stackalloc int[Lanes];
        RandomStream random = new(_seed, "state noise");
        for (int step = 0; step < steps; step++)
        {
            rows.Fill(-1);
            for (int lane = 0; lane < segments.Length; lane++)
                if (step < segments[lane].Rows)
                {
                    rows[lane] = segments[lane].First + step;
                    Fill(inputs.Pointer + lane, taught[lane], rows[lane]);
                }
            double* x = inputs.Pointer;
            for (int layer = 0; layer < _reservoir.Layers.Count; layer++)
            {
                double* state = r + ((nint)layer * m * Lanes);
                _reservoir.Layers[layer].StepPanel<S>(state, x, work.Pointer);
                x = state;
            }
            if (_noise > 0)
                for (int lane = 0; lane < segments.Length; lane++)
                    if (rows[lane] >= 0)
                        AddNoise(r + lane, random, ((ulong)segments[lane].Series << 40) + (ulong)rows[lane]);
            if (!visit(r, rows))
                return;
            if (step % 64 == 0)
                cancellationToken.ThrowIfCancellationRequested();
        }
    }

    // Row t of the inputs and, as feedback, what was wanted one row before (0 before the first; the last known one where it is missing).
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Fill(double* lane, TeachingRows taught, int row)
    {
        ReadOnlySpan<double> x = taught.Input(row)[.._reservoir.Inputs];
        for (int n = 0; n < x.Length; n++, lane += Lanes)
            *lane = x[n];
        if (_reservoir.Feedback == 0)
            return;
        ReadOnlySpan<double> wanted = row == 0 ? default : taught.Target(row - 1);
        for (int k = 0; k < _reservoir.Feedback; k++, lane += Lanes)
            if (row == 0)
                *lane = 0;
            else if (!double.IsNaN(wanted[k]))
                *lane = wanted[k];
    }

    // Of a row and of nothing else: the noise is the same in whatever segment the row is run.
    private void AddNoise(double* state, RandomStream random, ulong index)
    {
        random.Seek(index);
        for (int i = 0; i < _reservoir.Units; i++, state += Lanes)
            *state += _noise * random.NextNormal();
    }

    private readonly ref struct Drive(
        ReservoirDrive drive,
        ReadOnlySpan<Segment> segments,
        TeachingRows[] lanes,
        double[][]? starts,
        Visitor visit,
        CancellationToken cancellationToken) : ILaneAction<double>
    {
        private readonly ReadOnlySpan<Segment> _segments = segments;

        public void Invoke<S>()
            where S : unmanaged, ILanes<S, double>
            => drive.Run<S>(_segments, lanes, starts, visit, cancellationToken);
    }
}
