using Attractor.Numerics;

namespace Attractor.Probability;

/// <summary>The draws that samplers begin and end with: never 0, 1 or infinite where a density is not.</summary>
internal static class Draw
{
    private const double Largest = 1 - (1.0 / (1UL << 53));

    /// <summary>Uniform on the open interval (0, 1): the centres of 2^52 equal cells.</summary>
    public static double Open(RandomStream random) => Centre(random.NextUInt64());

    /// <summary>Uniform on (0, 1) from the upper 52 of 64 bits.</summary>
    public static double Centre(ulong bits) => ((bits >> 12) + 0.5) * (1.0 / (1UL << 52));

    /// <summary>Exponential with rate 1.</summary>
    public static double Exponential(RandomStream random) => -Exponentials.Log1p(-Open(random));

    /// <summary>The nearest finite number.</summary>
    public static double Finite(double value) => Math.Clamp(value, double.MinValue, double.MaxValue);

    /// <summary>The nearest finite number above 0.</summary>
    public static double Positive(double value) => Math.Clamp(value, double.Epsilon, double.MaxValue);

    /// <summary>The nearest number between 0 and 1.</summary>
    public static double Proportion(double value) => Math.Clamp(value, double.Epsilon, Largest);
}
