namespace Attractor.Dynamics;

/// <summary>
/// The mutual information of a recording with itself later, in nats: A. M. Fraser and H. L. Swinney, "Independent coordinates for
/// strange attractors from mutual information", Phys. Rev. A 33 (1986).
/// </summary>
/// <remarks>
/// By a histogram of equally probable bins: I(l) = sum p(i, j) ln (p(i, j) / (p(i) p(j))). The bins of ranks make it the same for
/// every monotone transformation of the values.
/// </remarks>
public static class MutualInformation
{
    /// <summary>I(0), ..., I(lags).</summary>
    /// <param name="values">T finite values.</param>
    /// <param name="lags">The largest lag, below T / 2.</param>
    /// <param name="bins">Bins of each axis; null for the usual number, about the fifth root of T, doubled, and at most 64.</param>
    /// <exception cref="ArgumentException">A size is out of range, or a value is not finite.</exception>
    public static double[] Of(ReadOnlySpan<double> values, int lags, int? bins = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(lags);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lags, values.Length / 2);
        if (bins is { } given)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(given, nameof(bins));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(given, 4096, nameof(bins));
        }
        Recording.RequireFinite(values);
        int b = bins ?? (int)Math.Clamp(Math.Round(2 * Math.Pow(values.Length, 0.2)), 4, 64);
        int[] symbols = Symbols(values, b), joint = new int[b * b], first = new int[b], second = new int[b];
        double[] result = new double[lags + 1];
        for (int lag = 0; lag <= lags; lag++)
        {
            Array.Clear(joint);
            Array.Clear(first);
            Array.Clear(second);
            int count = symbols.Length - lag;
            for (int t = 0; t < count; t++)
            {
                joint[(symbols[t] * b) + symbols[t + lag]]++;
                first[symbols[t]]++;
                second[symbols[t + lag]]++;
            }
            double sum = 0;
            for (int i = 0; i < b; i++)
                for (int j = 0; j < b; j++)
                    if (joint[(i * b) + j] is > 0 and var n)
                        sum += n * Math.Log((double)n * count / ((double)first[i] * second[j]));
            result[lag] = sum / count;
        }
        return result;
    }

    /// <summary>The lag of the first local minimum; null if the curve only falls.</summary>
    public static int? FirstMinimum(IReadOnlyList<double> information)
    {
        ArgumentNullException.ThrowIfNull(information);
        for (int lag = 1; lag + 1 < information.Count; lag++)
            if (information[lag] < information[lag - 1] && information[lag] <= information[lag + 1])
                return lag;
        return null;
    }

    /// <summary>The bin of each value, by its rank; equal values share a bin.</summary>
    private static int[] Symbols(ReadOnlySpan<double> values, int bins)
    {
        double[] sorted = values.ToArray();
        Array.Sort(sorted);
        int[] symbols = new int[values.Length];
        for (int t = 0; t < values.Length; t++)
        {
            int rank = Array.BinarySearch(sorted, values[t]);
            while (rank > 0 && sorted[rank - 1] == values[t])
                rank--;
            symbols[t] = (int)((long)rank * bins / values.Length);
        }
        return symbols;
    }
}
