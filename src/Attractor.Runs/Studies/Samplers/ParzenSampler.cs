using Attractor.Numerics;

namespace Attractor.Runs;

/// <summary>
/// The tree-structured Parzen estimator: coordinates that are likely among the better trials and unlikely among the others.
/// </summary>
/// <remarks>
/// J. Bergstra, R. Bardenet, Y. Bengio and B. Kegl, Advances in Neural Information Processing Systems 24, 2011, by the rules that Optuna
/// documents for its default: 10 trials at random first; the better are a tenth of the ended trials, rounded up, at most 25; each
/// dimension by itself, from the trials that have it; 24 candidates from the density of the better ones, of which the one with the largest
/// ratio of densities is taken. Pruned trials come after those that completed, by how far they came and then by their value. Of several
/// objectives the better trials are those of the first fronts, and within the front that is divided those that are least crowded.
/// </remarks>
public sealed class ParzenSampler : StudySampler
{
    internal const int Startup = 10, Candidates = 24;

    private const string Purpose = "parzen";
    private const int MostBetter = 25;

    private static readonly RandomSampler s_random = new();

    /// <inheritdoc/>
    public override string Name => "tpe";

    /// <inheritdoc/>
    public override bool Learns => true;

    /// <inheritdoc/>
    public override double[] Sample(StudySpace space, long seed, long number, IReadOnlyList<SampledTrial> ended)
    {
        ArgumentNullException.ThrowIfNull(space);
        ArgumentNullException.ThrowIfNull(ended);
        if (ended.Count < Startup)
            return s_random.Sample(space, seed, number, ended);
        SampledTrial[] ranked = Ranked(ended);
        int better = Better(ranked.Length);
        // Weights fall with age: estimators take trials in the order of their numbers.
        SampledTrial[] below = [.. ranked.Take(better).OrderBy(t => t.Number)];
        SampledTrial[] above = [.. ranked.Skip(better).OrderBy(t => t.Number)];
        RandomStream random = new((ulong)seed, Purpose, (ulong)number);
        double[] point = new double[space.Dimensions.Count];
        for (int d = 0; d < point.Length; d++)
            point[d] = space.IsThere(point, d) ? Choose(space.Dimensions[d], Of(below, d), Of(above, d), random) : double.NaN;
        return point;
    }

    /// <summary>How many of the ended trials are the better ones.</summary>
    internal static int Better(int ended) => Math.Min((int)Math.Ceiling(0.1 * ended), MostBetter);

    /// <summary>The best first.</summary>
    internal static SampledTrial[] Ranked(IReadOnlyList<SampledTrial> ended)
    {
        SampledTrial[] completed = [.. ended.Where(t => t.PrunedAt is null)];
        IEnumerable<SampledTrial> first = completed.Length > 0 && completed[0].Values.Count > 1
            ? ParetoFront.Ranked(completed, t => t.Values)
            : completed.OrderBy(t => t.Values[0]).ThenBy(t => t.Number);
        return [.. first, .. ended.Where(t => t.PrunedAt is not null).OrderByDescending(t => t.PrunedAt).ThenBy(t => t.Values[0])
            .ThenBy(t => t.Number)];
    }

    private static double[] Of(SampledTrial[] trials, int dimension)
        => [.. trials.Select(t => t.Point[dimension]).Where(x => !double.IsNaN(x))];

    private static double Choose(StudyDimension dimension, double[] below, double[] above, RandomStream random)
    {
        if (!dimension.Varies)
            return dimension.At(0);
        ParzenEstimator better = new(dimension, below), others = new(dimension, above);
        double best = double.NaN, highest = double.NegativeInfinity;
        for (int i = 0; i < Candidates; i++)
        {
            double candidate = better.Draw(random), ratio = better.LogDensity(candidate) - others.LogDensity(candidate);
            if (ratio > highest || double.IsNaN(best))
                (best, highest) = (candidate, ratio);
        }
        return best;
    }
}
