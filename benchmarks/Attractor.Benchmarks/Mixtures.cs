using System.Globalization;
using System.Text.Json;
using Attractor.Data;
using Attractor.Learning;
using Attractor.Models;

namespace Attractor.Benchmarks;

/// <summary>Sweeps of coordinate ascent of a mixture on rows of positions and, in the last column, counts.</summary>
internal static class Mixtures
{
    private const int WarmUp = 3;

    /// <summary>Prints the seconds of each sweep.</summary>
    /// <param name="arguments">The .npy file, K, sweeps, threads.</param>
    public static void Run(string[] arguments)
    {
        TimeSeries rows = SeriesFile.Read(arguments[0]);
        int components = Number(1, 10), sweeps = Number(2, 20), threads = Number(3, 1);
        string[] names = [.. rows.Names];
        Mixture mixture = new(components, [new GaussianMeanBlock(names[..^1], 1, null, 0.01), new PoissonBlock(names[^1], 1, 0.1)]);
        List<double> seconds = [];
        double last = 0;
        MixtureFit fit = CoordinateAscent.Fit(
            mixture,
            rows,
            new() { Restarts = 1, MaxSweeps = sweeps + WarmUp, Tolerance = 1e-300, Threads = threads, Start = MixtureStart.Random },
            null,
            new() { Sweep = point => Add(point.Seconds) });
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            name = "mixture",
            rows = rows.Length,
            components,
            threads,
            elbo = fit.Elbo,
            seconds = seconds.Skip(1 + WarmUp),
        }));

        void Add(double now)
        {
            seconds.Add(now - last);
            last = now;
        }

        int Number(int at, int otherwise) => arguments.Length > at ? int.Parse(arguments[at], CultureInfo.InvariantCulture) : otherwise;
    }
}
