using System.Globalization;
using Attractor.Numerics;

namespace Attractor.Probability;

/// <summary>The beta distribution of a proportion, with density x^(a - 1) (1 - x)^(b - 1) / B(a, b).</summary>
/// <param name="A">The exponent of x plus 1, the literature's alpha; above 0.</param>
/// <param name="B">The exponent of 1 - x plus 1, the literature's beta; above 0.</param>
/// <remarks>Draws nearer to 0 or 1 than any double between are the last double before.</remarks>
/// <exception cref="ArgumentOutOfRangeException">A parameter is not finite and above 0.</exception>
public readonly record struct Beta(double A, double B) : IReparameterized<Beta>, IDivergence<Beta>
{
    /// <inheritdoc/>
    public static IReadOnlyList<Parameter> Parameters { get; } = [new("a", Domain.Positive), new("b", Domain.Positive)];

    /// <inheritdoc/>
    public static Beta Create(ReadOnlySpan<double> parameters)
    {
        Require.Length(parameters, 2);
        return new(parameters[0], parameters[1]);
    }

    /// <inheritdoc/>
    public static Domain Support => Domain.Interval;

    /// <summary>The exponent of x plus 1.</summary>
    public double A { get => Require.Made(field); } = Require.Positive(A);

    /// <summary>The exponent of 1 - x plus 1.</summary>
    public double B { get => Require.Made(field); } = Require.Positive(B);

    /// <inheritdoc/>
    public double Mean => A / (A + B);

    /// <inheritdoc/>
    public double Variance => A / (A + B) * (B / (A + B)) / (A + B + 1);

    /// <inheritdoc/>
    public double Entropy => DirichletForms.Entropy([A, B], A + B);

    /// <summary>log p(x); at 0 and 1 its limits.</summary>
    public double LogDensity(double value)
        => double.IsNaN(value) ? value
            : value is < 0 or > 1 ? double.NegativeInfinity
            : DirichletForms.LogDensity([A, B], A + B, [value, 1 - value], 0);

    /// <inheritdoc/>
    public double LogDensityGradient(double value, Span<double> score)
    {
        Require.Length(score, 2);
        score[0] = Math.Log(value) + Digamma.Difference(A, B);
        score[1] = Exponentials.Log1p(-value) + Digamma.Difference(B, A);
        return ((A - 1) / value) - ((B - 1) / (1 - value));
    }

    /// <inheritdoc/>
    public void EntropyGradient(Span<double> gradient)
    {
        Require.Length(gradient, 2);
        DirichletForms.EntropyGradient([A, B], A + B, gradient);
    }

    /// <inheritdoc/>
    public double Sample(RandomStream random)
    {
        double log = GammaSampler.NextLog(random, A), otherLog = GammaSampler.NextLog(random, B);
        return Draw.Proportion(Logistic.Sigmoid(log - otherLog));
    }

    /// <inheritdoc/>
    public void SampleGradient(double value, Span<double> gradient)
    {
        Require.Length(gradient, 2);
        (gradient[0], gradient[1]) = BetaSample.Gradient(A, B, value);
    }

    /// <inheritdoc/>
    public double KullbackLeibler(Beta other) => DirichletForms.KullbackLeibler([A, B], A + B, [other.A, other.B], other.A + other.B);

    /// <inheritdoc/>
    public void KullbackLeiblerGradient(Beta other, Span<double> gradient, Span<double> otherGradient)
    {
        Require.Length(gradient, 2);
        Require.Length(otherGradient, 2);
        DirichletForms.KullbackLeiblerGradient([A, B], A + B, [other.A, other.B], other.A + other.B, gradient, otherGradient);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Beta({A}, {B})");
}
