using Attractor.Data;
using Attractor.Models;
using Attractor.Numerics;

namespace Attractor.Tests.Learning.Mixtures.Stochastic;

/// <summary>Rows of three components with a column of every kind: x and y real, s a count, b binary, c one of three categories.</summary>
internal static class SimulatedRows
{
    public static IRowSource Draw(int rows, double missing = 0, ulong seed = 1) => new SeriesRows(Series(rows, missing, seed));

    public static TimeSeries Series(int rows, double missing = 0, ulong seed = 1)
    {
        RandomStream random = new(seed, "simulated rows");
        double[] values = new double[5 * rows];
        for (int n = 0; n < rows; n++)
        {
            int k = (int)random.NextInt64(3), at = 5 * n;
            (values[at], values[at + 1]) = ((4 * k) + random.NextNormal(), (k == 1 ? 3 : 0) + (0.7 * random.NextNormal()));
            for (int i = 0; i < 4 * (k + 1); i++)
                values[at + 2] += random.NextDouble() < 0.5 ? 1 : 0;
            values[at + 3] = random.NextDouble() < 0.2 + (0.3 * k) ? 1 : 0;
            values[at + 4] = random.NextDouble() < 0.8 ? k : random.NextInt64(3);
            for (int c = 0; c < 5 && missing > 0; c++)
                if (random.NextDouble() < missing)
                    values[at + c] = double.NaN;
        }
        return new(values, 5, 1, ["x", "y", "s", "b", "c"]);
    }

    public static TheoryData<string> Gaussians => ["known", "shared", "spherical", "diagonal", "full"];

    public static Mixture Model(string gaussian = "full", int components = 3) => new(
        components,
        [
            .. (ConjugateBlock[])(gaussian switch
            {
                "known" => [new GaussianMeanBlock(["x", "y"], 1.5, [4, 1], 0.05)],
                "shared" => [new GaussianMeanBlock(["x", "y"], 1, 2, [4, 1], 0.05)],
                "spherical" => [new NormalGammaBlock(["x", "y"], [4, 1], 0.01, 1, 2)],
                "diagonal" => [new NormalGammaBlock(["x"], [4], 0.01, 1, 2), new NormalGammaBlock(["y"], [1], 0.01, 1, 1)],
                _ => [new NormalWishartBlock(["x", "y"], [4, 0.5, 0.5, 2], [4, 1], 0.01, 2)],
            }),
            new PoissonBlock("s", 1, 0.25), new BernoulliBlock("b"), new CategoricalBlock("c", ["p", "q", "r"]),
        ],
        MixtureWeights.Dirichlet(1));
}
