namespace Attractor.Numerics;

/// <summary>The logistic function and its logarithms, to full relative accuracy in both tails.</summary>
internal static class Logistic
{
    /// <summary>1 / (1 + e^-x).</summary>
    public static double Sigmoid(double x)
    {
        // Where e^-x overflows the quotient is 0, though e^x is not: below, the other form.
        if (x >= 0) return 1 / (1 + Math.Exp(-x));
        double odds = Math.Exp(x);
        return odds / (1 + odds);
    }

    /// <summary>log(1 / (1 + e^-x)).</summary>
    public static double LogSigmoid(double x) => -Softplus(-x);

    /// <summary>log(1 + e^x).</summary>
    public static double Softplus(double x) => x > 0 ? x + Exponentials.Log1p(Math.Exp(-x)) : Exponentials.Log1p(Math.Exp(x));
}
