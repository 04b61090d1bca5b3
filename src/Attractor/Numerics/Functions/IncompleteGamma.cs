using MathNet.Numerics;

namespace Attractor.Numerics.Functions;

/// <summary>The regularised incomplete gamma functions: the distribution function of Gamma(a, rate 1), and what it leaves.</summary>
internal static class IncompleteGamma
{
    /// <summary>P(a, x) = int_0^x t^(a-1) e^-t dt / Gamma(a), a above 0, x of at least 0.</summary>
    public static double P(double a, double x) => SpecialFunctions.GammaLowerRegularized(a, x);

    /// <summary>Q(a, x) = 1 - P(a, x).</summary>
    public static double Q(double a, double x) => SpecialFunctions.GammaUpperRegularized(a, x);
}
