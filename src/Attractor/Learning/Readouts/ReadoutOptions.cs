using Attractor.Numerics;

namespace Attractor.Learning;

/// <summary>How the readout of a reservoir is trained. The defaults are those of the reservoir's.</summary>
public sealed record ReadoutOptions
{
    /// <summary>lambda, on the sum of the squared errors.</summary>
    public double Ridge { get; init; } = 1e-2;

    /// <summary>How lambda is chosen; <see cref="RidgeSelection.Fixed"/> takes <see cref="Ridge"/>.</summary>
    public RidgeSelection Selection { get; init; } = RidgeSelection.Fixed;

    /// <summary>The lambdas to choose from; <see cref="RidgePath.DefaultRidges"/> if null.</summary>
    public IReadOnlyList<double>? Ridges { get; init; }

    /// <summary>The part of the samples at the end of each series that <see cref="RidgeSelection.Validation"/> holds out.</summary>
    public double HeldOut { get; init; } = 0.2;

    /// <summary>States at the beginning of each series that are left out of the fit: the reservoir has not forgotten its start.</summary>
    public int Washout { get; init; } = 1000;

    /// <summary>Whether the readout has an intercept, which is not penalised.</summary>
    public bool Intercept { get; init; }

    /// <summary>Standard deviation of Gaussian noise on the states while training (Jaeger 2001): a regulariser in state space.</summary>
    public double StateNoise { get; init; }

    /// <summary>Seed of the noise.</summary>
    public ulong Seed { get; init; }

    /// <summary>The processes that fit the same readout together; null for this one alone. The result does not depend on them.</summary>
    public Communicator? Ranks { get; init; }

    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    internal void Check()
    {
        RidgeRegression.CheckRidge(Ridge);
        if (Ridges is { Count: 0 })
            throw new ArgumentException("There are no lambdas to choose from.");
        foreach (double ridge in Ridges ?? [])
            RidgeRegression.CheckRidge(ridge);
        if (Washout < 0)
            throw new ArgumentException($"The washout must be at least 0, not {Washout}.");
        if (!(HeldOut is > 0 and < 1))
            throw new ArgumentException(FormattableString.Invariant($"The part that is held out must be between 0 and 1, not {HeldOut}."));
        if (!(StateNoise >= 0) || !double.IsFinite(StateNoise))
            throw new ArgumentException(FormattableString.Invariant($"The state noise must be a number of at least 0, not {StateNoise}."));
    }
}
