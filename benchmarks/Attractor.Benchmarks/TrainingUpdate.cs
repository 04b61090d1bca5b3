using System.Diagnostics;
using System.Globalization;
using Attractor.Learning;
using Attractor.Models;

namespace Attractor.Benchmarks;

/// <summary>One training update (sampling, forward, backward, clipping, RAdam): float32, batch 16, 200 steps, one thread.</summary>
internal static class TrainingUpdate
{
    public const int Steps = 200, Batch = 16;

    public static readonly (int Latent, int Hidden)[] Sizes = [(3, 50), (3, 100), (20, 50), (20, 256), (50, 200), (100, 512)];

    // No hidden units.
    private static readonly (int Latent, int Hidden)[] s_plrnnSizes = [(10, 0), (20, 0), (30, 0), (50, 0), (100, 0)];

    /// <summary>
    /// Matrix products only: forward once, backward twice; two of M x L, or one of M x M where there are no hidden units.
    /// </summary>
    public static double Flops(int latent, int hidden) => (hidden > 0 ? 12.0 * hidden : 6.0 * latent) * latent * Steps * Batch;

    public static Trainer Create(int latent, int hidden, string kind = "shplrnn")
    {
        double[] values = new double[12_000];
        for (int t = 0; t < 4000; t++)
            (values[3 * t], values[(3 * t) + 1], values[(3 * t) + 2]) = (Math.Sin(0.02 * t), Math.Cos(0.031 * t), Math.Sin(0.017 * t));
        Dictionary<string, int> sizes = new() { ["observed"] = 3, ["latent"] = latent };
        if (hidden > 0)
            sizes["hidden"] = hidden;
        RecurrentModel model = RecurrentModel.Create(kind, sizes, seed: 1);
        TrainingOptions options = new()
        {
            Forcing = TeacherForcing.Sparse(16),
            SequenceLength = Steps,
            BatchSize = Batch,
            LearningRate = LearningRateSchedule.Constant(1e-4),
        };
        return Trainer.Create(model, [new TimeSeries(values, 3)], options, null);
    }

    public static void Run(string kind = "shplrnn")
    {
        foreach ((int latent, int hidden) in kind == "plrnn" ? s_plrnnSizes : Sizes)
        {
            using Trainer trainer = Create(latent, hidden, kind);
            for (int i = 0; i < 30; i++)
                trainer.Step();
            // Blocks of a tenth of a second, each with the peak of the processor measured beside it.
            int inner = Math.Max(1, (int)(0.1 / Seconds(trainer, 3)));
            List<double> seconds = [], peaks = [];
            for (int block = 0; block < 15; block++)
            {
                seconds.Add(Seconds(trainer, inner));
                peaks.Add(FmaPeak.GigaflopsPerSecond());
            }
            seconds.Sort();
            peaks.Sort();
            double median = seconds[seconds.Count / 2];
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"latent":{{latent}},"hidden":{{hidden}},"seconds_median":{{median:G6}},"seconds_min":{{seconds[0]:G6}}"""
                + $$""","gflops":{{Flops(latent, hidden) / median / 1e9:F1}},"fma_peak_gflops":{{peaks[peaks.Count / 2]:F1}}}"""));
        }
    }

    private static double Seconds(Trainer trainer, int updates)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < updates; i++)
            trainer.Step();
        return Stopwatch.GetElapsedTime(start).TotalSeconds / updates;
    }
}
