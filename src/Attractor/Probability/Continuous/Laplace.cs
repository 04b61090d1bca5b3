using System.Globalization;
using Attractor.Numerics;

namespace Attractor.Probability;

/// <summary>The Laplace distribution, with density e^(-|x - location| / scale) / (2 scale).</summary>
/// <param name="Location">The mean and the median.</param>
/// <param name="Scale">E|x - location|.</param>
/// <exception cref="ArgumentOutOfRangeException">A parameter is not finite, or the scale is not above 0.</exception>
public readonly record struct Laplace(double Location, double Scale) : IReparameterized<Laplace>, IDivergence<Laplace>
{
    /// <inheritdoc/>
    public static IReadOnlyList<Parameter> Parameters { get; } = [new("location", Domain.Real), new("scale", Domain.Positive)];

    /// <inheritdoc/>
    public static Laplace Create(ReadOnlySpan<double> parameters)
    {
        Require.Length(parameters, 2);
        return new(parameters[0], parameters[1]);
    }

    /// <inheritdoc/>
    public static Domain Support => Domain.Real;

    /// <summary>The mean and the median.</summary>
    public double Location { get; } = Require.Real(Location);

    /// <summary>E|x - location|.</summary>
    public double Scale { get => Require.Made(field); } = Require.Positive(Scale);

    /// <inheritdoc/>
    public double Mean => Location;

    /// <inheritdoc/>
    public double Variance => 2 * Scale * Scale;

    /// <inheritdoc/>
    public double Entropy => 1 + Math.Log(2) + Math.Log(Scale);

    /// <inheritdoc/>
    public double LogDensity(double value) => -(Math.Abs(value - Location) / Scale) - (Math.Log(2) + Math.Log(Scale));

    /// <summary>The gradient of log p(x); at x = location, where there is a kink, 0 in x and in the location.</summary>
    public double LogDensityGradient(double value, Span<double> score)
    {
        Require.Length(score, 2);
        double z = (value - Location) / Scale, slope = z > 0 ? 1 / Scale : z < 0 ? -1 / Scale : z;
        score[0] = slope;
        score[1] = (Math.Abs(z) - 1) / Scale;
        return -slope;
    }

    /// <inheritdoc/>
    public void EntropyGradient(Span<double> gradient)
    {
        Require.Length(gradient, 2);
        gradient[0] = 0;
        gradient[1] = 1 / Scale;
    }

    /// <inheritdoc/>
    public double Sample(RandomStream random)
    {
        ulong bits = random.NextUInt64();
        double magnitude = -Exponentials.Log1p(-Draw.Centre(bits));
        // The lowest bit is not among those that made the magnitude.
        return Draw.Finite(Location + (Scale * ((bits & 1) == 0 ? magnitude : -magnitude)));
    }

    /// <inheritdoc/>
    public void SampleGradient(double value, Span<double> gradient)
    {
        Require.Length(gradient, 2);
        gradient[0] = 1;
        gradient[1] = (value - Location) / Scale;
    }

    /// <inheritdoc/>
    public double KullbackLeibler(Laplace other)
    {
        double distance = Math.Abs(Location - other.Location) / Scale, ratio = Scale / other.Scale;
        return (Deviance.Of(other.Scale, Scale) / other.Scale) + (ratio * Exponentials.ExponentialRemainder(-distance));
    }

    /// <inheritdoc/>
    public void KullbackLeiblerGradient(Laplace other, Span<double> gradient, Span<double> otherGradient)
    {
        Require.Length(gradient, 2);
        Require.Length(otherGradient, 2);
        double distance = Math.Abs(Location - other.Location) / Scale, ratio = Scale / other.Scale, near = Math.Exp(-distance);
        double slope = -Math.Sign(Location - other.Location) * Exponentials.Expm1(-distance) / other.Scale;
        gradient[0] = slope;
        gradient[1] = ((near * (1 + distance)) / other.Scale) - (1 / Scale);
        otherGradient[0] = -slope;
        otherGradient[1] = (1 - (ratio * (distance + near))) / other.Scale;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Laplace({Location}, {Scale})");
}
