using System.Diagnostics;
using System.Globalization;
using Attractor.Learning;
using Attractor.Models;

namespace Attractor.Benchmarks;

/// <summary>How the time of a training update grows with each of its sizes over two decades, the others at their place.</summary>
internal static class CostGrowth
{
    private const int Observed = 3, Latent = 20, Hidden = 100, Steps = 200, Batch = 16, Rounds = 25;
    private const double SecondsOfRound = 0.005;

    /// <summary>Prints a JSON line for each size.</summary>
    public static void Run(string[] arguments)
    {
        bool isShort = arguments.Contains("--short");
        List<Point> points = [];
        foreach ((string axis, int[] values) in ((string, int[])[])
        [
            ("M", [4, 8, 16, 40, 100, 400]), ("L", [10, 30, 100, 300, 1000]), ("T", [20, 60, 200, 600, 2000]),
            ("batch", [2, 8, 16, 32, 64, 200]), ("N", [1, 3, 10, 30, 100]),
        ])
            points.AddRange((isShort ? values[..1] : values).Select(value => new Point(axis, value)));
        // One after the other, again and again: what a busy machine spoils of one round it seldom spoils of all.
        for (int round = 0; round < (isShort ? 1 : Rounds); round++)
            foreach (Point point in points)
                point.Measure();
        foreach (Point point in points)
            point.Print();
    }

    private static Trainer Create(int observed, int latent, int hidden, int steps, int batch)
    {
        double[] values = new double[4000 * observed];
        for (int i = 0; i < values.Length; i++)
            values[i] = Math.Sin((0.02 + (0.003 * (i % observed))) * (i / observed));
        TrainingOptions options = new()
        {
            Forcing = TeacherForcing.Sparse(16),
            SequenceLength = steps,
            BatchSize = batch,
            LearningRate = LearningRateSchedule.Constant(1e-4),
            Threads = 1,
        };
        return Trainer.Create(new ShallowPlrnn(observed, latent, hidden, seed: 1), [new TimeSeries(values, observed)], options, null);
    }

    private sealed class Point(string axis, int value)
    {
        private readonly int _observed = axis == "N" ? value : Observed, _latent = axis == "M" ? value : axis == "N" ? 100 : Latent,
            _hidden = axis == "L" ? value : Hidden, _steps = axis == "T" ? value : Steps, _batch = axis == "batch" ? value : Batch;

        private Trainer? _trainer;
        private double _best = double.PositiveInfinity;

        public void Measure()
        {
            _trainer ??= Create(_observed, _latent, _hidden, _steps, _batch);
            _trainer.Step();
            int updates = 0;
            long start = Stopwatch.GetTimestamp();
            while (updates == 0 || Stopwatch.GetElapsedTime(start).TotalSeconds < SecondsOfRound)
            {
                long began = Stopwatch.GetTimestamp();
                _trainer.Step();
                _best = Math.Min(_best, Stopwatch.GetElapsedTime(began).TotalSeconds);
                updates++;
            }
        }

        public void Print() => Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"axis":"{{axis}}","value":{{value}},"N":{{_observed}},"M":{{_latent}},"L":{{_hidden}},"T":{{_steps}}"""
            + $$""","batch":{{_batch}},"seconds":{{_best:G5}}}"""));
    }
}
