using System.Globalization;
using Attractor.Numerics;

namespace Attractor.Probability;

/// <summary>The exponential distribution, of numbers from 0.</summary>
/// <param name="Rate">1 / E[x].</param>
/// <exception cref="ArgumentOutOfRangeException">The rate is not finite and above 0.</exception>
public readonly record struct Exponential(double Rate) : IReparameterized<Exponential>, IDivergence<Exponential>
{
    /// <inheritdoc/>
    public static IReadOnlyList<Parameter> Parameters { get; } = [new("rate", Domain.Positive)];

    /// <inheritdoc/>
    public static Exponential Create(ReadOnlySpan<double> parameters)
    {
        Require.Length(parameters, 1);
        return new(parameters[0]);
    }

    /// <inheritdoc/>
    public static Domain Support => Domain.Positive;

    /// <summary>1 / E[x].</summary>
    public double Rate { get => Require.Made(field); } = Require.Positive(Rate);

    /// <inheritdoc/>
    public double Mean => 1 / Rate;

    /// <inheritdoc/>
    public double Variance => 1 / Rate / Rate;

    /// <inheritdoc/>
    public double Entropy => 1 - Math.Log(Rate);

    /// <summary>log p(x); at 0 it is log rate, below 0 minus infinity.</summary>
    public double LogDensity(double value) => value < 0 ? double.NegativeInfinity : Math.Log(Rate) - (Rate * value);

    /// <inheritdoc/>
    public double LogDensityGradient(double value, Span<double> score)
    {
        Require.Length(score, 1);
        score[0] = (1 / Rate) - value;
        return -Rate;
    }

    /// <inheritdoc/>
    public void EntropyGradient(Span<double> gradient)
    {
        Require.Length(gradient, 1);
        gradient[0] = -1 / Rate;
    }

    /// <inheritdoc/>
    public double Sample(RandomStream random) => Draw.Positive(Draw.Exponential(random) / Rate);

    /// <inheritdoc/>
    public void SampleGradient(double value, Span<double> gradient)
    {
        Require.Length(gradient, 1);
        gradient[0] = -value / Rate;
    }

    /// <inheritdoc/>
    public double KullbackLeibler(Exponential other) => Deviance.Of(Rate, other.Rate) / Rate;

    /// <inheritdoc/>
    public void KullbackLeiblerGradient(Exponential other, Span<double> gradient, Span<double> otherGradient)
    {
        Require.Length(gradient, 1);
        Require.Length(otherGradient, 1);
        gradient[0] = (Rate - other.Rate) / Rate / Rate;
        otherGradient[0] = (other.Rate - Rate) / Rate / other.Rate;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Exponential({Rate})");
}
