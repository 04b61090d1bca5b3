namespace Attractor.Evaluation;

/// <summary>The Kolmogorov-Smirnov test: the largest distance of two empirical distribution functions.</summary>
public static class KolmogorovSmirnov
{
    /// <summary>
    /// D = sup_x |F_a(x) - F_b(x)| of samples of n and m numbers, and the p-value 2 sum_k (-1)^(k-1) exp(-2 k^2 D^2 n m / (n + m)), which
    /// is that of continuous distributions as n and m grow (Smirnov, Annals of Mathematical Statistics 19, 1948).
    /// </summary>
    /// <param name="first">n numbers, in any order; infinite ones are allowed.</param>
    /// <param name="second">m numbers.</param>
    /// <remarks>
    /// For small samples the p-value is slightly too large: 0.035 in place of 0.0346 at 30 of each. For distributions with ties it is too
    /// large at every size: of categories take <see cref="ChiSquared.Homogeneity"/>.
    /// </remarks>
    /// <exception cref="ArgumentException">A sample is empty or has a NaN.</exception>
    public static TwoSampleTest TwoSample(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        double[] a = Sorted(first, nameof(first)), b = Sorted(second, nameof(second));
        int i = 0, j = 0;
        double largest = 0;
        while (i < a.Length && j < b.Length)
        {
            // Both functions step over all values equal to x before they are compared.
            double x = Math.Min(a[i], b[j]);
            while (i < a.Length && a[i] <= x)
                i++;
            while (j < b.Length && b[j] <= x)
                j++;
            largest = Math.Max(largest, Math.Abs(((double)i / a.Length) - ((double)j / b.Length)));
        }
        return new(largest, Survival(largest * Math.Sqrt((double)a.Length * b.Length / (a.Length + (double)b.Length))));
    }

    /// <summary>
    /// P(K > x) of the limit K of sqrt(n) D (Kolmogorov 1933): the alternating series, or its theta transform where that one is slow.
    /// </summary>
    internal static double Survival(double x)
    {
        // Below 0.03 it differs from 1 by less than a double can tell.
        if (x < 0.03)
            return 1;
        double sum = 0;
        if (x < 1)
        {
            for (int k = 1; k <= 9; k += 2)
                sum += Math.Exp(-k * k * Math.PI * Math.PI / (8 * x * x));
            return 1 - (Math.Sqrt(2 * Math.PI) / x * sum);
        }
        for (int k = 1; k <= 6; k++)
            sum += (k % 2 == 1 ? 2 : -2) * Math.Exp(-2 * k * k * x * x);
        return sum;
    }

    private static double[] Sorted(ReadOnlySpan<double> sample, string name)
    {
        if (sample.IsEmpty)
            throw new ArgumentException("Expected at least one number, found none.", name);
        double[] sorted = sample.ToArray();
        Array.Sort(sorted);
        // NaN comes first in the order of doubles.
        if (double.IsNaN(sorted[0]))
            throw new ArgumentException("A NaN has no place in an order: expected numbers.", name);
        return sorted;
    }
}
