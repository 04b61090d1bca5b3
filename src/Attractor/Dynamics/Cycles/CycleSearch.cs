using Attractor.Numerics;
using Attractor.Systems;

namespace Attractor.Dynamics;

/// <summary>
/// Fixed points and cycles of piecewise-linear maps: L. Eisenmann, Z. Monfared, N. Goering, D. Durstewitz, "Bifurcations and loss jumps in
/// RNN training", NeurIPS 2023 (SCYFI).
/// </summary>
/// <remarks>
/// A sequence of regions has one candidate point (<see cref="RegionSequence"/>). If the map, started there, passes through other
/// regions, these make the next sequence: real cycles attract such virtual ones, and a few rounds find them without trying all.
/// Sequences start from close returns of the map's own orbits and from random choices among the regions that orbits visit, their
/// neighbours across one boundary, and, where there are few boundaries, all regions. Where all sequences of an order are few enough,
/// all are tried, and what is not found does not exist. The smooth counterpart is <see cref="PeriodicPoints"/>.
/// </remarks>
public static class CycleSearch
{
    private const int FewBoundaries = 12, MostPooled = 200_000;
    private const double OnBoundary = 1e-10, FlipShare = 0.25, AnyShare = 0.25;

    /// <summary>Searches all orders from 1 to the largest.</summary>
    /// <param name="map">Any piecewise-linear map, such as a trained PLRNN.</param>
    /// <param name="options">How far and how long.</param>
    /// <param name="progress">Told when an order is done.</param>
    /// <param name="cancellationToken">Stops with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static CycleSet Find(
        IPiecewiseLinearMap map,
        CycleSearchOptions? options = null,
        IProgress<CycleProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(map);
        DrivenMap.RequireAutonomous(map, "fixed points and cycles");
        options ??= new();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.MaxOrder, nameof(options.MaxOrder));
        ArgumentOutOfRangeException.ThrowIfNegative(options.Starts, nameof(options.Starts));
        ArgumentOutOfRangeException.ThrowIfNegative(options.Returns, nameof(options.Returns));
        OrbitSample sample = new(map, options.Seed);
        ulong[][] pool = Pool(map, sample);
        Found[] found = new Found[options.MaxOrder];
        int done = 0, total = 0;
        Concurrent.For(options.MaxOrder, i =>
        {
            int order = i + 1;
            found[i] = Sequences(map, order) is { } sequences && sequences <= options.Exhaustive
                ? All(map, order, options, cancellationToken)
                : Some(map, order, options, sample, pool, cancellationToken);
            progress?.Report(new(Interlocked.Increment(ref done), options.MaxOrder, Interlocked.Add(ref total, found[i].Cycles.Count)));
        }, cancellationToken);
        int exhaustive = found.TakeWhile(f => f.Exhaustive).Count();
        return new(found[0].Cycles, [.. found.Skip(1).SelectMany(f => f.Cycles)], exhaustive, found.Sum(f => f.Degenerate));
    }

    /// <summary>2^(G k), if it is a number that fits.</summary>
    private static long? Sequences(IPiecewiseLinearMap map, int order)
        => (long)map.Boundaries * order < 62 ? 1L << (map.Boundaries * order) : null;

    private static Found All(IPiecewiseLinearMap map, int order, CycleSearchOptions options, CancellationToken token)
    {
        RegionSequence sequence = new(map, order);
        CycleCollection cycles = new(map, order, options.Tolerance);
        int bits = map.Boundaries, degenerate = 0;
        ulong mask = (1UL << bits) - 1;
        ulong[] chosen = new ulong[order];
        for (long code = 0; code < 1L << (bits * order); code++)
        {
            if (code % 4096 == 0)
                token.ThrowIfCancellationRequested();
            for (int k = 0; k < order; k++)
                chosen[k] = (ulong)(code >> (bits * k)) & mask;
            // One of all rotations is enough.
            if (!IsSmallestRotation(chosen))
                continue;
            for (int k = 0; k < order; k++)
                sequence.Region(k)[0] = chosen[k];
            if (!sequence.Solve())
                degenerate++;
            else if (sequence.FollowsItself(OnBoundary, out _))
                cycles.Add(sequence.Point);
        }
        return new(cycles.Cycles, Exhaustive: true, degenerate);
    }

    private static Found Some(
        IPiecewiseLinearMap map, int order, CycleSearchOptions options, OrbitSample sample, ulong[][] pool, CancellationToken token)
    {
        RegionSequence sequence = new(map, order);
        CycleCollection cycles = new(map, order, options.Tolerance);
        RandomStream random = new(options.Seed, "cycles", (ulong)order);
        double[] values = new double[map.Boundaries];
        int rounds = 30 + (4 * order);
        foreach (ReadOnlyMemory<double> start in sample.Returns(order, options.Returns))
        {
            token.ThrowIfCancellationRequested();
            double[] state = start.ToArray();
            for (int k = 0; k < order; k++)
            {
                map.BoundaryValues(state, values);
                RegionSequence.RegionOf(values, sequence.Region(k));
                map.Step(state, state);
            }
            Descend(sequence, cycles, rounds, random);
        }
        for (int idle = 0; idle < options.Starts; idle++)
        {
            token.ThrowIfCancellationRequested();
            for (int k = 0; k < order; k++)
                Draw(map, pool, random, sequence.Region(k));
            if (Descend(sequence, cycles, rounds, random))
                idle = -1;
        }
        return new(cycles.Cycles, Exhaustive: false, 0);
    }

    /// <summary>From virtual cycle to virtual cycle until one is real; true if it is new.</summary>
    private static bool Descend(RegionSequence sequence, CycleCollection cycles, int rounds, RandomStream random)
    {
        for (int round = 0; round < rounds; round++)
        {
            if (!sequence.Solve())
                return false;
            if (sequence.FollowsItself(OnBoundary, out bool finite))
                return cycles.Add(sequence.Point);
            if (!finite)
                return false;
            // Sequences can chase each other in a circle: begin the cycle elsewhere.
            if (round % 10 == 9)
                Rotate(sequence, (int)random.NextInt64(sequence.Order));
        }
        return false;
    }

    private static void Rotate(RegionSequence sequence, int by)
    {
        int words = sequence.Regions.Length / sequence.Order;
        ulong[] rotated = [.. sequence.Regions[(by * words)..], .. sequence.Regions[..(by * words)]];
        rotated.CopyTo(sequence.Regions, 0);
    }

    private static void Draw(IPiecewiseLinearMap map, ulong[][] pool, RandomStream random, Span<ulong> region)
    {
        if (pool.Length == 0 || (map.Boundaries <= FewBoundaries && random.NextDouble() < AnyShare))
        {
            for (int word = 0; word < region.Length; word++)
                region[word] = random.NextUInt64();
            if (map.Boundaries % 64 != 0)
                region[^1] &= (1UL << (map.Boundaries % 64)) - 1;
            return;
        }
        pool[random.NextInt64(pool.Length)].CopyTo(region);
        if (random.NextDouble() < FlipShare)
        {
            int bit = (int)random.NextInt64(map.Boundaries);
            region[bit >> 6] ^= 1UL << (bit & 63);
        }
    }

    /// <summary>The different regions that orbits visit, in the order in which they first did.</summary>
    private static ulong[][] Pool(IPiecewiseLinearMap map, OrbitSample sample)
    {
        HashSet<ulong[]> known = new(RegionComparer.Instance);
        List<ulong[]> pool = [];
        double[] values = new double[map.Boundaries];
        int words = RegionSequence.Words(map);
        foreach (ReadOnlyMemory<double> state in sample.States())
        {
            map.BoundaryValues(state.Span, values);
            ulong[] region = new ulong[words];
            RegionSequence.RegionOf(values, region);
            if (known.Add(region))
                pool.Add(region);
            if (pool.Count == MostPooled)
                break;
        }
        return [.. pool];
    }

    private static bool IsSmallestRotation(ulong[] chosen)
    {
        for (int shift = 1; shift < chosen.Length; shift++)
        {
            for (int k = 0; k < chosen.Length; k++)
            {
                ulong rotated = chosen[(k + shift) % chosen.Length];
                if (rotated < chosen[k])
                    return false;
                if (rotated > chosen[k])
                    break;
            }
        }
        return true;
    }

    private sealed record Found(IReadOnlyList<Cycle> Cycles, bool Exhaustive, int Degenerate);
}
