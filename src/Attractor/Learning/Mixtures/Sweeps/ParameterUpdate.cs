using Attractor.Models;

namespace Attractor.Learning;

/// <summary>The update of the parameters' factors from the statistics of some responsibilities.</summary>
internal static class ParameterUpdate
{
    /// <summary>Updates one factor after the other, and says which.</summary>
    /// <param name="mixture">The posterior.</param>
    /// <param name="statistics">The statistics.</param>
    /// <param name="rate">How far the natural parameters move towards the optimum: 1 is coordinate
    /// ascent, less a natural gradient step.</param>
    public static IEnumerable<string> Each(Mixture mixture, AssignedStatistics statistics, double rate)
    {
        for (int b = 0; b < mixture.Posteriors.Count; b++)
        {
            BlockPosterior posterior = mixture.Posteriors[b];
            for (int f = 0; f < posterior.Factors.Count; f++)
            {
                posterior.Update(f, statistics.Of(b), rate);
                yield return EvidenceLowerBound.NameOf(posterior, f);
            }
        }
        if (mixture.Weights.IsFixed)
            yield break;
        mixture.Weights.Update(statistics.Counts, rate);
        yield return "weights";
    }

    /// <summary>Updates all factors.</summary>
    /// <inheritdoc cref="Each"/>
    public static void All(Mixture mixture, AssignedStatistics statistics, double rate)
    {
        foreach (string _ in Each(mixture, statistics, rate))
        {
        }
    }
}
