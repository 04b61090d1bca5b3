using System.Globalization;
using Attractor.Numerics;

namespace Attractor.Probability;

/// <summary>The Poisson distribution of a count.</summary>
/// <param name="Rate">The mean and the variance.</param>
/// <remarks>The mass is computed by its saddle point (Loader 2000), which keeps its digits at large rates.</remarks>
/// <exception cref="ArgumentOutOfRangeException">The rate is not finite and above 0.</exception>
public readonly record struct Poisson(double Rate) : IDistribution<Poisson>, IDivergence<Poisson>
{
    private const double LogTwoPi = 1.8378770664093454836;

    // Where the expansions in 1 / rate reach double precision.
    private const double Large = 500;

    /// <inheritdoc/>
    public static IReadOnlyList<Parameter> Parameters { get; } = [new("rate", Domain.Positive)];

    /// <inheritdoc/>
    public static Poisson Create(ReadOnlySpan<double> parameters)
    {
        Require.Length(parameters, 1);
        return new(parameters[0]);
    }

    /// <inheritdoc/>
    public static Domain Support => Domain.Natural;

    /// <summary>The mean.</summary>
    public double Rate { get => Require.Made(field); } = Require.Positive(Rate);

    /// <inheritdoc/>
    public double Mean => Rate;

    /// <inheritdoc/>
    public double Variance => Rate;

    /// <summary>-E[log p(x)], nats: summed, or for rates from 500 by its expansion in 1 / rate.</summary>
    public double Entropy
    {
        get
        {
            double rate = Rate, r = 1 / rate;
            if (rate >= Large)
            {
                return (0.5 * (LogTwoPi + 1 + Math.Log(rate)))
                    - (r * ((1.0 / 12) + (r * ((1.0 / 24) + (r * ((19.0 / 360) + (r * ((9.0 / 80) + (r * (863.0 / 2520))))))))));
            }
            Poisson self = this;
            return CountSum.Of(rate, Math.Sqrt(rate), 0, k => CountSum.Surprise(self.LogDensity(k)));
        }
    }

    /// <inheritdoc/>
    public double LogDensity(double value)
    {
        if (double.IsNaN(value))
            return value;
        if (value < 0 || !double.IsInteger(value))
            return double.NegativeInfinity;
        return value == 0 ? -Rate : -Deviance.Of(value, Rate) - StirlingRemainder.Of(value) - (0.5 * (LogTwoPi + Math.Log(value)));
    }

    /// <inheritdoc/>
    public double LogDensityGradient(double value, Span<double> score)
    {
        Require.Length(score, 1);
        score[0] = (value - Rate) / Rate;
        return 0;
    }

    /// <inheritdoc/>
    public void EntropyGradient(Span<double> gradient)
    {
        Require.Length(gradient, 1);
        double rate = Rate, r = 1 / rate;
        Poisson self = this;
        // d entropy / d rate = E[log((k + 1) / rate)].
        gradient[0] = rate >= Large
            ? r * (0.5 + (r * ((1.0 / 12) + (r * ((1.0 / 12) + (r * ((19.0 / 120) + (r * ((9.0 / 20) + (r * (863.0 / 504)))))))))))
            : CountSum.Of(rate, Math.Sqrt(rate), 0, k => Math.Exp(self.LogDensity(k)) * Math.Log((k + 1) / rate));
    }

    /// <summary>A value drawn from the distribution: exactly, at every rate.</summary>
    public double Sample(RandomStream random) => PoissonSampler.Next(random, Rate);

    /// <inheritdoc/>
    public double KullbackLeibler(Poisson other) => Deviance.Of(Rate, other.Rate);

    /// <inheritdoc/>
    public void KullbackLeiblerGradient(Poisson other, Span<double> gradient, Span<double> otherGradient)
    {
        Require.Length(gradient, 1);
        Require.Length(otherGradient, 1);
        gradient[0] = Math.Log(Rate / other.Rate);
        otherGradient[0] = (other.Rate - Rate) / other.Rate;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Poisson({Rate})");
}
