using System.Globalization;
using Attractor.Numerics;

namespace Attractor.Probability;

/// <summary>The gamma distribution, with density rate^shape x^(shape - 1) e^(-rate x) / Gamma(shape).</summary>
/// <param name="Shape">Above 0.</param>
/// <param name="Rate">Above 0: the inverse of the scale.</param>
/// <remarks>
/// A draw with a shape far below 1 can be smaller than any double: <see cref="Sample"/> then gives the least positive double,
/// <see cref="SampleLog"/> the logarithm of the draw itself.
/// </remarks>
/// <exception cref="ArgumentOutOfRangeException">A parameter is not finite and above 0.</exception>
public readonly record struct Gamma(double Shape, double Rate) : IReparameterized<Gamma>, IDivergence<Gamma>
{
    /// <inheritdoc/>
    public static IReadOnlyList<Parameter> Parameters { get; } = [new("shape", Domain.Positive), new("rate", Domain.Positive)];

    /// <inheritdoc/>
    public static Gamma Create(ReadOnlySpan<double> parameters)
    {
        Require.Length(parameters, 2);
        return new(parameters[0], parameters[1]);
    }

    /// <inheritdoc/>
    public static Domain Support => Domain.Positive;

    /// <summary>The shape.</summary>
    public double Shape { get => Require.Made(field); } = Require.Positive(Shape);

    /// <summary>The rate.</summary>
    public double Rate { get => Require.Made(field); } = Require.Positive(Rate);

    /// <inheritdoc/>
    public double Mean => Shape / Rate;

    /// <inheritdoc/>
    public double Variance => Shape / Rate / Rate;

    /// <inheritdoc/>
    public double Entropy => Normal.HalfLogTwoPi + (0.5 * Math.Log(Shape)) - Math.Log(Rate)
        + StirlingRemainder.Of(Shape) + ((Shape - 1) * ((0.5 / Shape) - StirlingRemainder.First(Shape)));

    /// <summary>log p(x); at 0 its limit.</summary>
    public double LogDensity(double value)
    {
        if (value < 0 || double.IsPositiveInfinity(value))
            return double.NegativeInfinity;
        if (value == 0)
            return Shape == 1 ? Math.Log(Rate) : Shape < 1 ? double.PositiveInfinity : double.NegativeInfinity;
        return (0.5 * Math.Log(Shape)) - Normal.HalfLogTwoPi - Math.Log(value)
            - Deviance.Of(Shape, Rate, value) - StirlingRemainder.Of(Shape);
    }

    /// <inheritdoc/>
    public double LogDensityGradient(double value, Span<double> score)
    {
        Require.Length(score, 2);
        score[0] = Math.Log(Rate) + Math.Log(value) - Digamma.Of(Shape);
        score[1] = (Shape - (Rate * value)) / Rate;
        return ((Shape - 1) / value) - Rate;
    }

    /// <inheritdoc/>
    public void EntropyGradient(Span<double> gradient)
    {
        Require.Length(gradient, 2);
        // 1 + (1 - shape) psi'(shape), with what cancels at large shapes cancelled.
        gradient[0] = (1 / Shape) - ((Shape - 1) * ((0.5 / Shape / Shape) + StirlingRemainder.Second(Shape)));
        gradient[1] = -1 / Rate;
    }

    /// <inheritdoc/>
    public double Sample(RandomStream random)
        => Draw.Positive(Shape >= 1 ? GammaSampler.Next(random, Shape) / Rate : Math.Exp(SampleLog(random)));

    /// <summary>The logarithm of a value drawn from the distribution, finite at every shape.</summary>
    public double SampleLog(RandomStream random) => GammaSampler.NextLog(random, Shape) - Math.Log(Rate);

    /// <inheritdoc/>
    public void SampleGradient(double value, Span<double> gradient)
    {
        Require.Length(gradient, 2);
        gradient[0] = GammaSample.Gradient(Shape, Rate * value) / Rate;
        gradient[1] = -value / Rate;
    }

    /// <inheritdoc/>
    public double KullbackLeibler(Gamma other)
        => Deviance.Of(other.Shape, Shape * (other.Rate / Rate)) + StirlingRemainder.Divergence(other.Shape, Shape);

    /// <inheritdoc/>
    public void KullbackLeiblerGradient(Gamma other, Span<double> gradient, Span<double> otherGradient)
    {
        Require.Length(gradient, 2);
        Require.Length(otherGradient, 2);
        gradient[0] = ((Shape - other.Shape) * Trigamma.Of(Shape)) + ((other.Rate - Rate) / Rate);
        gradient[1] = (other.Shape - (Shape * (other.Rate / Rate))) / Rate;
        otherGradient[0] = Math.Log(Rate / other.Rate) + Digamma.Difference(Shape, other.Shape - Shape);
        otherGradient[1] = (Shape / Rate) - (other.Shape / other.Rate);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Gamma({Shape}, {Rate})");
}
