using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Attractor.Models;

namespace Attractor.Benchmarks;

/// <summary>The full Lyapunov spectrum of a shallow PLRNN, orthonormalised after every step, float64, one thread.</summary>
internal static class LyapunovSpectra
{
    private const int Repeats = 7;

    /// <summary>One JSON line: the network, where it starts, its spectrum and the seconds it took.</summary>
    public static void Run(IReadOnlyList<string> sizes)
    {
        int latent = Number(sizes, 0, 20), hidden = Number(sizes, 1, 50), steps = Number(sizes, 2, 100_000);
        ShallowPlrnn net = new(3, latent, hidden, seed: 1);
        // Thresholds of both signs: about half of the units are active.
        net.Parameters.Set([.. net.Parameters.Values.ToArray().Select((v, i) => i < latent ? v : (0.8 * v) + (0.02 * Math.Sin(i)))]);
        double[] start = [.. Enumerable.Range(0, latent).Select(i => 0.1 * Math.Cos(i))], seconds = new double[Repeats], spectrum = [];
        for (int repeat = -1; repeat < Repeats; repeat++)
        {
            long begin = Stopwatch.GetTimestamp();
            spectrum = Lyapunov.Spectrum(net, start, steps, transient: steps / 10);
            if (repeat >= 0)
                seconds[repeat] = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        }
        Array.Sort(seconds);
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            latent,
            hidden,
            steps,
            seconds_median = seconds[Repeats / 2],
            spectrum,
            start,
            A = net.Parameters["A"].ToArray(),
            W1 = net.Parameters["W1"].ToArray(),
            W2 = net.Parameters["W2"].ToArray(),
            h1 = net.Parameters["h1"].ToArray(),
            h2 = net.Parameters["h2"].ToArray(),
        }));
    }

    private static int Number(IReadOnlyList<string> values, int index, int otherwise)
        => values.Count > index ? int.Parse(values[index], CultureInfo.InvariantCulture) : otherwise;
}
