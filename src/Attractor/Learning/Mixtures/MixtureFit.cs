using Attractor.Models;

namespace Attractor.Learning;

/// <summary>How the fit of a mixture went.</summary>
public sealed record MixtureFit
{
    /// <summary>The fitted mixture.</summary>
    public required Mixture Mixture { get; init; }

    /// <summary>Completed, or cancelled.</summary>
    public required TrainingEnding Ending { get; init; }

    /// <summary>What goes on from where it stopped.</summary>
    public required MixtureState State { get; init; }

    /// <summary>
    /// The terms of the bound, of which it is the sum; where stochastic inference was cancelled before
    /// it set out, those of the fit of a sample.
    /// </summary>
    public required IReadOnlyList<ElboTerm> Terms { get; init; }

    /// <summary>The expected number of rows of each component.</summary>
    public required IReadOnlyList<double> Counts { get; init; }

    /// <summary>Whether the best fit converged.</summary>
    public required bool Converged { get; init; }

    /// <summary>Why it ended, as a sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>Which start was the best, from 0.</summary>
    public required int Restart { get; init; }

    /// <summary>How many values of each column were missing, and were marginalised.</summary>
    public required IReadOnlyDictionary<string, long> Missing { get; init; }

    /// <summary>Seconds since the fit began or was resumed.</summary>
    public required double Seconds { get; init; }

    /// <summary>The evidence lower bound, nats: a lower bound on log p(data), with every constant.</summary>
    public double Elbo => EvidenceLowerBound.Sum(Terms);

    /// <summary>
    /// The bound after each sweep (stochastic: each epoch) of the best start; none where stochastic
    /// inference was cancelled before it set out.
    /// </summary>
    public IReadOnlyList<double> Trace => State.Traces.Count == 0 ? [] : State.Traces[Restart];

    /// <summary>The bounds of all starts.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Traces => State.Traces;
}
