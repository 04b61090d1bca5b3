using System.Runtime.CompilerServices;

namespace Attractor.Studio.Curves;

/// <summary>
/// Decimal numbers of few digits, which need no parser: an integer below 2^53 over a power of ten that a double holds exactly.
/// </summary>
/// <remarks>
/// One division of two exact numbers, so correctly rounded (Clinger, How to read floating point numbers accurately, 1990).
/// </remarks>
internal static class ShortDecimal
{
    private const int MostDigits = 15;

    private static readonly double[] s_powers = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

    /// <summary>Reads the number that a text begins with; false where it has more digits, an exponent, or is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryRead(ReadOnlySpan<byte> text, out double value, out int length)
    {
        (value, length) = (0, 0);
        bool isNegative = text is [(byte)'-', ..];
        long digits = 0;
        int first = isNegative ? 1 : 0, at = first, point = -1;
        for (; at < text.Length; at++)
            if ((uint)(text[at] - '0') <= 9)
                digits = (10 * digits) + (text[at] - '0');
            else if (text[at] == '.' && point < 0 && at > first)
                point = at;
            else
                break;
        int count = at - first - (point < 0 ? 0 : 1);
        if (count is 0 or > MostDigits || point == at - 1 || (at < text.Length && (text[at] | 0x20) == 'e'))
            return false;
        double magnitude = point < 0 ? digits : digits / s_powers[at - point - 1];
        value = isNegative ? -magnitude : magnitude;
        length = at;
        return true;
    }
}
