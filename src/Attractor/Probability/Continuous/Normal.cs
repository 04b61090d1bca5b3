using System.Globalization;
using Attractor.Numerics;

namespace Attractor.Probability;

/// <summary>The normal (Gaussian) distribution.</summary>
/// <param name="Mean">E[x].</param>
/// <param name="StandardDeviation">The square root of the variance: a scale, not the variance and not its logarithm.</param>
/// <exception cref="ArgumentOutOfRangeException">A parameter is not finite, or the standard deviation is not above 0.</exception>
public readonly record struct Normal(double Mean, double StandardDeviation) : IReparameterized<Normal>, IDivergence<Normal>
{
    internal const double HalfLogTwoPi = 0.91893853320467274178;

    /// <inheritdoc/>
    public static IReadOnlyList<Parameter> Parameters { get; } = [new("mean", Domain.Real), new("standard deviation", Domain.Positive)];

    /// <inheritdoc/>
    public static Normal Create(ReadOnlySpan<double> parameters)
    {
        Require.Length(parameters, 2);
        return new(parameters[0], parameters[1]);
    }

    /// <inheritdoc/>
    public static Domain Support => Domain.Real;

    /// <summary>E[x].</summary>
    public double Mean { get; } = Require.Real(Mean);

    /// <summary>The square root of the variance.</summary>
    public double StandardDeviation { get => Require.Made(field); } = Require.Positive(StandardDeviation);

    /// <inheritdoc/>
    public double Variance => StandardDeviation * StandardDeviation;

    /// <inheritdoc/>
    public double Entropy => 0.5 + HalfLogTwoPi + Math.Log(StandardDeviation);

    /// <inheritdoc/>
    public double LogDensity(double value)
    {
        double z = (value - Mean) / StandardDeviation;
        return (-0.5 * z * z) - (HalfLogTwoPi + Math.Log(StandardDeviation));
    }

    /// <inheritdoc/>
    public double LogDensityGradient(double value, Span<double> score)
    {
        Require.Length(score, 2);
        double z = (value - Mean) / StandardDeviation;
        score[0] = z / StandardDeviation;
        score[1] = (z - 1) * (z + 1) / StandardDeviation;
        return -z / StandardDeviation;
    }

    /// <inheritdoc/>
    public void EntropyGradient(Span<double> gradient)
    {
        Require.Length(gradient, 2);
        gradient[0] = 0;
        gradient[1] = 1 / StandardDeviation;
    }

    /// <inheritdoc/>
    public double Sample(RandomStream random) => Draw.Finite(Mean + (StandardDeviation * random.NextNormal()));

    /// <inheritdoc/>
    public void SampleGradient(double value, Span<double> gradient)
    {
        Require.Length(gradient, 2);
        gradient[0] = 1;
        gradient[1] = (value - Mean) / StandardDeviation;
    }

    /// <inheritdoc/>
    public double KullbackLeibler(Normal other)
    {
        double shift = (Mean - other.Mean) / other.StandardDeviation;
        return (0.5 * shift * shift) + OfScales(StandardDeviation, other.StandardDeviation);
    }

    /// <inheritdoc/>
    public void KullbackLeiblerGradient(Normal other, Span<double> gradient, Span<double> otherGradient)
    {
        Require.Length(gradient, 2);
        Require.Length(otherGradient, 2);
        double scale = other.StandardDeviation, shift = (Mean - other.Mean) / scale, ratio = StandardDeviation / scale;
        gradient[0] = shift / scale;
        gradient[1] = (ratio / scale) - (1 / StandardDeviation);
        otherGradient[0] = -shift / scale;
        otherGradient[1] = (1 - (shift * shift) - (ratio * ratio)) / scale;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Normal({Mean}, {StandardDeviation})");

    /// <summary>
    /// The divergence of two normal distributions with the same mean: (r^2 - 1) / 2 - log r of the ratio r of their standard deviations.
    /// </summary>
    internal static double OfScales(double scale, double otherScale)
    {
        double excess = (scale - otherScale) / otherScale;
        return (0.5 * excess * excess) + (Deviance.Of(otherScale, scale) / otherScale);
    }
}
