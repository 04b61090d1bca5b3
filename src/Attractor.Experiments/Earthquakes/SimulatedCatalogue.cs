using Attractor.Models;
using Attractor.Numerics;
using Attractor.Probability;

namespace Attractor.Experiments;

/// <summary>
/// Earthquakes drawn from the document's model, whose truth is known: z ~ Cat(1/K),
/// s | z ~ Poisson(lambda_z), x | z ~ N(mu_z, (tau I)^-1) in two dimensions.
/// </summary>
internal sealed class SimulatedCatalogue
{
    public const int Components = 5, Rows = 2000;
    public const double PriorPrecision = 0.01, Precision = 0.25, Shape = 2, Rate = 0.05;

    // In standard deviations of the points: nearer to each other nobody could tell components apart.
    private const double Apart = 4;

    public static readonly IReadOnlyList<string> Position = ["longitude", "latitude"];
    public static readonly IReadOnlyList<double> PriorMean = [180, -20];

    public SimulatedCatalogue(ulong seed)
    {
        RandomStream random = new(seed, "simulated earthquakes");
        Gamma strength = new(Shape, Rate);
        Normal point = new(0, 1 / Math.Sqrt(Precision)), centre = new(0, 1 / Math.Sqrt(PriorPrecision));
        for (int k = 0; k < Components; k++)
        {
            do
                Centres[k] = [PriorMean[0] + centre.Sample(random), PriorMean[1] + centre.Sample(random)];
            while (Enumerable.Range(0, k).Any(j => Distance(Centres[j], Centres[k]) < Apart / Math.Sqrt(Precision)));
            Rates[k] = strength.Sample(random);
        }
        double[] values = new double[3 * Rows];
        for (int n = 0; n < Rows; n++)
        {
            int k = Labels[n] = (int)random.NextInt64(Components);
            values[3 * n] = Centres[k][0] + point.Sample(random);
            values[(3 * n) + 1] = Centres[k][1] + point.Sample(random);
            values[(3 * n) + 2] = new Poisson(Rates[k]).Sample(random);
        }
        Data = new(values, 3, 1, [.. Position, "strength"]);
    }

    /// <summary>mu_k.</summary>
    public double[][] Centres { get; } = new double[Components][];

    /// <summary>lambda_k.</summary>
    public double[] Rates { get; } = new double[Components];

    /// <summary>z_n.</summary>
    public int[] Labels { get; } = new int[Rows];

    /// <summary>N x 3.</summary>
    public TimeSeries Data { get; }

    /// <summary>The assignments as responsibilities.</summary>
    public double[,] Assignments
    {
        get
        {
            double[,] r = new double[Rows, Components];
            for (int n = 0; n < Rows; n++)
                r[n, Labels[n]] = 1;
            return r;
        }
    }

    /// <summary>The document's model with the priors that the data were drawn from.</summary>
    public static Mixture Model(int components) => new(
        components,
        [new GaussianMeanBlock(Position, Precision, PriorMean, PriorPrecision), new PoissonBlock("strength", Shape, Rate)],
        MixtureWeights.Uniform);

    private static double Distance(double[] a, double[] b) => Math.Sqrt(((a[0] - b[0]) * (a[0] - b[0])) + ((a[1] - b[1]) * (a[1] - b[1])));
}
