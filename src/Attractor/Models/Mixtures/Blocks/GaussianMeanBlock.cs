namespace Attractor.Models;

/// <summary>
/// A Gaussian N(mu_k, (tau I)^-1) whose mean is unknown, mu_k ~ N(nu, (rho I)^-1); tau, the same in all
/// components, is known or has a gamma prior.
/// </summary>
/// <remarks>
/// With an unknown tau the posterior is factorised, q(tau) prod_k q(mu_k): an approximation of its own beside that of the assignments.
/// Where the components may be of different widths use a <see cref="NormalGammaBlock"/>.
/// </remarks>
public sealed class GaussianMeanBlock : SphericalBlock
{
    /// <summary>What files and commands call it.</summary>
    public const string KindName = "gaussian-mean";

    /// <summary>A Gaussian of known precision.</summary>
    /// <param name="columns">The D columns.</param>
    /// <param name="precision">tau, in 1 / unit^2 of the columns.</param>
    /// <param name="priorMean">nu, D values; 0 if null.</param>
    /// <param name="priorPrecision">rho, in 1 / unit^2.</param>
    /// <exception cref="ArgumentException">A number is out of its range, or there is not one nu for each column.</exception>
    public GaussianMeanBlock(
        IReadOnlyList<string> columns, double precision, IReadOnlyList<double>? priorMean = null, double priorPrecision = 0.01)
        : base(columns, priorMean)
        => (Precision, PriorPrecision) = (Positive(precision, nameof(precision)), Positive(priorPrecision, nameof(priorPrecision)));

    /// <summary>A Gaussian whose precision, shared by all components, is unknown: tau ~ Gamma(shape, rate).</summary>
    /// <param name="columns">The D columns.</param>
    /// <param name="shape">Of the gamma prior.</param>
    /// <param name="rate">Of the gamma prior, in unit^2 of the columns.</param>
    /// <param name="priorMean">nu, D values; 0 if null.</param>
    /// <param name="priorPrecision">rho, in 1 / unit^2.</param>
    /// <exception cref="ArgumentException">A number is out of its range, or there is not one nu for each column.</exception>
    public GaussianMeanBlock(
        IReadOnlyList<string> columns, double shape, double rate, IReadOnlyList<double>? priorMean, double priorPrecision)
        : base(columns, priorMean)
        => (PrecisionPrior, PriorPrecision) = (
            (Positive(shape, nameof(shape)), Positive(rate, nameof(rate))), Positive(priorPrecision, nameof(priorPrecision)));

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <summary>tau, if it is known.</summary>
    public double? Precision { get; }

    /// <summary>Shape and rate of the gamma prior of tau, if it is not.</summary>
    public (double Shape, double Rate)? PrecisionPrior { get; }

    /// <summary>rho, the prior precision of the component's mean.</summary>
    public double PriorPrecision { get; }

    private protected override double? KnownPrecision => Precision;

    internal static BlockKind Registration { get; } = new(KindName, r => r.Has("precision")
        ? new GaussianMeanBlock(r.Columns, r.Number("precision"), r.Numbers("prior_mean"), r.Number("prior_precision"))
        : new GaussianMeanBlock(r.Columns, r.Number("shape"), r.Number("rate"), r.Numbers("prior_mean"), r.Number("prior_precision")));

    /// <inheritdoc/>
    public override IReadOnlyList<BlockValue> Hyperparameters =>
    [
        .. PrecisionPrior is var (shape, rate)
            ? [BlockValue.Of("shape", shape), BlockValue.Of("rate", rate)]
            : (BlockValue[])[BlockValue.Of("precision", Precision!.Value)],
        BlockValue.Of("prior_precision", PriorPrecision), BlockValue.Of("prior_mean", PriorMean),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<MixtureParameter> Parameters =>
    [
        new("mu_k", "centre of component k, normal", [("nu", "prior mean"), ("rho", "prior precision")]),
        Precision is null
            ? new("tau", "precision around the centres, gamma", [("c_0", "shape"), ("d_0", "rate")]) { PerComponent = false }
            : new("tau", "precision around the centres, known", []) { PerComponent = false, IsFixed = true },
    ];

    /// <inheritdoc/>
    public override BlockPosterior Prior(int components) => new GaussianMeanPosterior(this, components);
}
