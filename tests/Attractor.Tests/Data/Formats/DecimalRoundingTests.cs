using System.Globalization;
using Attractor.Data;

namespace Attractor.Tests.Data.Formats;

/// <summary>Decimal numbers as the nearest float64.</summary>
public sealed class DecimalRoundingTests
{
    [Fact]
    public void Shortest_digits_of_any_number_lead_back_to_it()
    {
        Random random = new(1);
        int told = 0;
        for (int i = 0; i < 200_000; i++)
        {
            double number = BitConverter.UInt64BitsToDouble((ulong)random.NextInt64() & 0x7FEF_FFFF_FFFF_FFFF);
            string[] text = number.ToString("E16", CultureInfo.InvariantCulture).Split('E');
            if (!DecimalRounding.TryRound(
                ulong.Parse(text[0].Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture),
                int.Parse(text[1], CultureInfo.InvariantCulture) - 16,
                out double value))
                continue;
            told++;
            Assert.Equal(BitConverter.DoubleToInt64Bits(number), BitConverter.DoubleToInt64Bits(value));
        }
        Assert.InRange(told, 199_000, 200_000);
    }

    [Fact]
    public void Any_digits_are_rounded_as_the_platform_rounds_them()
    {
        Random random = new(2);
        for (int i = 0; i < 200_000; i++)
        {
            ulong digits = (ulong)random.NextInt64() >> random.Next(63);
            int power = random.Next(-345, 312);
            if (DecimalRounding.TryRound(digits, power, out double value))
                Same(FormattableString.Invariant($"{digits}E{power}"), value);
        }
    }

    [Theory]
    [InlineData(9007199254740993UL, 0)]
    [InlineData(9007199254740995UL, 0)]
    [InlineData(90071992547409930UL, -1)]
    [InlineData(9007199254740993UL, 3)]
    [InlineData(4503599627370497UL, 1)]
    [InlineData(4503599627370496500UL, -3)]
    [InlineData(4503599627370497500UL, -3)]
    [InlineData(1UL, 23)]
    [InlineData(1UL, 22)]
    [InlineData(17976931348623157UL, 292)]
    [InlineData(22250738585072014UL, -324)]
    public void Halfway_cases_go_to_the_even_one(ulong digits, int power)
    {
        Assert.True(DecimalRounding.TryRound(digits, power, out double value));
        Same(FormattableString.Invariant($"{digits}E{power}"), value);
    }

    [Theory]
    [InlineData(2UL, 308)]
    [InlineData(1UL, -320)]
    [InlineData(1UL, 309)]
    [InlineData(1UL, -343)]
    public void What_is_next_to_the_ends_of_the_range_is_left_to_others(ulong digits, int power)
        => Assert.False(DecimalRounding.TryRound(digits, power, out _));

    private static void Same(string text, double value) => Assert.Equal(
        BitConverter.DoubleToInt64Bits(double.Parse(text, CultureInfo.InvariantCulture)), BitConverter.DoubleToInt64Bits(value));
}
