namespace Attractor.Models;

/// <summary>
/// A Gaussian N(mu_k, (tau_k I)^-1) of unknown mean and precision with the conjugate prior tau_k ~ Gamma(shape, rate), mu_k | tau_k ~ N(nu,
/// (kappa tau_k I)^-1).
/// </summary>
/// <remarks>Spherical in D dimensions. D such blocks of one column each are a Gaussian with a diagonal covariance.</remarks>
public sealed class NormalGammaBlock : SphericalBlock
{
    /// <summary>What files and commands call it.</summary>
    public const string KindName = "normal-gamma";

    /// <summary>A spherical Gaussian.</summary>
    /// <param name="columns">The D columns.</param>
    /// <param name="priorMean">nu, D values; 0 if null.</param>
    /// <param name="kappa">How many points the prior mean counts for.</param>
    /// <param name="shape">Of the gamma prior of the precision: twice it, over D, is how many points it counts for.</param>
    /// <param name="rate">Of the gamma prior of the precision, in unit^2 of the columns.</param>
    /// <exception cref="ArgumentException">A number is out of its range, or there is not one nu for each column.</exception>
    public NormalGammaBlock(
        IReadOnlyList<string> columns, IReadOnlyList<double>? priorMean = null, double kappa = 0.01, double shape = 1, double rate = 1)
        : base(columns, priorMean)
        => (Kappa, Shape, Rate) = (Positive(kappa, nameof(kappa)), Positive(shape, nameof(shape)), Positive(rate, nameof(rate)));

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <summary>How many points the prior mean counts for.</summary>
    public double Kappa { get; }

    /// <summary>Shape of the gamma prior of the precision.</summary>
    public double Shape { get; }

    /// <summary>Rate of the gamma prior of the precision.</summary>
    public double Rate { get; }

    internal static BlockKind Registration { get; } = new(
        KindName, r => new NormalGammaBlock(r.Columns, r.Numbers("prior_mean"), r.Number("kappa"), r.Number("shape"), r.Number("rate")));

    /// <inheritdoc/>
    public override IReadOnlyList<BlockValue> Hyperparameters
        =>
        [
            BlockValue.Of("kappa", Kappa),
            BlockValue.Of("shape", Shape),
            BlockValue.Of("rate", Rate),
            BlockValue.Of("prior_mean", PriorMean)
        ];

    /// <inheritdoc/>
    public override IReadOnlyList<MixtureParameter> Parameters =>
    [
        new("mu_k", "centre of component k, normal", [("nu", "prior mean"), ("kappa", "rows it counts for"), ("tau_k", "precision")]),
        new("tau_k", "precision of component k, gamma", [("c_0", "shape"), ("d_0", "rate")]),
    ];

    /// <inheritdoc/>
    public override BlockPosterior Prior(int components) => new NormalGammaPosterior(this, components);
}
