using Attractor.Numerics;

namespace Attractor.Learning;

/// <summary>How a mixture is fitted by coordinate ascent.</summary>
public sealed record CoordinateAscentOptions
{
    /// <summary>Fits from different starts, of which the one with the best bound is kept.</summary>
    public int Restarts { get; init; } = 10;

    /// <summary>Where they set out from.</summary>
    public MixtureStart Start { get; init; } = MixtureStart.KMeansPlusPlus;

    /// <summary>
    /// Responsibilities to set out from, N x K, each row summing to 1: then there is one fit, and the components keep their order.
    /// </summary>
    public double[,]? Responsibilities { get; init; }

    /// <summary>Sweeps over all factors of a fit at most.</summary>
    public int MaxSweeps { get; init; } = 1000;

    /// <summary>A fit has converged when the bound changes by less than this in a sweep, relative to its value, and ...</summary>
    public double Tolerance { get; init; } = 1e-10;

    /// <summary>... no component's expected number of rows by more than this.</summary>
    public double CountTolerance { get; init; } = 1e-4;

    /// <summary>Seed of the starts.</summary>
    public ulong Seed { get; init; }

    /// <summary>Threads; null for all processors. The result does not depend on them.</summary>
    public int? Threads { get; init; }

    /// <summary>The processes that fit the same mixture together; null for this one alone. The result does not depend on them.</summary>
    public Communicator? Ranks { get; init; }

    internal int ThreadCount => Threads ?? ThreadTeam.AllProcessors;

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Restarts);
        ArgumentOutOfRangeException.ThrowIfNegative(MaxSweeps);
        if (Threads is { } threads)
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threads, nameof(Threads));
        if (!(Tolerance > 0) || !(CountTolerance > 0))
            throw new ArgumentException("Tolerances must be above 0.");
    }
}
