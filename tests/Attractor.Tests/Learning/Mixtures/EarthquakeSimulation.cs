using Attractor.Models;
using Attractor.Numerics;
using Attractor.Probability;

namespace Attractor.Tests.Learning.Mixtures;

/// <summary>Places and strengths of earthquakes around centres that are far from each other, with the truth about them.</summary>
internal sealed class EarthquakeSimulation
{
    public const double Deviation = 2;

    public EarthquakeSimulation(int rows, int components, ulong seed)
    {
        RandomStream random = new(seed, "earthquakes");
        List<(double X, double Y)> centres = [];
        while (centres.Count < components)
        {
            (double x, double y) = (100 * random.NextDouble(), 100 * random.NextDouble());
            if (centres.All(c => Math.Sqrt(((c.X - x) * (c.X - x)) + ((c.Y - y) * (c.Y - y))) > 8 * Deviation))
                centres.Add((x, y));
        }
        Centres = [.. centres.Select(c => (double[])[c.X, c.Y])];
        Rates = [.. centres.Select((_, k) => 5 + (40 * random.NextDouble()))];
        Assignments = new int[rows];
        double[] values = new double[rows * 3];
        for (int n = 0; n < rows; n++)
        {
            // Some components have twice the rows of others.
            int k = (int)random.NextInt64(2 * components) % (components + (components / 2)) % components;
            Assignments[n] = k;
            for (int d = 0; d < 2; d++)
                values[(3 * n) + d] = Centres[k][d] + (Deviation * random.NextNormal());
            values[(3 * n) + 2] = PoissonSampler.Next(random, Rates[k]);
        }
        Rows = new(values, 3, 1, ["lon", "lat", "strength"]);
    }

    public TimeSeries Rows { get; }

    public int[] Assignments { get; }

    public double[][] Centres { get; }

    public double[] Rates { get; }

    public double[,] Truth
    {
        get
        {
            double[,] r = new double[Rows.Length, Centres.Length];
            for (int n = 0; n < Rows.Length; n++)
                r[n, Assignments[n]] = 1;
            return r;
        }
    }

    /// <summary>The model that the data are of, with a vague prior.</summary>
    public static Mixture Model(int components, MixtureWeights? weights = null) => new(
        components,
        [new GaussianMeanBlock(["lon", "lat"], 1 / (Deviation * Deviation), [50, 50], 1e-3), new PoissonBlock("strength", 1, 0.05)],
        weights ?? MixtureWeights.Dirichlet(1));
}
