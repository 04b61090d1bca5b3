using Attractor.Numerics;

namespace Attractor.Probability;

/// <summary>Draws of Poisson counts.</summary>
internal static class PoissonSampler
{
    private const double Small = 10;

    /// <summary>A count with this mean, which may be 0.</summary>
    public static double Next(RandomStream random, double rate)
        => rate == 0 ? 0 : rate < Small ? ByInversion(random, rate) : ByTransformedRejection(random, rate);

    private static double ByInversion(RandomStream random, double rate)
    {
        double mass = Math.Exp(-rate), left = Draw.Open(random) - mass;
        int k = 0;
        while (left > 0 && mass > 0)
        {
            k++;
            mass *= rate / k;
            left -= mass;
        }
        return k;
    }

    // PTRS of W. Hoermann, "The transformed rejection method for generating Poisson random variables",
    // Insurance: Mathematics and Economics 12, 1993.
    private static double ByTransformedRejection(RandomStream random, double rate)
    {
        Poisson poisson = new(rate);
        double b = 0.931 + (2.53 * Math.Sqrt(rate)), a = -0.059 + (0.02483 * b);
        double logAlpha = Math.Log(1.1239 + (1.1328 / (b - 3.4))), accepted = 0.9277 - (3.6224 / (b - 2));
        while (true)
        {
            double u = Draw.Open(random) - 0.5, v = Draw.Open(random), inside = 0.5 - Math.Abs(u);
            double k = Math.Floor((((2 * a / inside) + b) * u) + rate + 0.43);
            if (inside >= 0.07 && v <= accepted)
                return k;
            if (k < 0 || (inside < 0.013 && v > inside))
                continue;
            if (Math.Log(v) + logAlpha - Math.Log((a / (inside * inside)) + b) <= poisson.LogDensity(k))
                return k;
        }
    }
}
