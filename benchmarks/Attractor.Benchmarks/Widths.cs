using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Attractor.Learning;

namespace Attractor.Benchmarks;

/// <summary>A training update on the registers that this process may use, beside their peak and a scalar loop.</summary>
/// <remarks>
/// <c>DOTNET_EnableAVX512=0</c>, <c>DOTNET_EnableAVX2=0</c> and <c>DOTNET_EnableHWIntrinsic=0</c> narrow them; that cannot be done inside
/// a process.
/// </remarks>
internal static class Widths
{
    private const int Rounds = 60;

    /// <summary>Prints a JSON line for each size: the best of rounds that alternate.</summary>
    public static void Run()
    {
        foreach ((int latent, int hidden) in ((int, int)[])[(3, 50), (20, 50), (20, 256)])
        {
            using Trainer trainer = TrainingUpdate.Create(latent, hidden);
            float[] weights = new float[latent * hidden], states = new float[latent * TrainingUpdate.Batch],
                products = new float[hidden * TrainingUpdate.Batch];
            Array.Fill(weights, 0.1f);
            Array.Fill(states, 0.2f);
            double flops = 12.0 * latent * hidden * TrainingUpdate.Steps * TrainingUpdate.Batch, update = double.PositiveInfinity,
                scalar = double.PositiveInfinity, peak = 0;
            for (int i = 0; i < 10; i++)
                trainer.Step();
            for (int round = 0; round < Rounds; round++)
            {
                long start = Stopwatch.GetTimestamp();
                trainer.Step();
                update = Math.Min(update, Stopwatch.GetElapsedTime(start).TotalSeconds);
                start = Stopwatch.GetTimestamp();
                for (int i = 0; i < 20; i++)
                    Multiply(weights, states, products, latent, hidden);
                scalar = Math.Min(scalar, Stopwatch.GetElapsedTime(start).TotalSeconds / 20);
                if (round % 4 == 0)
                    peak = Math.Max(peak, FmaPeak.GigaflopsPerSecond());
            }
            double ours = flops / update / 1e9, plain = 2.0 * latent * hidden * TrainingUpdate.Batch / scalar / 1e9;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"bits":{{FmaPeak.Bits}},"fused":{{(FmaPeak.IsFused ? "true" : "false")}},"latent":{{latent}},"hidden":{{hidden}}"""
                + $$""","seconds":{{update:G5}},"gflops":{{ours:F1}},"peak_gflops":{{peak:F1}},"of_peak":{{ours / peak:F3}}"""
                + $$""","scalar_gflops":{{plain:F2}},"of_scalar":{{ours / plain:F2}}}"""));
        }
    }

    // products (L x 16) = weights (L x M) states (M x 16), a value after the other, as one would write it first.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Multiply(float[] weights, float[] states, float[] products, int latent, int hidden)
    {
        for (int i = 0; i < hidden; i++)
            for (int lane = 0; lane < TrainingUpdate.Batch; lane++)
            {
                float sum = 0;
                for (int k = 0; k < latent; k++)
                    sum += weights[(i * latent) + k] * states[(k * TrainingUpdate.Batch) + lane];
                products[(i * TrainingUpdate.Batch) + lane] = sum;
            }
    }
}
