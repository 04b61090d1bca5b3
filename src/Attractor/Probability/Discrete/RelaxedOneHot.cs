using Attractor.Numerics;

namespace Attractor.Probability;

/// <summary>A categorical draw made smooth: softmax((logits + Gumbel noise) / temperature), K positive numbers that sum to 1.</summary>
/// <remarks>
/// The concrete distribution of Maddison, Mnih and Teh ("The concrete distribution", ICLR 2017), the Gumbel-softmax of Jang,
/// Gu and Poole (ICLR 2017). The largest component is where a categorical draw with the same logits would be, at every
/// temperature. The parameters are the K logits.
/// </remarks>
public sealed class RelaxedOneHot
{
    private readonly double[] _logits;

    /// <summary>The distribution with these logits.</summary>
    /// <param name="logits">K of at least 2: logarithms of the probabilities up to a constant.</param>
    /// <param name="temperature">Above 0: near 0 draws are nearly one-hot, at large ones nearly uniform.</param>
    /// <exception cref="ArgumentException">There are fewer than 2 logits, one is not finite, or the
    /// temperature is not finite and above 0.</exception>
    public RelaxedOneHot(ReadOnlySpan<double> logits, double temperature)
    {
        if (logits.Length < 2)
            throw new ArgumentException($"Expected at least 2 logits, found {logits.Length}.", nameof(logits));
        Require.Real(logits);
        Temperature = Require.Positive(temperature);
        _logits = logits.ToArray();
    }

    /// <summary>K.</summary>
    public int Dimension => _logits.Length;

    /// <summary>The temperature.</summary>
    public double Temperature { get; }

    /// <summary>The logits, K values.</summary>
    public IReadOnlyList<double> Logits => _logits.AsReadOnly();

    /// <summary>Draws a vector; components smaller than any double are 0.</summary>
    /// <returns>Where the largest component is.</returns>
    /// <exception cref="ArgumentException">The value does not have K components.</exception>
    public int Sample(RandomStream random, Span<double> value)
    {
        int largest = SampleLog(random, value);
        foreach (ref double x in value)
            x = Math.Exp(x);
        return largest;
    }

    /// <summary>Draws the logarithms of a vector, which keep their digits where components would underflow.</summary>
    /// <returns>Where the largest component is.</returns>
    /// <exception cref="ArgumentException">The span does not have K components.</exception>
    public int SampleLog(RandomStream random, Span<double> logValue)
    {
        int largest = GumbelNoise.Perturb(_logits, random, logValue);
        // The differences before the division: a temperature near 0 could overflow the numbers themselves.
        double top = logValue[largest];
        foreach (ref double y in logValue)
            y = Draw.Finite((y - top) / Temperature);
        double norm = LogSumExp.Of(logValue);
        foreach (ref double y in logValue)
            y = Draw.Finite(y - norm);
        return largest;
    }

    /// <summary>Draws a one-hot vector for the way forward, and the relaxed one that stands in for it on the way back.</summary>
    /// <param name="random">The noise.</param>
    /// <param name="oneHot">1 where the relaxed vector is largest, 0 elsewhere; written.</param>
    /// <param name="relaxed">The relaxed vector, for <see cref="Pullback"/>; written.</param>
    /// <returns>Where the 1 is.</returns>
    /// <remarks>
    /// The gradient of the relaxed vector is not that of the expected one-hot: the straight-through
    /// estimator is biased, at every temperature.
    /// </remarks>
    /// <exception cref="ArgumentException">A span does not have K components.</exception>
    public int StraightThrough(RandomStream random, Span<double> oneHot, Span<double> relaxed)
    {
        Require.Length(oneHot, Dimension);
        int largest = Sample(random, relaxed);
        oneHot.Clear();
        oneHot[largest] = 1;
        return largest;
    }

    /// <summary>log p(x) with respect to the first K - 1 components, equation 10 of Maddison, Mnih and Teh; NaN of NaN.</summary>
    /// <remarks>Minus infinity where a component is not above 0 or the sum is further than 1e-9 from 1.</remarks>
    /// <exception cref="ArgumentException">The value does not have K components.</exception>
    public double LogDensity(ReadOnlySpan<double> value)
    {
        Require.Length(value, Dimension);
        double[] log = new double[Dimension];
        double excess = -1, sumOfLogs = 0;
        bool outside = false;
        for (int i = 0; i < log.Length; i++)
        {
            excess += value[i];
            outside |= value[i] <= 0;
            log[i] = Math.Log(value[i]);
            sumOfLogs += log[i];
        }
        if (double.IsNaN(excess))
            return excess;
        return outside || Math.Abs(excess) > 1e-9 ? double.NegativeInfinity : LogDensityOfLog(log) - sumOfLogs;
    }

    /// <summary>
    /// The log density of y = log x with respect to its first K - 1 components less their share of the sum:
    /// equation 22 there, which cannot underflow.
    /// </summary>
    /// <param name="logValue">y, K logarithms whose exponentials sum to 1.</param>
    /// <exception cref="ArgumentException">There are not K.</exception>
    public double LogDensityOfLog(ReadOnlySpan<double> logValue)
    {
        Require.Length(logValue, Dimension);
        double[] tilted = Tilt(logValue);
        double sum = 0;
        foreach (double t in tilted)
            sum += t;
        int k = Dimension;
        return LogGamma.Of(k) + ((k - 1) * Math.Log(Temperature)) + sum - (k * LogSumExp.Of(tilted));
    }

    /// <summary>The gradient of <see cref="LogDensity"/>.</summary>
    /// <param name="value">x, K positive components.</param>
    /// <param name="valueGradient">With respect to x; written.</param>
    /// <param name="score">With respect to the logits; written.</param>
    /// <exception cref="ArgumentException">A span does not have K components.</exception>
    public void LogDensityGradient(ReadOnlySpan<double> value, Span<double> valueGradient, Span<double> score)
    {
        int k = Dimension;
        Require.Length(value, k);
        Require.Length(valueGradient, k);
        Require.Length(score, k);
        for (int i = 0; i < k; i++)
            valueGradient[i] = Math.Log(value[i]);
        double[] tilted = Tilt(valueGradient);
        double norm = LogSumExp.Of(tilted);
        for (int i = 0; i < k; i++)
        {
            score[i] = 1 - (k * Math.Exp(tilted[i] - norm));
            valueGradient[i] = -(1 + (Temperature * score[i])) / value[i];
        }
    }

    /// <summary>The adjoint of the relaxed vector as a function of the logits, at fixed noise.</summary>
    /// <param name="value">x, a sample of this distribution.</param>
    /// <param name="adjoint">v, K components.</param>
    /// <param name="gradient">sum_j v_j dx_j / d logit is written.</param>
    /// <exception cref="ArgumentException">A span does not have K components.</exception>
    public void Pullback(ReadOnlySpan<double> value, ReadOnlySpan<double> adjoint, Span<double> gradient)
    {
        Require.Length(value, Dimension);
        Require.Length(adjoint, Dimension);
        Require.Length(gradient, Dimension);
        double mean = 0;
        for (int i = 0; i < value.Length; i++)
            mean += adjoint[i] * value[i];
        for (int i = 0; i < value.Length; i++)
            gradient[i] = value[i] * (adjoint[i] - mean) / Temperature;
    }

    // logits - temperature y
    private double[] Tilt(ReadOnlySpan<double> logValue)
    {
        double[] tilted = new double[Dimension];
        for (int i = 0; i < tilted.Length; i++)
            tilted[i] = _logits[i] - (Temperature * logValue[i]);
        return tilted;
    }
}
