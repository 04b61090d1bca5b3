using System.Diagnostics;
using System.Globalization;
using Attractor.Learning;
using Attractor.Models;

namespace Attractor.Benchmarks;

/// <summary>One training update (sampling, forward, backward, clipping, RAdam): float32, batch 16, 200 steps, one thread.</summary>
internal static class TrainingUpdate
{
    public const int Steps = 200, Batch = 16;

    public static readonly (int Latent, int Hidden)[] Sizes =
        [(3, 50), (3, 100), (3, 300), (3, 800), (20, 50), (20, 256), (50, 200), (100, 512)];

    // M, and what the kind has besides: P, B or nothing.
    private static readonly Dictionary<string, (int Latent, int Other)[]> s_sizes = new()
    {
        ["plrnn"] = [(10, 0), (20, 0), (30, 0), (50, 0), (100, 0)],
        ["mcplrnn"] = [(20, 0), (100, 0)],
        ["alrnn"] = [(20, 2), (20, 10), (100, 50)],
        ["dendplrnn"] = [(20, 20), (50, 20)],
        ["clipped-dendplrnn"] = [(20, 20), (50, 20)],
        ["rnn"] = [(30, 0), (100, 0)],
        ["gru"] = [(30, 0), (100, 0)],
        ["lstm"] = [(60, 0), (200, 0)],
    };

    /// <summary>
    /// Matrix products only: forward once, backward twice; two of M x L of a shallow network, else one with the matrix W.
    /// </summary>
    public static double Flops(RecurrentModel model)
    {
        ParameterTensor weights = model.Parameters.Tensors.First(t => t.Name is "W" or "W1");
        return (weights.Name == "W" ? 6.0 : 12.0) * weights.Count * Steps * Batch;
    }

    public static Trainer Create(int latent, int other, string kind = "shplrnn") => Create(Network(latent, other, kind));

    private static RecurrentModel Network(int latent, int other, string kind) => RecurrentModel.Create(
        kind,
        RecurrentModel.SizesOf(kind).ToDictionary(s => s, s => s switch { "observed" => 3, "latent" => latent, _ => other }),
        seed: 1);

    private static Trainer Create(RecurrentModel model)
    {
        double[] values = new double[12_000];
        for (int t = 0; t < 4000; t++)
            (values[3 * t], values[(3 * t) + 1], values[(3 * t) + 2]) = (Math.Sin(0.02 * t), Math.Cos(0.031 * t), Math.Sin(0.017 * t));
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
        foreach ((int latent, int hidden) in s_sizes.GetValueOrDefault(kind, Sizes))
        {
            RecurrentModel model = Network(latent, hidden, kind);
            using Trainer trainer = Create(model);
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
                + $$""","gflops":{{Flops(model) / median / 1e9:F1}},"fma_peak_gflops":{{peaks[peaks.Count / 2]:F1}}}"""));
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
