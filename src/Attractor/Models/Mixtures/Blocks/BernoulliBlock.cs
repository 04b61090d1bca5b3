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

    internal override (int OfEach, int Shared) PosteriorSize => (2, 0);

    internal override BlockPosterior Prior(int components) => new BernoulliPosterior(this, components);

    internal override double LogBase(ReadOnlySpan<double> x) => 0;

    internal override string? Fault(double value) => value is 0 or 1 ? null : "is neither 0 nor 1";

    internal override void Place(ReadOnlySpan<double> x, ReadOnlySpan<double> deviation, int components, Span<double> coordinates) => coordinates[0] = 2 * x[0];
}
