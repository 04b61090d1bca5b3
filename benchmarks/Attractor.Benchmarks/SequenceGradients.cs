using System.Diagnostics;
using System.Globalization;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Systems;

namespace Attractor.Benchmarks;

/// <summary>Loss and gradient of one long sequence in one call: segments as lanes beside all steps in a row, in turn.</summary>
internal static class SequenceGradients
{
    private const int Rounds = 7;

    /// <summary>Prints a JSON line for each forcing.</summary>
    /// <param name="arguments">Steps (1,000,000), M (3), L (100), threads (1).</param>
    public static void Run(string[] arguments)
    {
        int steps = Number(0, 1_000_000), latent = Number(1, 3), hidden = Number(2, 100), threads = Number(3, 1);
        TimeSeries sequence = Lorenz63.Default.Simulate(steps: steps + 1, dt: 0.01).Standardize().WithNoise(0.05, seed: 1);
        ShallowPlrnn net = new(observed: 3, latent, hidden, seed: 1);
        Training.Fit(net, sequence.Slice(0, Math.Min(steps, 100_000)), new() { Updates = 2000, Seed = 1 });
        foreach (TeacherForcing forcing in (TeacherForcing[])[TeacherForcing.Generalized(0.1), TeacherForcing.Sparse(16)])
        {
            List<double> ours = [], inARow = [];
            SequenceGradient cut = SequenceGradient.Of(net, sequence, forcing, new() { Threads = threads }), whole = cut;
            // One segment: the burn-in of all of it.
            SequenceGradientOptions one = new() { BurnIn = steps };
            for (int round = 0; round < Rounds; round++)
            {
                long start = Stopwatch.GetTimestamp();
                cut = SequenceGradient.Of(net, sequence, forcing, new() { Threads = threads });
                ours.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
                if (round >= 2)
                    continue;
                start = Stopwatch.GetTimestamp();
                whole = SequenceGradient.Of(net, sequence, forcing, one);
                inARow.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
            }
            SequenceGradient exact = SequenceGradient.Of(net, sequence, forcing, one with { Precision = Precision.Float64 });
            ours.Sort();
            inARow.Sort();
            double peak = Enumerable.Range(0, 25).Max(_ => FmaPeak.GigaflopsPerSecond());
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"forcing":"{{forcing}}","steps":{{steps}},"latent":{{latent}},"hidden":{{hidden}},"threads":{{threads}}"""
                + $$""","segments":{{cut.Segments}},"burn_in":{{cut.BurnIn}},"seam_error":{{cut.SeamError:G3}}"""
                + $$""","seconds_median":{{ours[ours.Count / 2]:G4}},"seconds_min":{{ours[0]:G4}}"""
                + $$""","one_after_the_other_median":{{inARow[inARow.Count / 2]:G4}},"one_after_the_other_min":{{inARow[0]:G4}}"""
                + $$""","of_peak":{{12.0 * latent * hidden * steps / ours[0] / 1e9 / peak:F3}}"""
                + $$""","gradient_error":{{Difference(exact, cut):G3}}"""
                + $$""","one_after_the_other_error":{{Difference(exact, whole):G3}},"difference":{{Difference(whole, cut):G3}}}"""));
        }

        int Number(int at, int otherwise) => arguments.Length > at ? int.Parse(arguments[at], CultureInfo.InvariantCulture) : otherwise;
    }

    // Relative to the largest component.
    private static double Difference(SequenceGradient exact, SequenceGradient found)
    {
        double largest = 0, scale = 0;
        for (int i = 0; i < exact.Gradient.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(found.Gradient[i] - exact.Gradient[i]));
            scale = Math.Max(scale, Math.Abs(exact.Gradient[i]));
        }
        return largest / scale;
    }
}
