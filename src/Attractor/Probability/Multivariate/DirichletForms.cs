using Attractor.Numerics;

namespace Attractor.Probability;

/// <summary>The formulas of the Dirichlet distribution, of which the beta distribution is the one with two components.</summary>
/// <remarks>
/// Gamma functions are split into Stirling's formula and what it leaves out; Stirling's parts are then cancelled on paper, so that
/// concentrations of a million keep their digits. Concentrations are K values a with the sum A.
/// </remarks>
internal static class DirichletForms
{
    private const double LogTwoPi = 1.8378770664093454836;

    /// <summary>log Gamma(A) + sum_i (a_i - 1) log x_i - log Gamma(a_i).</summary>
    /// <param name="concentration">a.</param>
    /// <param name="total">A.</param>
    /// <param name="value">x, K values from 0 to 1.</param>
    /// <param name="excess">sum_i x_i - 1, as far as it is not 0 by rounding.</param>
    public static double LogDensity(ReadOnlySpan<double> concentration, double total, ReadOnlySpan<double> value, double excess)
    {
        double log = StirlingRemainder.Of(total) - (0.5 * (Math.Log(total) + ((concentration.Length - 1) * LogTwoPi))) + (total * excess);
        bool infinite = false;
        for (int i = 0; i < concentration.Length; i++)
        {
            double a = concentration[i], x = value[i];
            if (x == 0 && a > 1)
                return double.NegativeInfinity;
            infinite |= x == 0 && a < 1;
            // At x = 0 and a = 1, the limit of -log x - deviance.
            double kernel = x == 0 ? Math.Log(total) + 1 : -Math.Log(x) - Deviance.Of(a, total, x);
            log += kernel + (0.5 * Math.Log(a)) - StirlingRemainder.Of(a);
        }
        return infinite ? double.PositiveInfinity : log;
    }

    /// <summary>-E[log p].</summary>
    public static double Entropy(ReadOnlySpan<double> concentration, double total)
    {
        int k = concentration.Length;
        double entropy = (0.5 * (k - 1) * (1 + LogTwoPi)) - ((k - 0.5) * Math.Log(total)) + (0.5 * k / total)
            - StirlingRemainder.Of(total) + ((total - k) * StirlingRemainder.First(total));
        foreach (double a in concentration)
            entropy += (0.5 * (Math.Log(a) - (1 / a))) + StirlingRemainder.Of(a) - ((a - 1) * StirlingRemainder.First(a));
        return entropy;
    }

    /// <summary>d entropy / d a_i = (A - K) psi'(A) - (a_i - 1) psi'(a_i).</summary>
    public static void EntropyGradient(ReadOnlySpan<double> concentration, double total, Span<double> gradient)
    {
        double common = BeyondOne(total, concentration.Length);
        for (int i = 0; i < concentration.Length; i++)
            gradient[i] = common - BeyondOne(concentration[i], 1);
    }

    /// <summary>KL of concentrations a to concentrations b.</summary>
    public static double KullbackLeibler(ReadOnlySpan<double> concentration, double total, ReadOnlySpan<double> other, double otherTotal)
    {
        double sum = -StirlingRemainder.Divergence(otherTotal, total);
        for (int i = 0; i < concentration.Length; i++)
            sum += Deviance.Of(other[i], concentration[i] * (otherTotal / total))
                + StirlingRemainder.Divergence(other[i], concentration[i]);
        return sum;
    }

    /// <summary>Its gradients with respect to a and b.</summary>
    public static void KullbackLeiblerGradient(
        ReadOnlySpan<double> concentration,
        double total,
        ReadOnlySpan<double> other,
        double otherTotal,
        Span<double> gradient,
        Span<double> otherGradient)
    {
        double common = (total - otherTotal) * Trigamma.Of(total), logs = Digamma.Difference(total, otherTotal - total);
        for (int i = 0; i < concentration.Length; i++)
        {
            gradient[i] = ((concentration[i] - other[i]) * Trigamma.Of(concentration[i])) - common;
            otherGradient[i] = Digamma.Difference(concentration[i], other[i] - concentration[i]) - logs;
        }
    }

    // (x - k) psi'(x) - 1
    private static double BeyondOne(double x, int k) => (-k / x) + ((x - k) * ((0.5 / (x * x)) + StirlingRemainder.Second(x)));
}
