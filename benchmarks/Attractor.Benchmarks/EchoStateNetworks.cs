using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Attractor.Data;
using Attractor.Learning;
using Attractor.Models;

namespace Attractor.Benchmarks;

/// <summary>An echo state network drawn, trained and run freely, each timed: prints one JSON line.</summary>
internal static class EchoStateNetworks
{
    private const int Repeats = 9, Washout = 1000, Seed = 87;

    /// <param name="arguments">A file of data with more than T rows, then M, T and the steps to generate.</param>
    public static void Run(string[] arguments)
    {
        int[] sizes = [.. arguments.Skip(1).Select(a => int.Parse(a, CultureInfo.InvariantCulture))];
        (int units, int rows, int steps) = (sizes[0], sizes[1], sizes[2]);
        TimeSeries data = SeriesFile.Read(arguments[0], 0.01), training = data.Slice(0, rows + 1);
        List<double> drawing = [], fitting = [], generating = [];
        ReadoutResult? result = null;
        double sum = 0;
        for (int repeat = 0; repeat < Repeats; repeat++)
        {
            long start = Stopwatch.GetTimestamp();
            EchoStateNetwork network = new(data.Dimension, new() { Units = units, Seed = Seed, NumpyRandom = true });
            drawing.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
            start = Stopwatch.GetTimestamp();
            result = ReadoutTraining.Fit(network, training, new() { Washout = Washout });
            fitting.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
            if (steps == 0)
                continue;
            start = Stopwatch.GetTimestamp();
            sum += network.Generate(data, steps, 0, Math.Min(Washout, data.Length - 1)).Values[^1];
            generating.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            units,
            rows,
            steps,
            loss = result!.Fit.Loss,
            forgetting = result.Forgetting,
            segments = result.Segments,
            initialise = drawing,
            train = fitting,
            generate = generating,
            peak_memory_mb = Process.GetCurrentProcess().PeakWorkingSet64 / 1e6,
            finite = double.IsFinite(sum),
        }));
    }
}
