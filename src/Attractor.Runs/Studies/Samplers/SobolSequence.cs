namespace Attractor.Runs;

/// <summary>The points of Sobol's sequence in the unit cube, with a digital shift.</summary>
/// <remarks>
/// I. M. Sobol, USSR Computational Mathematics and Mathematical Physics 7, 1967, in Gray code order (Antonov and Saleev 1979), with the
/// direction numbers of S. Joe and F. Y. Kuo, SIAM Journal on Scientific Computing 30, 2008, of 21 dimensions. The shift, an exclusive or
/// with the same random bits for all points, keeps every stratification that the sequence has.
/// </remarks>
internal static class SobolSequence
{
    private const int Bits = 32;

    // For each dimension from the second on: the inner coefficients of the primitive polynomial, then the first direction numbers.
    private static readonly (uint Polynomial, uint[] First)[] s_table =
    [
        (0, [1]),
        (1, [1, 3]),
        (1, [1, 3, 1]),
        (2, [1, 1, 1]),
        (1, [1, 1, 3, 3]),
        (4, [1, 3, 5, 13]),
        (2, [1, 1, 5, 5, 17]),
        (4, [1, 1, 5, 5, 5]),
        (7, [1, 1, 7, 11, 19]),
        (11, [1, 1, 5, 1, 1]),
        (13, [1, 1, 1, 3, 11]),
        (14, [1, 3, 5, 5, 31]),
        (1, [1, 3, 3, 9, 7, 49]),
        (13, [1, 1, 1, 15, 21, 21]),
        (16, [1, 3, 1, 13, 27, 49]),
        (19, [1, 1, 1, 15, 7, 5]),
        (22, [1, 3, 1, 15, 13, 25]),
        (25, [1, 1, 5, 5, 19, 61]),
        (1, [1, 3, 7, 11, 23, 15, 103]),
        (4, [1, 3, 7, 13, 13, 15, 69]),
    ];

    private static readonly uint[][] s_directions = [.. Enumerable.Range(0, MostDimensions).Select(Directions)];

    /// <summary>How many dimensions there are.</summary>
    public static int MostDimensions => s_table.Length + 1;

    /// <summary>How many points there are before they repeat.</summary>
    public const long Period = 1L << Bits;

    /// <summary>One coordinate of a point, on [0, 1).</summary>
    /// <param name="number">Which point, from 0.</param>
    /// <param name="dimension">Which coordinate, from 0.</param>
    /// <param name="shift">The random bits of this coordinate.</param>
    public static double At(long number, int dimension, uint shift)
    {
        uint gray = (uint)(number ^ (number >> 1)), value = shift;
        for (int bit = 0; gray != 0; bit++, gray >>= 1)
            if ((gray & 1) != 0)
                value ^= s_directions[dimension][bit];
        return value * (1.0 / Period);
    }

    private static uint[] Directions(int dimension)
    {
        uint[] v = new uint[Bits];
        if (dimension == 0)
        {
            for (int i = 0; i < Bits; i++)
                v[i] = 1u << (Bits - 1 - i);
            return v;
        }
        (uint polynomial, uint[] first) = s_table[dimension - 1];
        int degree = first.Length;
        for (int i = 0; i < degree; i++)
            v[i] = first[i] << (Bits - 1 - i);
        for (int i = degree; i < Bits; i++)
        {
            v[i] = v[i - degree] ^ (v[i - degree] >> degree);
            for (int k = 1; k < degree; k++)
                if (((polynomial >> (degree - 1 - k)) & 1) != 0)
                    v[i] ^= v[i - k];
        }
        return v;
    }
}
