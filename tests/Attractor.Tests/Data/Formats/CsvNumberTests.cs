using System.Globalization;
using System.Text;
using Attractor.Data;
using FsCheck;
using FsCheck.Fluent;

namespace Attractor.Tests.Data.Formats;

public sealed class CsvNumberTests
{
    [Theory]
    [InlineData("0")]
    [InlineData("-0")]
    [InlineData("-0.0")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("-.25")]
    [InlineData("+1.5")]
    [InlineData("1e5")]
    [InlineData("9007199254740992")]
    [InlineData("9007199254740993")]
    [InlineData("9007199254740993.0")]
    [InlineData("0.9007199254740993")]
    [InlineData("9999999999999999999")]
    [InlineData("18446744073709551617")]
    [InlineData("36893488147419103233")]
    [InlineData("0.0000000000000000001")]
    [InlineData("0.00000000000000000001")]
    [InlineData("0.30000000000000004")]
    [InlineData(" 7 ")]
    public void A_number_is_that_of_the_platform_to_the_bit(string text)
    {
        Assert.True(CsvNumber.TryParse(Encoding.UTF8.GetBytes(text), out double value));
        Assert.Equal(
            BitConverter.DoubleToInt64Bits(double.Parse(text, CultureInfo.InvariantCulture)), BitConverter.DoubleToInt64Bits(value));
    }

    [Theory]
    [InlineData(".")]
    [InlineData("-")]
    [InlineData("1.2.3")]
    [InlineData("1-2")]
    [InlineData("--1")]
    [InlineData("1,5")]
    [InlineData("0x1")]
    public void What_is_no_number_is_none(string text) => Assert.False(CsvNumber.TryParse(Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void Random_digits_are_read_as_the_platform_reads_them()
    {
        Gen<string> numbers = Gen.Elements('-', '.', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '0', '5', '9')
            .ArrayOf()
            .Select(digits => new string(digits));
        Prop.ForAll(Arb.ToArbitrary(numbers.Where(text => text.Length > 0)), text =>
        {
            bool isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double expected);
            Assert.Equal(isNumber, CsvNumber.TryParse(Encoding.UTF8.GetBytes(text), out double value));
            Assert.True(!isNumber || BitConverter.DoubleToInt64Bits(expected) == BitConverter.DoubleToInt64Bits(value), text);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5000).WithEndSize(24));
    }
}
