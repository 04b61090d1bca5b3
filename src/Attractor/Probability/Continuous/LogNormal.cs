using System.Globalization;
using Attractor.Numerics;

namespace Attractor.Probability;

/// <summary>The log-normal distribution: log x is normal.</summary>
/// <param name="LogMean">E[log x].</param>
/// <param name="LogStandardDeviation">The standard deviation of log x.</param>
/// <exception cref="ArgumentOutOfRangeException">A parameter is not finite, or the standard deviation is not above 0.</exception>
public readonly record struct LogNormal(double LogMean, double LogStandardDeviation) : IReparameterized<LogNormal>, IDivergence<LogNormal>
{
    /// <inheritdoc/>
    public static IReadOnlyList<Parameter> Parameters { get; } =
    [
        new("log mean", Domain.Real),
        new("log standard deviation", Domain.Positive)
    ];

    /// <inheritdoc/>
    public static LogNormal Create(ReadOnlySpan<double> parameters)
    {
        Require.Length(parameters, 2);
        return new(parameters[0], parameters[1]);
    }

    /// <inheritdoc/>
    public static Domain Support => Domain.Positive;

    /// <summary>E[log x].</summary>
    public double LogMean { get; } = Require.Real(LogMean);

    /// <summary>The standard deviation of log x.</summary>
    public double LogStandardDeviation { get => Require.Made(field); } = Require.Positive(LogStandardDeviation);

    /// <summary>The distribution of log x.</summary>
    public Normal Logarithm => new(LogMean, LogStandardDeviation);

    /// <inheritdoc/>
    public double Mean => Math.Exp(LogMean + (0.5 * Logarithm.Variance));

    /// <inheritdoc/>
    public double Variance
    {
        get
        {
            double logVariance = Logarithm.Variance;
            return Exponentials.Expm1(logVariance) * Math.Exp((2 * LogMean) + logVariance);
        }
    }

    /// <inheritdoc/>
    public double Entropy => LogMean + Logarithm.Entropy;

    /// <inheritdoc/>
    public double LogDensity(double value)
    {
        if (value <= 0 || double.IsPositiveInfinity(value))
            return double.NegativeInfinity;
        double log = Math.Log(value);
        return Logarithm.LogDensity(log) - log;
    }

    /// <inheritdoc/>
    public double LogDensityGradient(double value, Span<double> score)
        => (Logarithm.LogDensityGradient(Math.Log(value), score) - 1) / value;

    /// <inheritdoc/>
    public void EntropyGradient(Span<double> gradient)
    {
        Logarithm.EntropyGradient(gradient);
        gradient[0] = 1;
    }

    /// <inheritdoc/>
    public double Sample(RandomStream random) => Draw.Positive(Math.Exp(Logarithm.Sample(random)));

    /// <inheritdoc/>
    public void SampleGradient(double value, Span<double> gradient)
    {
        Require.Length(gradient, 2);
        gradient[0] = value;
        gradient[1] = value * (Math.Log(value) - LogMean) / LogStandardDeviation;
    }

    /// <inheritdoc/>
    public double KullbackLeibler(LogNormal other) => Logarithm.KullbackLeibler(other.Logarithm);

    /// <inheritdoc/>
    public void KullbackLeiblerGradient(LogNormal other, Span<double> gradient, Span<double> otherGradient)
        => Logarithm.KullbackLeiblerGradient(other.Logarithm, gradient, otherGradient);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"LogNormal({LogMean}, {LogStandardDeviation})");
}
