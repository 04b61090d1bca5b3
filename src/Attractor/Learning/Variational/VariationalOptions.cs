namespace Attractor.Learning;

/// <summary>How a posterior is fitted.</summary>
public sealed record VariationalOptions
{
    /// <summary>What the posterior is approximated by.</summary>
    public GaussianFamily Family { get; init; } = GaussianFamily.FullRank;

    /// <summary>How the gradient of the bound is estimated.</summary>
    public GradientEstimator Estimator { get; init; } = GradientEstimator.StickingTheLanding;

    /// <summary>Samples of each gradient.</summary>
    public int Samples { get; init; } = 16;

    /// <summary>The most steps.</summary>
    public int Steps { get; init; } = 50_000;

    /// <summary>The rate to begin with; halved whenever the bound rises no more.</summary>
    public double LearningRate { get; init; } = 0.05;

    /// <summary>
    /// Converged when halving the rate raises the bound by less than this many nats more, or than can be told from noise, and the
    /// parameters move by less than this share of a standard deviation.
    /// </summary>
    public double Tolerance { get; init; } = 0.01;

    /// <summary>The rule of the steps.</summary>
    public Optimizer Optimizer { get; init; } = Optimizer.Adam();

    /// <summary>Where to begin: values of some latent variables by name; the others begin at 0 of their unconstrained numbers.</summary>
    public IReadOnlyDictionary<string, double[]> Start { get; init; } = new Dictionary<string, double[]>();

    /// <summary>The standard deviation to begin with, of the unconstrained numbers.</summary>
    public double StartScale { get; init; } = 1;

    /// <summary>Draws from the fitted distribution for the final bound and its diagnostic.</summary>
    public int Draws { get; init; } = 10_000;

    /// <summary>Seed of all samples.</summary>
    public ulong Seed { get; init; }
}
