using Attractor.Numerics;

namespace Attractor.Probability;

/// <summary>
/// Draws from gamma distributions of rate 1 (Marsaglia and Tsang, "A simple method for generating gamma variables", ACM TOMS 26, 2000).
/// </summary>
internal static class GammaSampler
{
    /// <summary>A draw with a shape of at least 1.</summary>
    public static double Next(RandomStream random, double shape)
    {
        double d = shape - (1.0 / 3), c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double z = random.NextNormal(), root = 1 + (c * z);
            if (root <= 0)
                continue;
            double v = root * root * root, u = Draw.Open(random), square = z * z;
            if (u < 1 - (0.0331 * square * square) || Math.Log(u) < (0.5 * square) + (d * (1 - v + Math.Log(v))))
                return d * v;
        }
    }

    /// <summary>
    /// The logarithm of a draw: with a shape below 1, of one of shape + 1 times u^(1 / shape), which itself may underflow.
    /// </summary>
    public static double NextLog(RandomStream random, double shape)
        => shape >= 1
            ? Math.Log(Next(random, shape))
            : Draw.Finite(Math.Log(Next(random, shape + 1)) + (Math.Log(Draw.Open(random)) / shape));
}
