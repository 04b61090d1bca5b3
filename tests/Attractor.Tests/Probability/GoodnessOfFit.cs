using System.Runtime.CompilerServices;
using Attractor.Numerics;

namespace Attractor.Tests.Probability;

/// <summary>Do draws follow a distribution function? A chi-squared and a Kolmogorov-Smirnov statistic over cells.</summary>
/// <remarks>
/// The cells lie between quantiles of other draws, so that each holds about as many; the
/// distribution function is needed only at their edges.
/// </remarks>
internal static class GoodnessOfFit
{
    private const int Cells = 256, LeastExpected = 10;

    /// <summary>The smaller of the two p-values.</summary>
    /// <param name="pilot">Draws that place the edges.</param>
    /// <param name="draws">The draws under test.</param>
    /// <param name="cdf">P(x at most an edge).</param>
    public static double PValue(double[] pilot, ReadOnlySpan<double> draws, Func<double, double> cdf)
    {
        double[] edges = Edges(pilot), below = [.. edges.Select(cdf)];
        long[] counts = Count(draws, edges);
        double[] probabilities = new double[counts.Length];
        double largest = 0;
        long total = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            double upper = i < edges.Length ? below[i] : 1;
            probabilities[i] = upper - (i == 0 ? 0 : below[i - 1]);
            total += counts[i];
            largest = Math.Max(largest, Math.Abs(((double)total / draws.Length) - upper));
        }
        return Math.Min(ChiSquared(counts, probabilities), KolmogorovSmirnov(largest * Math.Sqrt(draws.Length)));
    }

    /// <summary>The p-value of counts with these probabilities; neighbours with few expected are taken together.</summary>
    public static double ChiSquared(ReadOnlySpan<long> counts, ReadOnlySpan<double> probabilities)
    {
        long draws = 0, count = 0;
        foreach (long c in counts)
            draws += c;
        double statistic = 0, expected = 0, left = 1;
        int cells = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            expected += draws * probabilities[i];
            left -= probabilities[i];
            count += counts[i];
            if (expected < LeastExpected || (draws * left < LeastExpected && i < counts.Length - 1))
                continue;
            statistic += (count - expected) * (count - expected) / expected;
            (expected, count) = (0, 0);
            cells++;
        }
        // What little is left over at the end must be as improbable as it says.
        if (count > 0 && expected < 1e-6)
            return 0;
        return cells < 2 ? 1 : IncompleteGamma.Q(0.5 * (cells - 1), 0.5 * statistic);
    }

    private static double KolmogorovSmirnov(double scaled)
    {
        double sum = 0;
        for (int k = 1; k <= 100; k++)
            sum += (k % 2 == 1 ? 2 : -2) * Math.Exp(-2.0 * k * k * scaled * scaled);
        return scaled < 0.2 ? 1 : sum;
    }

    private static double[] Edges(double[] pilot)
    {
        double[] sorted = [.. pilot.Order()];
        return [.. Enumerable.Range(1, Cells - 1).Select(i => sorted[(int)((long)i * sorted.Length / Cells)]).Distinct()];
    }

    // A value belongs to the first edge that is not below it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static long[] Count(ReadOnlySpan<double> draws, double[] edges)
    {
        long[] counts = new long[edges.Length + 1];
        foreach (double x in draws)
        {
            int low = 0, length = edges.Length;
            while (length > 0)
            {
                int half = length / 2;
                bool right = edges[low + half] < x;
                low = right ? low + half + 1 : low;
                length = right ? length - half - 1 : half;
            }
            counts[low]++;
        }
        return counts;
    }
}
