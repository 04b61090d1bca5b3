using Attractor.Models.Mixtures;
using Attractor.Models.Mixtures.Expectations;
using Attractor.Models.Mixtures.Posteriors;

namespace Attractor.Learning.Mixtures;

/// <summary>
/// E[log p(x, z, pi, theta)] - E[log q(z, pi, theta)] of a mixture, term by term, with every constant, so that mixtures of the same data can be compared.
/// </summary>
internal static class EvidenceLowerBound
{
    /// <summary>The terms for a posterior of the parameters and the statistics of some responsibilities, whatever they come from.</summary>
    /// <param name="mixture">The posterior.</param>
    /// <param name="statistics">What the responsibilities come to.</param>
    public static IReadOnlyList<ElboTerm> Of(Mixture mixture, AssignedStatistics statistics)
    {
        List<ElboTerm> terms = [];
        for (int b = 0; b < mixture.Posteriors.Count; b++)
            terms.Add(new($"likelihood of {mixture.Blocks[b].Label}", Likelihood(mixture.Posteriors[b], statistics.Of(b)) + statistics.Base[b]));
        double[] logs = mixture.Weights.MeanLogs(), counts = statistics.Counts;
        double assignments = 0;
        for (int k = 0; k < logs.Length; k++)
            assignments += counts[k] * logs[k];
        terms.Add(new("assignments", assignments));
        terms.Add(new("entropy of assignments", statistics.Entropy));
        foreach (BlockPosterior posterior in mixture.Posteriors)
            for (int f = 0; f < posterior.Factors.Count; f++)
            {
                terms.Add(new($"prior of {NameOf(posterior, f)}", posterior.ExpectedLogPrior(f)));
                terms.Add(new($"entropy of {NameOf(posterior, f)}", posterior.Entropy(f)));
            }
        if (!mixture.Weights.IsFixed)
        {
            terms.Add(new("prior of weights", mixture.Weights.ExpectedLogPrior()));
            terms.Add(new("entropy of weights", mixture.Weights.Entropy()));
        }
        return terms;
    }

    /// <summary>How many terms there are.</summary>
    public static int Count(Mixture mixture) => mixture.Blocks.Count + 2 + (2 * mixture.Posteriors.Sum(p => p.Factors.Count)) + (mixture.Weights.IsFixed ? 0 : 2);

    /// <summary>A factor as the terms name it.</summary>
    public static string NameOf(BlockPosterior posterior, int factor) => $"{posterior.Factors[factor]} ({posterior.Block.Label})";

    public static double Sum(IReadOnlyList<ElboTerm> terms)
    {
        double sum = 0;
        foreach (ElboTerm term in terms)
            sum += term.Value;
        return sum;
    }

    private static double Likelihood(BlockPosterior posterior, in BlockSums sums)
    {
        double[] weights = new double[posterior.Block.Statistics];
        double sum = 0;
        for (int k = 0; k < posterior.Components; k++)
        {
            posterior.Weigh(k, sums.Origin, weights);
            for (int s = 0; s < weights.Length; s++)
                sum += weights[s] * sums[k, s];
        }
        return sum;
    }
}
