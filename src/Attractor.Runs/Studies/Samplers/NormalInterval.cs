using MathNet.Numerics;

namespace Attractor.Runs;

/// <summary>The standard normal distribution between two bounds.</summary>
internal static class NormalInterval
{
    private const int Halvings = 60;

    /// <summary>The probability between two bounds, the lower first.</summary>
    public static double Mass(double low, double high)
        // In the lower tail, where differences of probabilities keep their digits.
        => low > 0 ? Below(-low) - Below(-high) : Below(high) - Below(low);

    /// <summary>The value below which a part of that probability lies.</summary>
    public static double Quantile(double part, double low, double high)
    {
        double mass = Mass(low, high) * part, first = low, last = high;
        for (int i = 0; i < Halvings; i++)
        {
            double middle = first + ((last - first) / 2);
            if (Mass(low, middle) < mass)
                first = middle;
            else
                last = middle;
        }
        return first + ((last - first) / 2);
    }

    private static double Below(double x) => 0.5 * SpecialFunctions.Erfc(-x / Math.Sqrt(2));
}
