using System.Globalization;
using Attractor.Numerics;

namespace Attractor.Probability;

/// <summary>The Bernoulli distribution of 0 or 1, by the logit of the probability of 1.</summary>
/// <param name="Logit">log(p / (1 - p)); its default 0 is p = 1/2.</param>
/// <exception cref="ArgumentOutOfRangeException">The logit is not finite.</exception>
public readonly record struct Bernoulli(double Logit) : IDistribution<Bernoulli>, IDivergence<Bernoulli>
{
    /// <inheritdoc/>
    public static IReadOnlyList<Parameter> Parameters { get; } = [new("logit", Domain.Real)];

    /// <inheritdoc/>
    public static Bernoulli Create(ReadOnlySpan<double> parameters)
    {
        Require.Length(parameters, 1);
        return new(parameters[0]);
    }

    /// <inheritdoc/>
    public static Domain Support => Domain.Binary;

    /// <summary>log(p / (1 - p)).</summary>
    public double Logit { get; } = Require.Real(Logit);

    /// <summary>The probability of 1.</summary>
    public double Mean => Logistic.Sigmoid(Logit);

    /// <inheritdoc/>
    public double Variance => Logistic.Sigmoid(Logit) * Logistic.Sigmoid(-Logit);

    /// <inheritdoc/>
    public double Entropy => (Logistic.Sigmoid(Logit) * Logistic.Softplus(-Logit)) + (Logistic.Sigmoid(-Logit) * Logistic.Softplus(Logit));

    /// <summary>log p(x); minus infinity of everything but 0 and 1, NaN of NaN.</summary>
    public double LogDensity(double value) => value switch
    {
        1 => -Logistic.Softplus(-Logit),
        0 => -Logistic.Softplus(Logit),
        double.NaN => value,
        _ => double.NegativeInfinity,
    };

    /// <inheritdoc/>
    public double LogDensityGradient(double value, Span<double> score)
    {
        Require.Length(score, 1);
        score[0] = value == 1 ? Logistic.Sigmoid(-Logit) : -Logistic.Sigmoid(Logit);
        return 0;
    }

    /// <inheritdoc/>
    public void EntropyGradient(Span<double> gradient)
    {
        Require.Length(gradient, 1);
        gradient[0] = -Logit * Variance;
    }

    /// <inheritdoc/>
    public double Sample(RandomStream random) => Draw.Open(random) < Mean ? 1 : 0;

    /// <inheritdoc/>
    public double KullbackLeibler(Bernoulli other)
    {
        // Named so that the likelier value of this one is 0: its probability of 1 then keeps its digits.
        (double a, double b) = Logit > 0 ? (-Logit, -other.Logit) : (Logit, other.Logit);
        double p = Logistic.Sigmoid(a), step = b - a;
        return Math.Abs(step) > 1
            ? (p * (Logistic.Softplus(-b) - Logistic.Softplus(-a))) + (Logistic.Sigmoid(-a) * (Logistic.Softplus(b) - Logistic.Softplus(a)))
            : Exponentials.Log1p(p * Exponentials.Expm1(step)) - (step * p);
    }

    /// <inheritdoc/>
    public void KullbackLeiblerGradient(Bernoulli other, Span<double> gradient, Span<double> otherGradient)
    {
        Require.Length(gradient, 1);
        Require.Length(otherGradient, 1);
        gradient[0] = (Logit - other.Logit) * Variance;
        otherGradient[0] = Logit > 0
            ? Logistic.Sigmoid(-Logit) - Logistic.Sigmoid(-other.Logit)
            : Logistic.Sigmoid(other.Logit) - Logistic.Sigmoid(Logit);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Bernoulli({Logit})");
}
