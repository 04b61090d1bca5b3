using System.Globalization;
using Attractor.Numerics;

namespace Attractor.Probability;

/// <summary>The Gumbel distribution of largest values: P(x at most t) = exp(-e^(-(t - location) / scale)).</summary>
/// <param name="Location">The mode.</param>
/// <param name="Scale">Above 0.</param>
/// <exception cref="ArgumentOutOfRangeException">A parameter is not finite, or the scale is not above 0.</exception>
public readonly record struct Gumbel(double Location, double Scale) : IReparameterized<Gumbel>, IDivergence<Gumbel>
{
    private const double Euler = 0.57721566490153286061;

    /// <inheritdoc/>
    public static IReadOnlyList<Parameter> Parameters { get; } = [new("location", Domain.Real), new("scale", Domain.Positive)];

    /// <inheritdoc/>
    public static Gumbel Create(ReadOnlySpan<double> parameters)
    {
        Require.Length(parameters, 2);
        return new(parameters[0], parameters[1]);
    }

    /// <inheritdoc/>
    public static Domain Support => Domain.Real;

    /// <summary>The mode.</summary>
    public double Location { get; } = Require.Real(Location);

    /// <summary>The scale.</summary>
    public double Scale { get => Require.Made(field); } = Require.Positive(Scale);

    /// <inheritdoc/>
    public double Mean => Location + (Euler * Scale);

    /// <inheritdoc/>
    public double Variance => Math.PI * Math.PI / 6 * Scale * Scale;

    /// <inheritdoc/>
    public double Entropy => 1 + Euler + Math.Log(Scale);

    /// <inheritdoc/>
    public double LogDensity(double value)
    {
        if (double.IsInfinity(value))
            return double.NegativeInfinity;
        double z = (value - Location) / Scale;
        return -(z + Math.Exp(-z)) - Math.Log(Scale);
    }

    /// <inheritdoc/>
    public double LogDensityGradient(double value, Span<double> score)
    {
        Require.Length(score, 2);
        double z = (value - Location) / Scale, slope = Exponentials.Expm1(-z) / Scale;
        score[0] = -slope;
        score[1] = (-z * slope) - (1 / Scale);
        return slope;
    }

    /// <inheritdoc/>
    public void EntropyGradient(Span<double> gradient)
    {
        Require.Length(gradient, 2);
        gradient[0] = 0;
        gradient[1] = 1 / Scale;
    }

    /// <inheritdoc/>
    public double Sample(RandomStream random) => Draw.Finite(Location - (Scale * Math.Log(Draw.Exponential(random))));

    /// <inheritdoc/>
    public void SampleGradient(double value, Span<double> gradient)
    {
        Require.Length(gradient, 2);
        gradient[0] = 1;
        gradient[1] = (value - Location) / Scale;
    }

    /// <inheritdoc/>
    public double KullbackLeibler(Gumbel other)
    {
        double shift = (Location - other.Location) / other.Scale, ratio = Scale / other.Scale;
        return shift + (Euler * (ratio - 1)) - Math.Log(ratio) + Exponentials.Expm1(LogGamma.Of(1 + ratio) - shift);
    }

    /// <inheritdoc/>
    public void KullbackLeiblerGradient(Gumbel other, Span<double> gradient, Span<double> otherGradient)
    {
        Require.Length(gradient, 2);
        Require.Length(otherGradient, 2);
        double shift = (Location - other.Location) / other.Scale, ratio = Scale / other.Scale, log = LogGamma.Of(1 + ratio) - shift;
        double byShift = -Exponentials.Expm1(log), byRatio = Euler - (1 / ratio) + (Digamma.Of(1 + ratio) * Math.Exp(log));
        gradient[0] = byShift / other.Scale;
        gradient[1] = byRatio / other.Scale;
        otherGradient[0] = -byShift / other.Scale;
        otherGradient[1] = -((ratio * byRatio) + (shift * byShift)) / other.Scale;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Gumbel({Location}, {Scale})");
}
