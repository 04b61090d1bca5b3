using Attractor.Numerics;

namespace Attractor.Probability;

/// <summary>
/// The categorical distribution of one of K values 0 .. K - 1, by logits: the logarithms of the probabilities up to a constant.
/// </summary>
/// <remarks>The parameters are the K logits. The values are names, not numbers: they have no mean.</remarks>
public sealed class Categorical : IDivergence<Categorical>
{
    private readonly double[] _logits, _logProbabilities, _cumulative;

    /// <summary>The distribution with these logits.</summary>
    /// <exception cref="ArgumentException">There are none, or one is not finite.</exception>
    public Categorical(ReadOnlySpan<double> logits)
    {
        if (logits.IsEmpty)
            throw new ArgumentException("Expected at least one logit, found none.", nameof(logits));
        Require.Real(logits);
        _logits = logits.ToArray();
        _logProbabilities = new double[logits.Length];
        _cumulative = new double[logits.Length];
        // The largest taken off first: log-probabilities near 0 then keep the digits that large logits would cost.
        double largest = _logits.Max();
        for (int i = 0; i < _logits.Length; i++)
            _logProbabilities[i] = _logits[i] - largest;
        double norm = LogSumExp.Of(_logProbabilities), sum = 0;
        for (int i = 0; i < _logits.Length; i++)
        {
            _logProbabilities[i] -= norm;
            _cumulative[i] = sum += Math.Exp(_logProbabilities[i]);
        }
    }

    /// <summary>K.</summary>
    public int Count => _logits.Length;

    /// <summary>The logits, K values.</summary>
    public IReadOnlyList<double> Logits => _logits.AsReadOnly();

    /// <summary>The probabilities, K values.</summary>
    public IReadOnlyList<double> Probabilities => [.. _logProbabilities.Select(log => Math.Exp(log))];

    /// <summary>The logarithms of the probabilities, K values.</summary>
    public IReadOnlyList<double> LogProbabilities => _logProbabilities.AsReadOnly();

    /// <summary>-E[log p], nats.</summary>
    public double Entropy
    {
        get
        {
            double sum = 0;
            foreach (double log in _logProbabilities)
                sum += CountSum.Surprise(log);
            return sum;
        }
    }

    /// <summary>log p of a value; minus infinity outside 0 .. K - 1.</summary>
    public double LogMass(int value) => value >= 0 && value < Count ? _logProbabilities[value] : double.NegativeInfinity;

    /// <summary>The gradient of log p of a value with respect to the logits: one-hot less the probabilities.</summary>
    /// <param name="value">0 .. K - 1.</param>
    /// <param name="score">K values are written.</param>
    /// <exception cref="ArgumentException">The value is not one of them, or the span does not have K values.</exception>
    public void LogMassGradient(int value, Span<double> score)
    {
        Require.Length(score, Count);
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(value, Count);
        double others = 0;
        for (int i = 0; i < score.Length; i++)
        {
            double probability = Math.Exp(_logProbabilities[i]);
            score[i] = -probability;
            others += i == value ? 0 : probability;
        }
        score[value] = others;
    }

    /// <summary>The gradient of the entropy with respect to the logits: -p (log p + entropy).</summary>
    /// <exception cref="ArgumentException">The span does not have K values.</exception>
    public void EntropyGradient(Span<double> gradient)
    {
        Require.Length(gradient, Count);
        double entropy = Entropy;
        for (int i = 0; i < gradient.Length; i++)
            gradient[i] = -Math.Exp(_logProbabilities[i]) * (_logProbabilities[i] + entropy);
    }

    /// <summary>A value drawn from the distribution, by the inverse of the distribution function.</summary>
    public int Sample(RandomStream random)
    {
        // Scaled by the last sum, which is 1 up to rounding: no draw lies beyond it, and none where a sum does not rise.
        double u = Draw.Open(random) * _cumulative[^1];
        int low = 0, high = _cumulative.Length - 1;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_cumulative[middle] > u)
                high = middle;
            else
                low = middle + 1;
        }
        return low;
    }

    /// <summary>A value drawn from the distribution, as the largest of logits plus Gumbel noise.</summary>
    public int SampleGumbelArgmax(RandomStream random)
        => GumbelNoise.Perturb(_logits, random, Count <= 64 ? stackalloc double[Count] : new double[Count]);

    /// <inheritdoc/>
    public double KullbackLeibler(Categorical other)
    {
        RequireSameCount(other);
        double sum = 0;
        for (int i = 0; i < _logits.Length; i++)
        {
            // p log(p / q) + q - p, of which every term is at least 0.
            double p = Math.Exp(_logProbabilities[i]), q = Math.Exp(other._logProbabilities[i]),
                step = other._logProbabilities[i] - _logProbabilities[i];
            sum += step > 0.5 ? q - (p * (1 + step)) : p * Exponentials.ExponentialRemainder(step);
        }
        return sum;
    }

    /// <inheritdoc/>
    public void KullbackLeiblerGradient(Categorical other, Span<double> gradient, Span<double> otherGradient)
    {
        RequireSameCount(other);
        Require.Length(gradient, Count);
        Require.Length(otherGradient, Count);
        double divergence = KullbackLeibler(other);
        for (int i = 0; i < _logits.Length; i++)
        {
            double p = Math.Exp(_logProbabilities[i]);
            gradient[i] = p * (_logProbabilities[i] - other._logProbabilities[i] - divergence);
            otherGradient[i] = Math.Exp(other._logProbabilities[i]) - p;
        }
    }

    private void RequireSameCount(Categorical other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Count != Count)
            throw new ArgumentException($"Expected {Count} categories, found {other.Count}.", nameof(other));
    }
}
