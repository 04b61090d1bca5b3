using Attractor.Data;

namespace Attractor.Models;

/// <summary>A value of 0 or 1 ~ Bernoulli(theta_k) with theta_k ~ Beta(a, b).</summary>
public sealed class BernoulliBlock : SingleColumnBlock
{
    /// <summary>What files and commands call it.</summary>
    public const string KindName = "bernoulli";

    /// <summary>A value of 0 or 1.</summary>
    /// <param name="column">The column.</param>
    /// <param name="ones">a of the beta prior: how many ones it counts for.</param>
    /// <param name="zeros">b of the beta prior: how many zeros.</param>
    /// <exception cref="ArgumentException">A number is not above 0.</exception>
    public BernoulliBlock(string column, double ones = 1, double zeros = 1)
        : base(column)
        => (Ones, Zeros) = (Positive(ones, nameof(ones)), Positive(zeros, nameof(zeros)));

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <summary>a.</summary>
    public double Ones { get; }

    /// <summary>b.</summary>
    public double Zeros { get; }

    internal static BlockKind Registration { get; } = new(KindName, r => new BernoulliBlock(r.Column, r.Number("ones"), r.Number("zeros")));

    /// <inheritdoc/>
    public override IReadOnlyList<BlockValue> Hyperparameters => [BlockValue.Of("ones", Ones), BlockValue.Of("zeros", Zeros)];

    /// <inheritdoc/>
    public override IReadOnlyList<ColumnRequest> Requests => [new(Column, ColumnKind.Binary)];

    /// <inheritdoc/>
    public override string Symbol => "b";

    /// <inheritdoc/>
    public override string Family => "Bernoulli";

    /// <inheritdoc/>
    public override IReadOnlyList<MixtureParameter> Parameters
        => [new("theta_k", "probability of a 1 in component k, beta", [("a_0", "ones"), ("b_0", "zeros")])];

    /// <inheritdoc/>
    public override BlockPosterior Prior(int components) => new BernoulliPosterior(this, components);

    /// <inheritdoc/>
    public override double LogBase(ReadOnlySpan<double> x) => 0;

    /// <inheritdoc/>
    public override string? Fault(double value) => value is 0 or 1 ? null : "is neither 0 nor 1";

    /// <inheritdoc/>
    public override void Place(ReadOnlySpan<double> x, ReadOnlySpan<double> deviation, int components, Span<double> coordinates)
        => coordinates[0] = 2 * x[0];
}
