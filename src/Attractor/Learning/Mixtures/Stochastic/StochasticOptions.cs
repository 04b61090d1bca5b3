using Attractor.Numerics;

namespace Attractor.Learning;

/// <summary>How a mixture is fitted by stochastic variational inference.</summary>
/// <remarks>Step t, from 0, moves the natural parameters by the rate (t + <see cref="Delay"/>)^-<see cref="Forgetting"/>.</remarks>
public sealed record StochasticOptions
{
    /// <summary>Rows of a step.</summary>
    public int BatchSize { get; init; } = 10_000;

    /// <summary>Passes over all rows at most.</summary>
    public int Epochs { get; init; } = 20;

    /// <summary>How much the first steps are slowed down; at least 1.</summary>
    public double Delay { get; init; } = 1;

    /// <summary>kappa: how fast the steps become smaller; above 0.5 and at most 1, which is where they converge.</summary>
    public double Forgetting { get; init; } = 0.7;

    /// <summary>The fit has converged when the bound of all data changes by less than this in an epoch, relative to its value.</summary>
    public double Tolerance { get; init; } = 1e-6;

    /// <summary>Fits of a sample of the rows, of which the one with the best bound is where the steps set out from.</summary>
    public int Restarts { get; init; } = 10;

    /// <summary>Where those fits set out from.</summary>
    public MixtureStart Start { get; init; } = MixtureStart.KMeansPlusPlus;

    /// <summary>Seed of the starts and of the order of the rows.</summary>
    public ulong Seed { get; init; }

    /// <summary>Threads; null for all processors. The result does not depend on them.</summary>
    public int? Threads { get; init; }

    /// <summary>The processes that fit the same mixture together; null for this one alone. The result does not depend on them.</summary>
    public Communicator? Ranks { get; init; }

    internal int ThreadCount => Threads ?? ThreadTeam.AllProcessors;

    /// <summary>The rate of step t.</summary>
    public double Rate(long step) => Math.Pow(step + Delay, -Forgetting);

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(BatchSize);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Epochs);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Restarts);
        if (Threads is { } threads)
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threads, nameof(Threads));
        if (!(Delay >= 1) || !double.IsFinite(Delay))
            throw new ArgumentOutOfRangeException(
                nameof(Delay), Delay, "The delay must be at least 1, so that no step goes beyond its optimum.");
        if (!(Forgetting > 0.5) || !(Forgetting <= 1))
            throw new ArgumentOutOfRangeException(
                nameof(Forgetting), Forgetting, "The forgetting rate must be above 0.5 and at most 1: only then do the steps converge.");
        if (!(Tolerance > 0))
            throw new ArgumentOutOfRangeException(nameof(Tolerance), Tolerance, "The tolerance must be above 0.");
    }
}
