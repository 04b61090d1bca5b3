using Attractor.Numerics;
using Attractor.Probability;

namespace Attractor.Models;

/// <summary>Expectations under q(theta) = Dirichlet(c_1 .. c_C). Of one proportion, which is 1, all are 0.</summary>
internal static class DirichletExpectations
{
    /// <summary>E[log theta_i].</summary>
    public static void MeanLogs(ReadOnlySpan<double> concentration, Span<double> logs)
    {
        double total = 0;
        foreach (double c in concentration)
            total += c;
        double all = Digamma.Of(total);
        for (int i = 0; i < concentration.Length; i++)
            logs[i] = Digamma.Of(concentration[i]) - all;
    }

    /// <summary>E[log p(theta)] of p = Dirichlet(prior(1) .. prior(C)).</summary>
    public static double ExpectedLogDensity(ReadOnlySpan<double> concentration, Func<int, double> prior)
    {
        if (concentration.Length == 1)
            return 0;
        double[] logs = new double[concentration.Length];
        MeanLogs(concentration, logs);
        double total = 0, sum = 0;
        for (int i = 0; i < logs.Length; i++)
        {
            double p = prior(i);
            total += p;
            sum += ((p - 1) * logs[i]) - LogGamma.Of(p);
        }
        return sum + LogGamma.Of(total);
    }

    public static double Entropy(ReadOnlySpan<double> concentration)
        => concentration.Length == 1 ? 0 : new Dirichlet(concentration).Entropy;

    /// <summary>An index, drawn in proportion to the weights.</summary>
    public static int Pick(RandomStream random, ReadOnlySpan<double> weights)
    {
        double total = 0;
        foreach (double w in weights)
            total += w;
        double left = random.NextDouble() * total;
        for (int i = 0; i < weights.Length - 1; i++)
        {
            left -= weights[i];
            if (left < 0)
                return i;
        }
        return weights.Length - 1;
    }
}
