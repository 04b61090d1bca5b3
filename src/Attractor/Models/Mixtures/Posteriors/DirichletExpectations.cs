using Attractor.Numerics;
using Attractor.Probability;

namespace Attractor.Models;

/// <summary>Expectations under q(theta) = Dirichlet(c_1 .. c_C). Of one proportion, which is 1, all are 0.</summary>
/// <remarks>
/// E[log theta_i] is about -1 / c_i. Of a c_i so small that it would take the digits of everything else, prior and entropy leave out
/// what cancels between them, (1 - c_i) E[log theta_i]: their sum, which a bound takes, is the same.
/// </remarks>
internal static class DirichletExpectations
{
    private const double Tiny = 1e-6;

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
            double power = concentration[i] < Tiny ? p - concentration[i] : p - 1;
            sum += (power == 0 ? 0 : power * logs[i]) - LogGamma.Of(p);
        }
        return sum + LogGamma.Of(total);
    }

    /// <summary>E[-log q(theta)].</summary>
    public static double Entropy(ReadOnlySpan<double> concentration)
    {
        if (concentration.Length == 1)
            return 0;
        if (!AreTiny(concentration))
            return new Dirichlet(concentration).Entropy;
        double[] logs = new double[concentration.Length];
        MeanLogs(concentration, logs);
        double total = 0, sum = 0;
        for (int i = 0; i < logs.Length; i++)
        {
            total += concentration[i];
            sum += LogGamma.Of(concentration[i]) - (concentration[i] < Tiny ? 0 : (concentration[i] - 1) * logs[i]);
        }
        return sum - LogGamma.Of(total);
    }

    /// <summary>Whether there is a concentration that would take the digits of the others.</summary>
    public static bool AreTiny(ReadOnlySpan<double> concentration)
    {
        foreach (double c in concentration)
            if (c < Tiny)
                return true;
        return false;
    }

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
