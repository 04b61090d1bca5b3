using System.Globalization;
using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>
/// A Gaussian N(mu_k, Lambda_k^-1) of unknown mean and precision matrix with the conjugate prior Lambda_k ~ Wishart(W, v),
/// mu_k | Lambda_k ~ N(nu, (kappa Lambda_k)^-1).
/// </summary>
/// <remarks>
/// The statistics are x, the products x_d x_e and whether the row is there: a row in which one of the D values is missing counts as one in
/// which all are, as the marginal likelihood of the others is no exponential family with these statistics.
/// </remarks>
public sealed class NormalWishartBlock : ConjugateBlock
{
    /// <summary>What files and commands call it.</summary>
    public const string KindName = "normal-wishart";

    private const int MostColumns = 256;
    private const double HalfLogTwoPi = 0.91893853320467274178;

    /// <summary>A Gaussian with a full covariance.</summary>
    /// <param name="columns">The D columns.</param>
    /// <param name="inverseScale">W^-1: D x D, row by row, symmetric and positive definite, in unit^2 of the columns; the prior expects a
    /// covariance of about W^-1 / v.</param>
    /// <param name="priorMean">nu, D values; 0 if null.</param>
    /// <param name="kappa">How many points the prior mean counts for.</param>
    /// <param name="degreesOfFreedom">v, above D - 1: how many points the prior covariance counts for; D if null.</param>
    /// <exception cref="ArgumentException">A number is out of its range, the matrix is not positive definite, or there is not one nu for
    /// each column.</exception>
    public NormalWishartBlock(
        IReadOnlyList<string> columns,
        IReadOnlyList<double> inverseScale,
        IReadOnlyList<double>? priorMean = null,
        double kappa = 0.01,
        double? degreesOfFreedom = null)
        : base(columns)
    {
        int d = columns.Count;
        if (d > MostColumns)
            throw new ArgumentException(
                $"A full covariance of {d} columns is too large; at most {MostColumns} are taken.", nameof(columns));
        ArgumentNullException.ThrowIfNull(inverseScale);
        if (inverseScale.Count != d * d)
            throw new ArgumentException(
                $"The inverse scale matrix of {d} columns has {d * d} values, found {inverseScale.Count}.", nameof(inverseScale));
        InverseScale = [.. inverseScale];
        for (int i = 0; i < d; i++)
            for (int j = 0; j < i; j++)
                if (Math.Abs(inverseScale[(i * d) + j]
                    - inverseScale[(j * d) + i]) > 1e-12 * Math.Sqrt(Math.Abs(inverseScale[(i * d) + i] * inverseScale[(j * d) + j])))
                {
                    throw new ArgumentException(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"The inverse scale matrix is not symmetric: {inverseScale[(i * d) + j]} in row {i + 1}, column {j + 1}, but "
                            + $"{inverseScale[(j * d) + i]} in row {j + 1}, column {i + 1}."),
                        nameof(inverseScale));
                }
        if (!Cholesky.TryFactor([.. inverseScale], d))
            throw new ArgumentException("The inverse scale matrix is not positive definite.", nameof(inverseScale));
        PriorMean = PerColumn(priorMean ?? new double[d], nameof(priorMean));
        Kappa = Positive(kappa, nameof(kappa));
        DegreesOfFreedom = degreesOfFreedom ?? d;
        if (!(DegreesOfFreedom > d - 1) || !double.IsFinite(DegreesOfFreedom))
            throw new ArgumentOutOfRangeException(
                nameof(degreesOfFreedom),
                DegreesOfFreedom,
                FormattableString.Invariant($"The degrees of freedom must be above {d - 1}: the number of columns less 1."));
    }

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <summary>nu, the prior mean of the component's mean: D values.</summary>
    public IReadOnlyList<double> PriorMean { get; }

    /// <summary>How many points the prior mean counts for.</summary>
    public double Kappa { get; }

    /// <summary>v.</summary>
    public double DegreesOfFreedom { get; }

    /// <summary>W^-1, D x D.</summary>
    public IReadOnlyList<double> InverseScale { get; }

    /// <inheritdoc/>
    public override int Statistics => Columns.Count + (Columns.Count * (Columns.Count + 1) / 2) + 1;

    /// <inheritdoc/>
    public override bool IsLocation => true;

    internal static BlockKind Registration { get; } = new(
        KindName, r => new NormalWishartBlock(
            r.Columns, r.Numbers("inverse_scale"), r.Numbers("prior_mean"), r.Number("kappa"), r.Number("degrees_of_freedom")));

    /// <inheritdoc/>
    public override IReadOnlyList<BlockValue> Hyperparameters =>
    [
        BlockValue.Of("kappa", Kappa),
        BlockValue.Of("degrees_of_freedom", DegreesOfFreedom),
        BlockValue.Of("prior_mean", PriorMean),
        BlockValue.Of("inverse_scale", InverseScale),
    ];

    /// <inheritdoc/>
    public override bool NeedsCompleteRows => true;

    /// <inheritdoc/>
    public override string Family => "Gaussian";

    /// <inheritdoc/>
    public override IReadOnlyList<MixtureParameter> Parameters =>
    [
        new(
            "mu_k",
            "centre of component k, normal",
            [("nu", "prior mean"), ("kappa", "rows it counts for"), ("Lambda_k", "precision matrix")]),
        new("Lambda_k", "precision matrix of component k, Wishart", [("W_0", "scale"), ("v_0", "degrees of freedom")]),
    ];

    /// <inheritdoc/>
    public override BlockPosterior Prior(int components) => new NormalWishartPosterior(this, components);

    /// <inheritdoc/>
    public override bool IsOne(int statistic, ReadOnlySpan<bool> complete) => statistic == Statistics - 1 && !complete.Contains(false);

    /// <inheritdoc/>
    public override void WriteStatistics(ReadOnlySpan<double> x, ReadOnlySpan<double> origin, Span<double> statistics)
    {
        statistics.Clear();
        if (IsMissing(x))
            return;
        for (int d = 0; d < x.Length; d++)
            statistics[d] = x[d] - origin[d];
        int at = x.Length;
        for (int d = 0; d < x.Length; d++)
            for (int e = d; e < x.Length; e++)
                statistics[at++] = statistics[d] * statistics[e];
        statistics[at] = 1;
    }

    /// <inheritdoc/>
    public override double LogBase(ReadOnlySpan<double> x) => IsMissing(x) ? 0 : -x.Length * HalfLogTwoPi;

    internal static bool IsMissing(ReadOnlySpan<double> x)
    {
        foreach (double value in x)
            if (double.IsNaN(value))
                return true;
        return false;
    }
}
