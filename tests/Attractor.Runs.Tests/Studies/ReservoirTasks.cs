using System.Collections.Concurrent;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Systems;

namespace Attractor.Runs.Tests;

/// <summary>How well a reservoir of given settings does two usual tasks on rows that it did not learn from.</summary>
internal static class ReservoirTasks
{
    private const int Units = 100, Training = 1000, Test = 500, Washout = 100;

    // A repetition asks for the same rows many times over.
    private static readonly ConcurrentDictionary<(string, int), TeachingSeries> s_rows = [];

    public static StudySpace Space { get; } = StudySpace.Parse(
        "esn", ["spectral_radius=0.1..1.5", "leak=0.05..1", "input_scale=0.01..2:log", "bias_scale=0.01..2:log", "ridge=1e-10..1:log"]);

    /// <summary>The normalised root mean squared error of the next value.</summary>
    /// <param name="name"><c>narma-10</c> (from its input), or <c>mackey-glass</c> (84 steps ahead, from the series itself).</param>
    /// <param name="point">A point of <see cref="Space"/>.</param>
    /// <param name="seed">Of the reservoir, and of the input.</param>
    public static double Error(string name, double[] point, int seed)
    {
        TeachingSeries all = s_rows.GetOrAdd((name, seed), key => Rows(key.Item1, key.Item2));
        EchoStateNetwork network = new(
            new Reservoir(1, new()
            {
                Units = Units,
                SpectralRadius = point[0],
                Leak = point[1],
                InputScale = point[2],
                BiasScale = point[3],
                Seed = (ulong)seed,
            }),
            1,
            new(Input: true, Constant: true));
        try
        {
            ReadoutTraining.Fit(
                network, [new(all.Inputs.Slice(0, Training), all.Targets.Slice(0, Training))],
                new() { Ridge = point[4], Washout = Washout });
        }
        catch (ArithmeticException)
        {
            // Of no use at all.
            return 1;
        }
        double[] test = all.Targets.Column(0)[Training..];
        double mean = test.Average(), variance = test.Average(y => (y - mean) * (y - mean));
        double error = Math.Sqrt(OneStepError.Of(network, all, Training) / variance);
        return double.IsFinite(error) ? Math.Min(error, 10) : 10;
    }

    private static TeachingSeries Rows(string name, int seed)
    {
        if (name == "narma-10")
        {
            (TimeSeries inputs, TimeSeries targets) = Narma.Default.Simulate(Training + Test, (ulong)seed);
            return new(inputs, targets);
        }
        const int Ahead = 84, Apart = 37;
        const int Rows = Training + Test;
        TimeSeries series = MackeyGlass.Default.Simulate(Rows + Ahead + (20 * Apart)).Slice(seed * Apart, Rows + Ahead);
        return new(series.Slice(0, Rows), series.Slice(Ahead, Rows));
    }
}
