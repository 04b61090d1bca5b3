using Attractor.Numerics;

namespace Attractor.Evaluation;

/// <summary>The chi-squared test of counts (Pearson 1900).</summary>
public static class ChiSquared
{
    /// <summary>
    /// Whether two rows of counts of the same K categories can be of one distribution: sum (observed - expected)^2 / expected, what is
    /// expected from the sums of rows and columns, with K - 1 degrees of freedom, and no correction for continuity.
    /// </summary>
    /// <param name="first">K counts.</param>
    /// <param name="second">K counts.</param>
    /// <remarks>
    /// A category without a count in either row is left out. The p-value is that of large counts: take categories together where fewer than
    /// about 5 are expected.
    /// </remarks>
    /// <exception cref="ArgumentException">The rows are not of the same length, a count is negative, or a row has none.</exception>
    public static TwoSampleTest Homogeneity(ReadOnlySpan<long> first, ReadOnlySpan<long> second)
    {
        if (second.Length != first.Length)
            throw new ArgumentException($"Expected counts of {first.Length} categories, found {second.Length}.", nameof(second));
        long n = Sum(first, nameof(first)), m = Sum(second, nameof(second));
        double statistic = 0, share = (double)n / ((double)n + m);
        int categories = 0;
        for (int k = 0; k < first.Length; k++)
        {
            double both = (double)first[k] + second[k];
            if (both == 0)
                continue;
            categories++;
            double expected = share * both, other = both - expected, difference = first[k] - expected;
            statistic += difference * difference * ((1 / expected) + (1 / other));
        }
        return new(statistic, categories < 2 ? 1 : IncompleteGamma.Q(0.5 * (categories - 1), 0.5 * statistic));
    }

    private static long Sum(ReadOnlySpan<long> counts, string name)
    {
        long sum = 0;
        foreach (long count in counts)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(count, name);
            sum = checked(sum + count);
        }
        return sum > 0 ? sum : throw new ArgumentException("Expected at least one count above 0, found none.", name);
    }
}
