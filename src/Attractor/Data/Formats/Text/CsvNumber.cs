using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Attractor.Data;

/// <summary>A number in a cell of text, as Python and .NET write it.</summary>
internal static class CsvNumber
{
    private const int MostDigits = 19;

    private const ulong LargestExact = 1UL << 53;

    // As programs that set type write them: a minus sign, and the bytes of a blank without a break.
    private static ReadOnlySpan<byte> Minus => "\u2212"u8;

    private static ReadOnlySpan<byte> NoBreak => "\u00A0"u8;

    private static ReadOnlySpan<double> PowersOfTen
        => [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19];

    /// <summary>A number, correctly rounded; nothing, NaN in any case, NA and what pandas takes for it are missing.</summary>
    public static bool TryParse(ReadOnlySpan<byte> cell, out double value)
    {
        // The platform reads over zero bytes after a number; of a file they are what a torn write left.
        if (TryParseShort(cell, out value)
            || (cell is not [.., 0] && double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out value)))
            return true;
        ReadOnlySpan<byte> bare = cell.TrimStart(NoBreak).TrimEnd(NoBreak);
        if (bare.StartsWith(Minus) || (bare.Length < cell.Length && !bare.IsEmpty))
        {
            bool isNegative = bare.StartsWith(Minus), isNumber = TryParse(isNegative ? bare[Minus.Length..] : bare, out value);
            value = isNegative ? -value : value;
            return isNumber && !(isNegative && double.IsNaN(value));
        }
        if (IsFortran(cell))
        {
            Span<byte> plain = stackalloc byte[cell.Length];
            cell.CopyTo(plain);
            plain[plain.IndexOfAny((byte)'D', (byte)'d')] = (byte)'E';
            return double.TryParse(plain, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
        }
        value = double.NaN;
        if (IsMissing(cell))
            return true;
        ReadOnlySpan<byte> magnitude = cell[0] is (byte)'-' or (byte)'+' ? cell[1..] : cell;
        if (!Ascii.EqualsIgnoreCase(magnitude, "inf"u8))
            return false;
        value = cell[0] == (byte)'-' ? double.NegativeInfinity : double.PositiveInfinity;
        return true;
    }

    /// <summary>Whether a cell may be a number, with a point or a comma: what the form of a file is told by.</summary>
    public static bool MayBe(string cell)
        => double.TryParse(
                cell.Trim().Replace(',', '.').Replace('\u2212', '-'), NumberStyles.Float, CultureInfo.InvariantCulture, out _)
            || IsFortran(Encoding.UTF8.GetBytes(cell));

    // 1.5D-03, with a point and a sign, which names hardly have.
    private static bool IsFortran(ReadOnlySpan<byte> cell)
    {
        const int Longest = 40;
        int at = cell.IndexOfAny((byte)'D', (byte)'d');
        return cell.Length <= Longest && at > 0 && at + 2 < cell.Length && cell[at + 1] is (byte)'+' or (byte)'-'
            && !cell[(at + 2)..].ContainsAnyExceptInRange((byte)'0', (byte)'9') && cell[..at].Contains((byte)'.')
            && !cell[..at].TrimStart("+-"u8).ContainsAnyExcept("0123456789."u8);
    }

    /// <summary>Whether a cell says that there is no value: nothing, NA, null, None, and their kin, as pandas reads them.</summary>
    public static bool IsMissing(ReadOnlySpan<byte> cell)
    {
        if (cell.Length is 0 or > 8)
            return cell.IsEmpty;
        // 1.#QNAN and 1.#IND are what old C libraries write.
        return cell.SequenceEqual("NA"u8) || Ascii.EqualsIgnoreCase(cell, "n/a"u8) || Ascii.EqualsIgnoreCase(cell, "null"u8)
            || cell.SequenceEqual("None"u8) || cell.SequenceEqual("<NA>"u8) || cell.SequenceEqual("#N/A"u8) || cell.SequenceEqual("#NA"u8)
            || Ascii.EqualsIgnoreCase(cell[0] == '-' ? cell[1..] : cell, "nan"u8)
            || (cell[0] == '-' ? cell[1..] : cell) is var bare
                && (bare.SequenceEqual("1.#QNAN"u8) || bare.SequenceEqual("1.#IND"u8));
    }

    // Most numbers are a few digits and a point. If the digits are a whole number up to 2^53, it and the power of ten are exact, and so
    // their quotient is the correctly rounded value (Clinger 1990).
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool TryParseShort(ReadOnlySpan<byte> cell, out double value)
    {
        value = 0;
        int first = cell is [(byte)'-', ..] ? 1 : 0, digits = 0, decimals = 0, sincePoint = 0;
        ulong number = 0;
        for (int i = first; i < cell.Length; i++)
        {
            uint digit = (uint)(cell[i] - '0');
            if (digit <= 9)
            {
                number = (10 * number) + digit;
                digits++;
                decimals += sincePoint;
            }
            else if (cell[i] == '.' && sincePoint == 0)
            {
                sincePoint = 1;
            }
            else
            {
                return false;
            }
        }
        if (digits is 0 or > MostDigits)
            return false;
        double magnitude;
        if (number <= LargestExact)
            magnitude = number / PowersOfTen[decimals];
        else if (!DecimalRounding.TryRound(number, -decimals, out magnitude))
            return false;
        value = first == 0 ? magnitude : -magnitude;
        return true;
    }
}
