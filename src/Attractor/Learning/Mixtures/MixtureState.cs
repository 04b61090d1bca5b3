namespace Attractor.Learning;

/// <summary>Everything that the fit of a mixture needs to go on to the same bits.</summary>
public sealed record MixtureState
{
    /// <summary>The bound after each sweep (stochastic: each epoch), of each start so far; the last of them is being fitted.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Traces { get; init; }

    /// <summary>The numbers that say the posterior after the last sweep.</summary>
    public required IReadOnlyList<double> Parameters { get; init; }

    /// <summary>The expected number of rows of each component then.</summary>
    public required IReadOnlyList<double> Counts { get; init; }

    /// <summary>The best of the starts that are done; null if none is.</summary>
    public MixtureOutcome? Best { get; init; }

    /// <summary>Whether the last of the starts is done as well: what goes on from here is the next one, if there is to be one.</summary>
    public bool Done { get; init; }

    /// <summary>Sweeps or epochs in all.</summary>
    public long Updates => Traces.Sum(t => (long)t.Count);
}
