using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Attractor.Data;

/// <summary>
/// The float64 nearest to w 10^q, of up to 19 digits: their product with 128 bits of the power of five, which nearly always tell how to
/// round (Lemire, "Number parsing at a gigabyte per second", Software: Practice and Experience 51, 2021).
/// </summary>
internal static class DecimalRounding
{
    // Beyond these every number of 19 digits is 0 or infinite.
    private const int LeastPower = -342, MostPower = 308;

    // Mantissa bits of a float64, of which the first is not stored; what its exponent is counted from.
    private const int Stored = 52, Bias = 1023, LargestExponent = 2047;

    // 5^27 is the largest below 2^64.
    private const int LeastHalfway = -27;

    // 5^55 is the largest below 2^128.
    private const int MostExact = 55;

    private static readonly UInt128[] s_powersOfFive = Powers();

    /// <summary>The powers that <see cref="TryRound(ulong, int, ref UInt128, out double)"/> wants.</summary>
    public static ReadOnlySpan<UInt128> PowersOfFive => s_powersOfFive;

    /// <summary>The rounded number.</summary>
    /// <param name="digits">w.</param>
    /// <param name="power">q.</param>
    /// <param name="value">w 10^q.</param>
    /// <returns>Whether it can be told: not of numbers next to the ends of the range, which are better read slowly.</returns>
    public static bool TryRound(ulong digits, int power, out double value)
        => TryRound(digits, power, ref MemoryMarshal.GetArrayDataReference(s_powersOfFive), out value);

    /// <summary>The same for many numbers, with the first of the <see cref="PowersOfFive"/> fetched once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRound(ulong digits, int power, ref UInt128 powers, out double value)
    {
        value = 0;
        if (digits == 0)
            return true;
        if (power is < LeastPower or > MostPower)
            return false;
        int zeros = BitOperations.LeadingZeroCount(digits);
        ulong shifted = digits << zeros;
        UInt128 five = Unsafe.Add(ref powers, power - LeastPower);
        ulong high = Math.BigMul(shifted, (ulong)(five >> 64), out ulong low);
        const int Spare = 64 - Stored - 3;
        if ((high & ((1UL << Spare) - 1)) == (1UL << Spare) - 1)
        {
            // The upper half of the power alone might carry.
            ulong more = Math.BigMul(shifted, (ulong)five, out _), sum = low + more;
            high += sum < low ? 1UL : 0;
            low = sum;
        }
        // The truncated power leaves open on which side the product lies.
        if (low == ulong.MaxValue && power is < LeastHalfway or > MostExact)
            return false;
        int upper = (int)(high >> 63), shift = upper + Spare;
        ulong mantissa = high >> shift;
        // floor(q log2 10), exact in this range.
        int exponent = (((152170 + 65536) * power) >> 16) + 63 + upper - zeros + Bias;
        if (exponent <= 0)
            return false;
        // Halfway between two, to the even one: only where the product is exact.
        if (low <= 1 && power is >= -4 and <= 23 && (mantissa & 3) == 1 && mantissa << shift == high)
            mantissa &= ~1UL;
        mantissa = (mantissa + (mantissa & 1)) >> 1;
        if (mantissa >= 2UL << Stored)
        {
            mantissa = 1UL << Stored;
            exponent++;
        }
        if (exponent >= LargestExponent)
            return false;
        value = BitConverter.UInt64BitsToDouble((mantissa & ~(1UL << Stored)) | ((ulong)exponent << Stored));
        return true;
    }

    // The first 128 bits of 5^q, cut off; of its reciprocal, rounded up where a number can lie halfway between two.
    private static UInt128[] Powers()
    {
        UInt128[] powers = new UInt128[MostPower - LeastPower + 1];
        BigInteger power = BigInteger.One;
        for (int q = 0; q <= MostPower; q++, power *= 5)
            powers[q - LeastPower] = First(power);
        power = 5;
        for (int q = -1; q >= LeastPower; q--, power *= 5)
        {
            int bits = (int)power.GetBitLength();
            powers[q - LeastPower] = q >= LeastHalfway
                ? (UInt128)(((BigInteger.One << (bits + 127)) / power) + 1)
                : First(((BigInteger.One << ((2 * bits) + 128)) / power) + 1);
        }
        return powers;
    }

    private static UInt128 First(BigInteger number)
    {
        long excess = number.GetBitLength() - 128;
        return (UInt128)(excess > 0 ? number >> (int)excess : number << (int)-excess);
    }
}
