using System.Globalization;
using Attractor.Numerics;

namespace Attractor.Probability;

/// <summary>The negative binomial distribution of a count, with mass Gamma(k + r) / (k! Gamma(r)) (1 - p)^r p^k.</summary>
/// <param name="Count">r, above 0, not only whole numbers: the smaller, the more the counts vary beyond Poisson's.</param>
/// <param name="Logit">log(p / (1 - p)) of the success probability p; the mean is r e^logit.</param>
/// <remarks>A Poisson count whose rate is gamma distributed with shape r and rate e^-logit.</remarks>
/// <exception cref="ArgumentOutOfRangeException">A parameter is not finite, or the count is not above 0.</exception>
public readonly record struct NegativeBinomial(double Count, double Logit) : IDistribution<NegativeBinomial>, IDivergence<NegativeBinomial>
{
    private const double LogTwoPi = 1.8378770664093454836;

    /// <inheritdoc/>
    public static IReadOnlyList<Parameter> Parameters { get; } = [new("count", Domain.Positive), new("logit", Domain.Real)];

    /// <inheritdoc/>
    public static NegativeBinomial Create(ReadOnlySpan<double> parameters)
    {
        Require.Length(parameters, 2);
        return new(parameters[0], parameters[1]);
    }

    /// <inheritdoc/>
    public static Domain Support => Domain.Natural;

    /// <summary>r.</summary>
    public double Count { get => Require.Made(field); } = Require.Positive(Count);

    /// <summary>log(p / (1 - p)).</summary>
    public double Logit { get; } = Require.Real(Logit);

    /// <summary>r e^logit.</summary>
    public double Mean => Count * Math.Exp(Logit);

    /// <inheritdoc/>
    public double Variance => Mean * (1 + Math.Exp(Logit));

    /// <summary>
    /// -E[log p(x)], nats: summed, by an integral where the counts spread over thousands. Needs a logit below about 700, so that the counts
    /// are below the largest double.
    /// </summary>
    public double Entropy
    {
        get
        {
            NegativeBinomial self = this;
            return Sum(k => CountSum.Surprise(self.LogMass(k)));
        }
    }

    /// <inheritdoc/>
    public double LogDensity(double value)
    {
        if (double.IsNaN(value))
            return value;
        return value < 0 || !double.IsInteger(value) ? double.NegativeInfinity : LogMass(value);
    }

    /// <inheritdoc/>
    public double LogDensityGradient(double value, Span<double> score)
    {
        Require.Length(score, 2);
        score[0] = CountScore(value);
        score[1] = (value * Logistic.Sigmoid(-Logit)) - (Count * Logistic.Sigmoid(Logit));
        return 0;
    }

    /// <inheritdoc/>
    public void EntropyGradient(Span<double> gradient)
    {
        Require.Length(gradient, 2);
        NegativeBinomial self = this;
        double failure = Logistic.Sigmoid(-Logit), success = Count * Logistic.Sigmoid(Logit);
        // The score has mean 0: less the entropy, the surprise that multiplies it is small however large the counts are.
        double entropy = Entropy;
        gradient[0] = Sum(k => self.Excess(k, entropy) * self.CountScore(k));
        gradient[1] = Sum(k => self.Excess(k, entropy) * ((k * failure) - success));
    }

    /// <inheritdoc/>
    public double Sample(RandomStream random)
    {
        double rate = Math.Exp(GammaSampler.NextLog(random, Count) + Logit);
        return PoissonSampler.Next(random, Math.Min(rate, double.MaxValue));
    }

    /// <summary>KL(this || other), nats: in closed form for the same count, else summed as the entropy is.</summary>
    public double KullbackLeibler(NegativeBinomial other)
    {
        if (other.Count != Count)
        {
            NegativeBinomial self = this;
            return Math.Max(0, Sum(k => self.Weigh(k, self.LogMass(k) - other.LogMass(k))));
        }
        return Count * (1 + Math.Exp(Logit)) * new Bernoulli(Logit).KullbackLeibler(new(other.Logit));
    }

    /// <inheritdoc/>
    public void KullbackLeiblerGradient(NegativeBinomial other, Span<double> gradient, Span<double> otherGradient)
    {
        Require.Length(gradient, 2);
        Require.Length(otherGradient, 2);
        double odds = Math.Exp(Logit);
        if (other.Count != Count)
        {
            // The score has mean 0: less the divergence, what multiplies it is small.
            NegativeBinomial self = this;
            double divergence = KullbackLeibler(other), failure = Logistic.Sigmoid(-Logit), success = Count * Logistic.Sigmoid(Logit);
            gradient[0] = Sum(k => self.Weigh(k, (self.LogMass(k) - other.LogMass(k) - divergence) * self.CountScore(k)));
            gradient[1] = Sum(k => self.Weigh(k, (self.LogMass(k) - other.LogMass(k) - divergence) * ((k * failure) - success)));
            otherGradient[0] = -Sum(k => self.Weigh(k, other.CountScore(k)));
            otherGradient[1] = (other.Count * Logistic.Sigmoid(other.Logit)) - (Mean * Logistic.Sigmoid(-other.Logit));
            return;
        }
        gradient[0] = odds * (Logistic.LogSigmoid(Logit) - Logistic.LogSigmoid(other.Logit));
        gradient[1] = Count * odds * (Logistic.LogSigmoid(Logit) - Logistic.LogSigmoid(other.Logit));
        otherGradient[0] = Logistic.Softplus(other.Logit) - Logistic.Softplus(Logit);
        otherGradient[1] = Count * ((Logistic.Sigmoid(other.Logit) * (1 + odds)) - odds);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"NegativeBinomial({Count}, {Logit})");

    // Of real k. With n = k + r it is r / n times the binomial mass of k successes among n.
    private double LogMass(double k)
    {
        if (k == 0)
            return -Count * Logistic.Softplus(Logit);
        double n = k + Count;
        return (0.5 * (Math.Log(Count / n) - LogTwoPi - Math.Log(k)))
            + StirlingRemainder.Of(n) - StirlingRemainder.Of(k) - StirlingRemainder.Of(Count)
            - Deviance.Of(k, n, Logistic.Sigmoid(Logit)) - Deviance.Of(Count, n, Logistic.Sigmoid(-Logit));
    }

    // -p (log p + entropy)
    private double Excess(double k, double entropy)
    {
        double log = LogMass(k), mass = Math.Exp(log);
        return mass == 0 ? 0 : -mass * (log + entropy);
    }

    // p times a value, 0 where p is.
    private double Weigh(double k, double value)
    {
        double mass = Math.Exp(LogMass(k));
        return mass == 0 ? 0 : mass * value;
    }

    // psi(k + r) - psi(r) + log(1 - p)
    private double CountScore(double k) => Digamma.Difference(Count, k) - Logistic.Softplus(Logit);

    private double Sum(Func<double, double> term)
        => CountSum.Of(Mean, Math.Sqrt(Mean) * Math.Sqrt(1 + Math.Exp(Logit)), 1 / Logistic.Softplus(-Logit), term);
}
