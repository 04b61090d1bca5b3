using System.Diagnostics;
using System.Runtime.InteropServices;
using Attractor.Models;
using Attractor.Numerics;

namespace Attractor.Learning;

/// <summary>One pass of a reservoir over its training rows, in segments side by side: the statistics of its states.</summary>
internal sealed unsafe class ReadoutRun(
    EchoStateNetwork network,
    IReadOnlyList<TeachingRows> series,
    ReadoutOptions options,
    IProgress<ReadoutProgress>? progress,
    CancellationToken cancellationToken)
{
    // Neighbouring segments must meet in the same state.
    private const double LargestSeam = 1e-10;

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

    private int Longest => series.Max(s => s.Length);

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
        Segments = Segment.Cut([.. series.Select(s => s.Length)], Forgetting);
        Segment[][] panels = Panels(Segments);
        int groups = Math.Min(panels.Length, MostGroups);
        _of = Segments.Sum(s => (long)s.Rows);
        RidgeStatistics[] fitted = [.. Enumerable.Range(0, groups).Select(_ => Statistics())];
        RidgeStatistics[]? heldOut = options.Selection is RidgeSelection.Validation
            ? [.. Enumerable.Range(0, groups).Select(_ => Statistics())]
            : null;
        Dictionary<Segment, Seam> seams = Segments.ToDictionary(s => s, _ => new Seam());
        Together(
            () => Each(panels, groups, (group, panel) => Collect(Drive(group), panel, fitted[group], heldOut?[group], seams)));
        if (options.Ranks is { } ranks)
            Share(ranks, panels, groups, fitted, heldOut, seams);
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
        if (options.Ranks is { } ranks)
            ranks.Exchange(AddOwn, sums, groups);
        else
            AddOwn();
        return sums.Sum();

        void AddOwn() => Each(panels, groups, (group, panel) =>
        {
            TeachingRows[] lanes = Drive(group).Open(panel);
            StateCollector collector = new(network, lanes);
            using AlignedBuffer<double> work = new((long)(network.FeatureCount + network.Outputs + 1) * Lanes);
            double[] weights = new double[Lanes];
            Drive(group).Run(panel, lanes, null, (states, rows) =>
            {
                for (int lane = 0; lane < panel.Length; lane++)
                    weights[lane] = Weight(panel[lane], lanes[lane], rows[lane]);
                sums[group] += collector.SquaredError(states, rows, weights, fit, work.Pointer);
                return true;
            }, cancellationToken);
        });
    }

    // One for each group: what it runs on is its own.
    private ReservoirDrive Drive(int group)
        => _drives[group] ??= new(network.Reservoir.ForThread(), series, options.StateNoise, options.Seed);

    private RidgeStatistics Statistics() => new(network.FeatureCount, network.Outputs, options.Intercept);

    private void Collect(
        ReservoirDrive drive,
        Segment[] panel,
        RidgeStatistics fitted,
        RidgeStatistics? heldOut,
        Dictionary<Segment, Seam> seams)
    {
        TeachingRows[] lanes = drive.Open(panel);
        StateCollector collector = new(network, lanes);
        double[] weights = new double[Lanes], weightsHeldOut = new double[Lanes];
        int steps = 0;
        drive.Run(panel, lanes, null, (states, rows) =>
        {
            for (int lane = 0; lane < panel.Length; lane++)
            {
                Segment segment = panel[lane];
                double weight = Weight(segment, lanes[lane], rows[lane]);
                bool held = heldOut is not null && rows[lane] >= (1 - options.HeldOut) * series[segment.Series].Length;
                weights[lane] = held ? 0 : weight;
                weightsHeldOut[lane] = held ? weight : 0;
                if (rows[lane] == segment.Counted - 1)
                    seams[segment].Before = Lane(states, lane);
                if (rows[lane] == segment.End - 1)
                    seams[segment].After = Lane(states, lane);
            }
            collector.Add(states, rows, weights, fitted);
            if (heldOut is not null)
                collector.Add(states, rows, weightsHeldOut, heldOut);
            if (++steps % 64 == 0)
                Report(64L * panel.Length);
            return true;
        }, cancellationToken);
    }

    private double Weight(Segment segment, TeachingRows taught, int row)
    {
        if (row < Math.Max(segment.Counted, options.Washout))
            return 0;
        foreach (double target in taught.Target(row))
            if (double.IsNaN(target))
                return 0;
        return taught.Weight(row);
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

    // Groups are what threads and ranks take.
    private void Each(Segment[][] panels, int groups, Action<int, Segment[]> work)
    {
        (int first, int end) = options.Ranks?.Share(groups) ?? (0, groups);
        Concurrent.For(end - first, index =>
        {
            int group = first + index;
            for (int p = group; p < panels.Length; p += groups)
                work(group, panels[p]);
        }, cancellationToken);
    }

    private void Together(Action work)
    {
        if (options.Ranks is { } ranks)
            ranks.Together(work);
        else
            work();
    }

    private void Share(
        Communicator ranks,
        Segment[][] panels,
        int groups,
        RidgeStatistics[] fitted,
        RidgeStatistics[]? heldOut,
        Dictionary<Segment, Seam> seams)
    {
        HashSet<int> cut = [.. Segments.Where(s => s.Counted > 0).Select(s => s.Series)];
        for (int group = 0; group < groups; group++)
        {
            int owner = ranks.OwnerOf(group, groups);
            fitted[group].Share(ranks, owner);
            heldOut?[group].Share(ranks, owner);
            for (int p = group; p < panels.Length; p += groups)
                foreach (Segment segment in panels[p].Where(s => cut.Contains(s.Series)))
                    seams[segment].Share(ranks, owner, network.Reservoir.Units);
        }
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

    /// <summary>The states of a segment just before its first sample and after its last.</summary>
    private sealed class Seam
    {
        public double[]? Before { get; set; }

        public double[]? After { get; set; }

        /// <summary>Gives all ranks what one of them has; a state that is never compared is 0.</summary>
        public void Share(Communicator ranks, int owner, int units)
        {
            Before ??= new double[units];
            After ??= new double[units];
            ranks.Broadcast(MemoryMarshal.AsBytes(Before.AsSpan()), owner);
            ranks.Broadcast(MemoryMarshal.AsBytes(After.AsSpan()), owner);
        }
    }
}
