using System.Globalization;
using Attractor.Numerics;

namespace Attractor.Probability;

/// <summary>The uniform distribution between two bounds, which are inside.</summary>
/// <param name="Low">The lower bound.</param>
/// <param name="High">The upper bound.</param>
/// <remarks>The support moves with the parameters, so that the expected score is not 0 and score-function gradients do not hold.</remarks>
/// <exception cref="ArgumentOutOfRangeException">A bound is not finite, or their difference is not finite and above 0.</exception>
public readonly record struct Uniform(double Low, double High) : IReparameterized<Uniform>, IDivergence<Uniform>
{
    /// <inheritdoc/>
    public static IReadOnlyList<Parameter> Parameters { get; } = [new("low", Domain.Real), new("high", Domain.Real)];

    /// <inheritdoc/>
    public static Uniform Create(ReadOnlySpan<double> parameters)
    {
        Require.Length(parameters, 2);
        return new(parameters[0], parameters[1]);
    }

    /// <inheritdoc/>
    public static Domain Support => Domain.Interval;

    /// <summary>The lower bound.</summary>
    public double Low { get; } = Require.Real(Low);

    /// <summary>The upper bound.</summary>
    public double High { get; } = Require.Real(High);

    private double Width { get => Require.Made(field); } = Require.Positive(High - Low);

    /// <inheritdoc/>
    public double Mean => Low + (0.5 * Width);

    /// <inheritdoc/>
    public double Variance => Width * Width / 12;

    /// <inheritdoc/>
    public double Entropy => Math.Log(Width);

    /// <inheritdoc/>
    public double LogDensity(double value)
    {
        double log = -Math.Log(Width);
        return double.IsNaN(value) ? value : value >= Low && value <= High ? log : double.NegativeInfinity;
    }

    /// <inheritdoc/>
    public double LogDensityGradient(double value, Span<double> score)
    {
        Require.Length(score, 2);
        score[0] = 1 / Width;
        score[1] = -1 / Width;
        return 0;
    }

    /// <inheritdoc/>
    public void EntropyGradient(Span<double> gradient)
    {
        Require.Length(gradient, 2);
        gradient[0] = -1 / Width;
        gradient[1] = 1 / Width;
    }

    /// <inheritdoc/>
    public double Sample(RandomStream random) => Math.Min(Low + (Width * Draw.Open(random)), High);

    /// <inheritdoc/>
    public void SampleGradient(double value, Span<double> gradient)
    {
        Require.Length(gradient, 2);
        gradient[0] = (High - value) / Width;
        gradient[1] = (value - Low) / Width;
    }

    /// <inheritdoc/>
    public double KullbackLeibler(Uniform other) => Within(other) ? Math.Log(other.Width / Width) : double.PositiveInfinity;

    /// <summary>The gradient of the divergence; NaN where that is infinite.</summary>
    /// <inheritdoc/>
    public void KullbackLeiblerGradient(Uniform other, Span<double> gradient, Span<double> otherGradient)
    {
        Require.Length(gradient, 2);
        Require.Length(otherGradient, 2);
        (double slope, double otherSlope) = Within(other) ? (1 / Width, 1 / other.Width) : (double.NaN, double.NaN);
        gradient[0] = slope;
        gradient[1] = -slope;
        otherGradient[0] = -otherSlope;
        otherGradient[1] = otherSlope;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Uniform({Low}, {High})");

    private bool Within(Uniform other) => other.Low <= Low && High <= other.High;
}
