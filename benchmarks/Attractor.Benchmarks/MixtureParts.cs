using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Attractor.Models;
using Attractor.Numerics;

namespace Attractor.Benchmarks;

/// <summary>What the parts of a sweep of a mixture take on one thread: 1e5 rows, five statistics, ten components.</summary>
internal static unsafe class MixtureParts
{
    private const int Rows = 100_000, Components = 10, Features = 5, Rounds = 200, TileRows = ResponsibilityKernel.TileRows;

    /// <summary>Prints a JSON line: the best of rounds in turn, microseconds, beside the float64 peak.</summary>
    public static void Run()
    {
        int tiles = Rows / TileRows, padded = ResponsibilityKernel.Padded(Components);
        using AlignedBuffer<double> statistics = new((long)tiles * Features * TileRows), weights = new(padded * Features),
            responsibilities = new(padded * TileRows), sums = new(padded * Features), scores = new(padded * TileRows);
        RandomStream random = new(1, "statistics");
        for (long i = 0; i < statistics.Length; i++)
            statistics.Pointer[i] = i / TileRows % Features == 0 ? 1 : random.NextNormal();
        for (int i = 0; i < Components * Features; i++)
            weights.Pointer[i] = random.NextNormal();
        double assign = double.PositiveInfinity, one = assign, accumulate = assign, exponentials = assign, peak = 0;
        for (int round = 0; round < Rounds; round++)
        {
            assign = Math.Min(assign, Seconds(tile => ResponsibilityKernel.Assign(
                weights.Pointer, tile, Components, Features, TileRows, responsibilities.Pointer)));
            // The products alone, and a softmax of one: what a row costs whatever K is.
            one = Math.Min(one, Seconds(tile => ResponsibilityKernel.Assign(
                weights.Pointer, tile, 1, Features, TileRows, scores.Pointer)));
            accumulate = Math.Min(accumulate, Seconds(tile => ResponsibilityKernel.Accumulate(
                responsibilities.Pointer, tile, Components, Features, TileRows, sums.Pointer)));
            exponentials = Math.Min(exponentials, Seconds(_ => WidestLanes.Invoke<double, Exponentials>(
                new(responsibilities.Pointer, scores.Pointer, Components * TileRows))));
            if (round % 4 == 0)
                peak = Math.Max(peak, FmaPeak.GigaflopsPerSecond() / 2);
        }
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"rows":{{tiles * TileRows}},"assign_us":{{1e6 * assign:F0}},"assign_one_component_us":{{1e6 * one:F0}}"""
            + $$""","accumulate_us":{{1e6 * accumulate:F0}},"exponentials_us":{{1e6 * exponentials:F0}},"f64_peak_gflops":{{peak:F1}}}"""));

        double Seconds(TileAction action)
        {
            long start = Stopwatch.GetTimestamp();
            for (int tile = 0; tile < tiles; tile++)
                action(statistics.Pointer + ((long)tile * Features * TileRows));
            return Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
    }

    private delegate void TileAction(double* tile);

    // As many exponentials as a tile asks for, of values that lie in the first cache.
    private readonly struct Exponentials(double* source, double* target, int count) : ILaneAction<double>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public void Invoke<S>()
            where S : unmanaged, ILanes<S, double>
        {
            for (int i = 0; i < count; i += 8)
                Exponential<S, double>.OfBounded(S.Load(source + i)).Store(target + i);
        }
    }
}
