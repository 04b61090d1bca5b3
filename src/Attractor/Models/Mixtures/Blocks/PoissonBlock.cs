using Attractor.Data;
using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>A count ~ Poisson(lambda_k) with lambda_k ~ Gamma(shape, rate).</summary>
public sealed class PoissonBlock : SingleColumnBlock
{
    /// <summary>What files and commands call it.</summary>
    public const string KindName = "poisson";

    // Above it neighbouring doubles are more than 1 apart.
    private const double MostCount = 1L << 53;

    private static readonly double[] s_logFactorials = [.. Enumerable.Range(0, 1024).Select(n => LogGamma.Of(n + 1))];

    /// <summary>A count.</summary>
    /// <param name="column">The column.</param>
    /// <param name="shape">alpha of the gamma prior.</param>
    /// <param name="rate">beta of the gamma prior: how many points it counts for.</param>
    /// <exception cref="ArgumentException">A number is not above 0.</exception>
    public PoissonBlock(string column, double shape = 1, double rate = 1)
        : base(column)
        => (Shape, Rate) = (Positive(shape, nameof(shape)), Positive(rate, nameof(rate)));

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <summary>alpha.</summary>
    public double Shape { get; }

    /// <summary>beta.</summary>
    public double Rate { get; }

    internal static BlockKind Registration { get; } = new(KindName, r => new PoissonBlock(r.Column, r.Number("shape"), r.Number("rate")));

    /// <inheritdoc/>
    public override IReadOnlyList<BlockValue> Hyperparameters => [BlockValue.Of("shape", Shape), BlockValue.Of("rate", Rate)];

    /// <inheritdoc/>
    public override IReadOnlyList<ColumnRequest> Requests => [new(Column, ColumnKind.Count)];

    /// <inheritdoc/>
    public override string Symbol => "s";

    /// <inheritdoc/>
    public override string Family => "Poisson";

    /// <inheritdoc/>
    public override IReadOnlyList<MixtureParameter> Parameters
        => [new("lambda_k", "rate of component k, gamma", [("alpha", "shape"), ("beta", "rate")])];

    /// <inheritdoc/>
    public override BlockPosterior Prior(int components) => new PoissonPosterior(this, components);

    /// <inheritdoc/>
    public override double LogBase(ReadOnlySpan<double> x)
        => double.IsNaN(x[0]) ? 0 : x[0] < s_logFactorials.Length ? -s_logFactorials[(int)x[0]] : -LogGamma.Of(x[0] + 1);

    /// <inheritdoc/>
    public override string? Fault(double value)
        => value >= 0 && value <= MostCount && value == Math.Floor(value) ? null : "is not a count: 0, 1, 2, ...";

    /// <inheritdoc/>
    // The square root of a Poisson count has a standard deviation of about 1/2 whatever its rate.
    public override void Place(ReadOnlySpan<double> x, ReadOnlySpan<double> deviation, int components, Span<double> coordinates)
        => coordinates[0] = 2 * Math.Sqrt(x[0]);
}
