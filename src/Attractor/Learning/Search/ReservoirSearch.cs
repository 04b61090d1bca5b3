using Attractor.Models;
using Attractor.Numerics;

namespace Attractor.Learning;

/// <summary>Trains several networks for each of many choices of hyperparameters, in parallel.</summary>
/// <remarks>
/// Candidates that differ in lambda alone share their reservoirs, which are driven once. The networks of repetition i have the seed of
/// their options + i, so that candidates are compared on the same draws. The same scores for any number of threads.
/// </remarks>
public sealed class ReservoirSearch
{
    /// <summary>Makes an untrained network of a reservoir.</summary>
    public required Func<ReservoirOptions, EchoStateNetwork> Create { get; init; }

    /// <summary>What the networks are trained on.</summary>
    public required IReadOnlyList<TeachingSeries> Series { get; init; }

    /// <summary>The score of a trained network, on data that it has not seen; called from several threads.</summary>
    public required Func<EchoStateNetwork, double> Score { get; init; }

    /// <summary>How the readouts are trained; lambda is the candidate's.</summary>
    public ReadoutOptions Readout { get; init; } = new();

    /// <summary>Networks of each candidate.</summary>
    public int Repetitions { get; init; } = 3;

    /// <summary>Scores all candidates.</summary>
    /// <param name="candidates">The choices.</param>
    /// <param name="progress">Gets the number of networks drawn and driven so far, and of all.</param>
    /// <param name="cancellationToken">Stops with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>A trial for each candidate, in their order.</returns>
    /// <exception cref="ArgumentException">There are no candidates or no repetitions, or an option is out of its range.</exception>
    public IReadOnlyList<ReservoirTrial> Run(
        IReadOnlyList<ReservoirCandidate> candidates,
        IProgress<(int Done, int Of)>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        if (candidates.Count == 0)
            throw new ArgumentException("There are no candidates to try.", nameof(candidates));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Repetitions);
        foreach (ReservoirCandidate candidate in candidates)
        {
            candidate.Reservoir.Check();
            RidgeRegression.CheckRidge(candidate.Ridge);
        }
        (ReservoirOptions Options, int[] Members)[] groups =
            [.. candidates.Select((c, i) => (c, i)).GroupBy(p => p.c.Reservoir, p => p.i).Select(g => (g.Key, g.ToArray()))];
        double[][] scores = [.. candidates.Select(_ => new double[Repetitions])];
        int jobs = groups.Length * Repetitions, done = 0;
        Concurrent.For(jobs, job =>
        {
            (ReservoirOptions options, int[] members) = groups[job / Repetitions];
            int repetition = job % Repetitions;
            double[] found = ScoreAll(
                options with { Seed = options.Seed + (ulong)repetition }, [.. members.Select(m => candidates[m].Ridge)], cancellationToken);
            for (int i = 0; i < members.Length; i++)
                scores[members[i]][repetition] = found[i];
            progress?.Report((Interlocked.Increment(ref done), jobs));
        }, cancellationToken);
        return [.. candidates.Select((c, i) => new ReservoirTrial(c, scores[i]))];
    }

    /// <summary>
    /// A line search over the size of the reservoir, downwards: M, then M / <paramref name="factor"/> and so on, until the mean score is
    /// above <paramref name="limit"/> times that of the first M, for scores of which less is better.
    /// </summary>
    /// <param name="first">The candidate to begin with.</param>
    /// <param name="factor">Above 1.</param>
    /// <param name="limit">Above 1.</param>
    /// <param name="progress">Gets each trial as it is done.</param>
    /// <param name="cancellationToken">Stops with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>The trials, the last one being above the limit unless M came down to 1.</returns>
    /// <exception cref="ArgumentException">The factor or the limit is not above 1, or an option is out of its range.</exception>
    public IReadOnlyList<ReservoirTrial> Line(
        ReservoirCandidate first,
        double factor = 1.33,
        double limit = 1.1,
        IProgress<ReservoirTrial>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(factor, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(limit, 1);
        List<ReservoirTrial> trials = [];
        for (int units = first.Reservoir.Units; units >= 1; units = (int)(units / factor))
        {
            trials.Add(Run([first with { Reservoir = first.Reservoir with { Units = units } }], null, cancellationToken)[0]);
            progress?.Report(trials[^1]);
            if (!(trials[^1].Mean <= limit * trials[0].Mean))
                break;
        }
        return trials;
    }

    private double[] ScoreAll(ReservoirOptions options, double[] ridges, CancellationToken cancellationToken)
    {
        double[] scores = new double[ridges.Length];
        Array.Fill(scores, double.NaN);
        EchoStateNetwork network;
        try
        {
            network = Create(options);
        }
        catch (ArgumentException) when (options.ResolvedConnectivity < 1 || options.Weights is WeightDistribution.Bernoulli)
        {
            // Few weights, or weights that cancel, may have no eigenvalue to scale: such a network has no score, the others do.
            return scores;
        }
        using RidgeStatistics statistics = ReadoutTraining.Collect(network, Series, Readout, cancellationToken);
        for (int i = 0; i < ridges.Length; i++)
        {
            if (Solve(statistics, ridges[i]) is not { } fit)
                continue;
            network.SetReadout(fit.Weights, fit.Constants, Readout.Washout);
            scores[i] = Score(network);
        }
        return scores;
    }

    // Without a penalty the weights may be undetermined, which says nothing against the other candidates.
    private static RidgeFit? Solve(RidgeStatistics statistics, double ridge)
    {
        try
        {
            return RidgeRegression.Solve(statistics, ridge);
        }
        catch (ArgumentException) when (ridge == 0 && statistics.Samples > 0)
        {
            return null;
        }
    }
}
