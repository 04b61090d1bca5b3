using MathNet.Numerics;

namespace Attractor.Numerics.Functions;

/// <summary>The regularised incomplete beta function: the distribution function of Beta(a, b).</summary>
internal static class IncompleteBeta
{
    /// <summary>I_x(a, b) = int_0^x t^(a-1) (1-t)^(b-1) dt / B(a, b), a and b above 0, x from 0 to 1.</summary>
    public static double Of(double a, double b, double x) => SpecialFunctions.BetaRegularized(a, b, x);
}
