using Attractor.Models;

namespace Attractor.Tests.Learning.Mixtures;

/// <summary>The earthquake model on eight points, with responsibilities to start from.</summary>
internal static class EarthquakeExample
{
    public static readonly double[] Precision = [1.5];

    public static TimeSeries Rows { get; } = new(
        [0, 0, 1, 1, 0, 0, 0, 1, 2, 0.5, 0.5, 1, 4, 4, 7, 5, 4, 9, 4, 5, 5, 2, 2.5, 4], 3, 1, ["x", "y", "s"]);

    public static double[,] Start
    {
        get
        {
            double[,] r = new double[8, 2];
            for (int n = 0; n < 8; n++)
                (r[n, 0], r[n, 1]) = n < 4 ? (0.9, 0.1) : (0.1, 0.9);
            return r;
        }
    }

    public static Mixture Model(MixtureWeights? weights = null) => new(
        2, [new GaussianMeanBlock(["x", "y"], 1.5, [2, 2], 0.1), new PoissonBlock("s", 2, 0.5)], weights
            ?? MixtureWeights.Fixed([0.4, 0.6]));
}
