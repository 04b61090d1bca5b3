using Attractor.Data;
using Attractor.Models;
using Attractor.Numerics;

namespace Attractor.Learning;

/// <summary>
/// E[log p(x, z, pi, theta)] - E[log q(z, pi, theta)] of a mixture, term by term, with every constant, so that
/// mixtures of the same data can be compared.
/// </summary>
public static class EvidenceLowerBound
{
    /// <summary>The terms for a posterior of the parameters and the assignments that are the best for it.</summary>
    /// <param name="mixture">The posterior.</param>
    /// <param name="rows">The rows; they are read in pieces.</param>
    /// <param name="threads">Threads; null for all processors.</param>
    /// <param name="cancellationToken">Ends it before its time.</param>
    /// <returns>The terms, of which the bound is the sum, and the expected number of rows of each component.</returns>
    /// <exception cref="ArgumentException">A column is not there, or holds a value that does not belong there.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static (IReadOnlyList<ElboTerm> Terms, IReadOnlyList<double> Counts) Of(
        Mixture mixture, IRowSource rows, int? threads = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(mixture);
        ArgumentNullException.ThrowIfNull(rows);
        using FullBound bound = new(mixture, rows, threads ?? ThreadTeam.AllProcessors);
        AssignedStatistics all = bound.Of(cancellationToken);
        return (Of(mixture, all), all.Counts);
    }

    /// <summary>The terms for a posterior of the parameters and the statistics of some responsibilities, whatever they come from.</summary>
    /// <param name="mixture">The posterior.</param>
    /// <param name="statistics">What the responsibilities come to.</param>
    internal static IReadOnlyList<ElboTerm> Of(Mixture mixture, AssignedStatistics statistics)
    {
        List<ElboTerm> terms = [];
        for (int b = 0; b < mixture.Posteriors.Count; b++)
            terms.Add(new(
                $"likelihood of {mixture.Blocks[b].Label}", Likelihood(mixture.Posteriors[b], statistics.Of(b)) + statistics.Base[b]));
        double[] logs = mixture.Weights.MeanLogs(), counts = statistics.Counts;
        double assignments = 0;
        for (int k = 0; k < logs.Length; k++)
            assignments += counts[k] == 0 ? 0 : counts[k] * logs[k];
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
    internal static int Count(Mixture mixture)
        => mixture.Blocks.Count + 2 + (2 * mixture.Posteriors.Sum(p => p.Factors.Count)) + (mixture.Weights.IsFixed ? 0 : 2);

    /// <summary>A factor as the terms name it.</summary>
    internal static string NameOf(BlockPosterior posterior, int factor) => $"{posterior.Factors[factor]} ({posterior.Block.Label})";

    /// <summary>The bound, nats.</summary>
    public static double Sum(IReadOnlyList<ElboTerm> terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
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
