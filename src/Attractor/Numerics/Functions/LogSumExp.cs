namespace Attractor.Numerics;

/// <summary>log sum_i e^(x_i) without overflow.</summary>
public static class LogSumExp
{
    /// <summary>log sum_i e^(x_i); minus infinity of nothing and where all are, infinity where one is, NaN where one is.</summary>
    public static double Of(ReadOnlySpan<double> values)
    {
        double largest = double.NegativeInfinity;
        int at = -1;
        for (int i = 0; i < values.Length; i++)
        {
            if (double.IsNaN(values[i])) return double.NaN;
            if (values[i] > largest) (largest, at) = (values[i], i);
        }
        if (double.IsInfinity(largest)) return largest;

        // The largest is 1 of the sum exactly; apart from it the others keep their digits however small they are.
        double others = 0;
        for (int i = 0; i < values.Length; i++) others += i == at ? 0 : Math.Exp(values[i] - largest);
        return largest + Exponentials.Log1p(others);
    }
}
