namespace Attractor.Numerics;

/// <summary>A polynomial with its coefficients in rising powers.</summary>
internal static class Polynomial
{
    /// <summary>c_0 + c_1 x + c_2 x^2 + ...</summary>
    /// <remarks>Even and odd powers apart, each by Horner's rule: two chains that run side by side.</remarks>
    public static double Of(ReadOnlySpan<double> coefficients, double x)
    {
        double square = x * x, even = 0, odd = 0;
        int last = coefficients.Length - 1;
        if ((last & 1) == 0) even = coefficients[last--];
        for (int k = last; k > 0; k -= 2)
        {
            odd = Math.FusedMultiplyAdd(square, odd, coefficients[k]);
            even = Math.FusedMultiplyAdd(square, even, coefficients[k - 1]);
        }
        return Math.FusedMultiplyAdd(x, odd, even);
    }
}
