using MathNet.Numerics.Integration;

namespace Attractor.Probability;

/// <summary>Sums over the counts 0, 1, 2, ... of a mass times a slowly varying function.</summary>
/// <remarks>
/// A narrow range is summed term by term. Of a wide one the first thousand terms are, and the rest is an integral over log k with the first
/// correction of Euler and Maclaurin, which leaves less than rounding there: the work does not grow with the mean.
/// </remarks>
internal static class CountSum
{
    private const double Terms = 4000, Head = 1000;
    private const int Nodes = 20;

    private static readonly (double X, double Weight)[] Rule = MakeRule();

    /// <summary>-p log p of log p, 0 where p is.</summary>
    public static double Surprise(double logMass)
    {
        double mass = Math.Exp(logMass);
        return mass == 0 ? 0 : -mass * logMass;
    }

    /// <summary>The sum of term(k), which is defined for real k and negligible far from the mean.</summary>
    /// <param name="mean">The mean of the mass.</param>
    /// <param name="deviation">Its standard deviation.</param>
    /// <param name="tail">The decay length of the upper tail where that is exponential, else 0.</param>
    /// <param name="term">The mass times something.</param>
    public static double Of(double mean, double deviation, double tail, Func<double, double> term)
    {
        double first = Math.Max(0, Math.Floor(mean - (12 * deviation) - 30)),
            last = Math.Ceiling(mean + (12 * deviation) + (60 * tail) + 60);
        double sum = 0;
        if (last - first <= Terms)
        {
            for (double k = first; k <= last; k++)
                sum += term(k);
            return sum;
        }
        if (first < Head)
        {
            for (double k = first; k < Head; k++)
                sum += term(k);
            first = Head;
        }
        double width = Math.Min(0.5, 2 * deviation / mean), low = Math.Log(first - 0.5), high = Math.Log(last);
        int panels = (int)Math.Ceiling((high - low) / width);
        double half = 0.5 * (high - low) / panels, integral = 0;
        for (int i = 0; i < panels; i++)
        {
            double centre = low + (((2 * i) + 1) * half), panel = 0;
            foreach ((double x, double weight) in Rule)
            {
                double k = Math.Exp(centre + (half * x));
                panel += weight * k * term(k);
            }
            integral += half * panel;
        }
        return sum + integral + ((term(first) - term(first - 1)) / 24);
    }

    private static (double X, double Weight)[] MakeRule()
    {
        GaussLegendreRule rule = new(-1, 1, Nodes);
        return [.. Enumerable.Range(0, Nodes).Select(i => (rule.GetAbscissa(i), rule.GetWeight(i)))];
    }
}
