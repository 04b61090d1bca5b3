using MathNet.Numerics;

namespace Attractor.Numerics.Functions;

/// <summary>Exponentials and logarithms near 1, without the loss of writing them out.</summary>
internal static class Exponentials
{
    private const double LogTwo = 0.69314718055994530942;

    /// <summary>log(1 + x) for x above -1; minus infinity at -1, NaN below.</summary>
    public static double Log1p(double x) => SpecialFunctions.Log1p(x);

    /// <summary>e^x - 1.</summary>
    public static double Expm1(double x) => SpecialFunctions.Expm1(x);

    /// <summary>log(1 - e^x) for x below 0; minus infinity at 0, NaN above.</summary>
    /// <remarks>Mächler 2012, "Accurately computing log(1 - exp(-|a|))": which of two forms keeps its digits turns at -log 2.</remarks>
    public static double Log1mExp(double x) => x > -LogTwo ? Math.Log(-Expm1(x)) : Log1p(-Math.Exp(x));
}
