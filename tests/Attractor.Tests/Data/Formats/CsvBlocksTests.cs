using System.Globalization;
using System.Text;
using Attractor.Data;

namespace Attractor.Tests.Data.Formats;

/// <summary>Text of numbers, read in blocks: the same as row by row, or not at all.</summary>
public sealed class CsvBlocksTests
{
    [Theory]
    [InlineData("1,2\n3,4\n", new double[] { 1, 2, 3, 4 })]
    [InlineData("1,2\r\n3,4", new double[] { 1, 2, 3, 4 })]
    [InlineData("-1.5e3,+2\n .25 ,1E-2\n", new double[] { -1500, 2, 0.25, 0.01 })]
    [InlineData(",nan\nNA,-inf\r\n", new double[] { double.NaN, double.NaN, double.NaN, double.NegativeInfinity })]
    [InlineData("0.00000000000000000000000012345,00000000000000000000007.5\n", new double[] { 1.2345e-25, 7.5 })]
    [InlineData("123456789012345678901234567890,1e400\n", new double[] { 123456789012345678901234567890.0, double.PositiveInfinity })]
    [InlineData("5e-324,2.2250738585072014e-308\n", new double[] { 5e-324, 2.2250738585072014e-308 })]
    public void Numbers_are_read(string text, double[] values) => Assert.Equal(values, Read(text));

    [Theory]
    [InlineData("1,2\n3\n")]
    [InlineData("1,2\n3,4,5\n")]
    [InlineData("1,2\n\n3,4\n")]
    [InlineData("1,2\n3,4\n\n")]
    [InlineData("1,\"2\"\n")]
    [InlineData("1,two\n")]
    [InlineData("1,2\r3,4\r")]
    [InlineData("1,2\n3,")]
    [InlineData("1,2e\n")]
    [InlineData("1,2-\n")]
    [InlineData("1,0x1\n")]
    [InlineData("")]
    public void Anything_else_is_left_to_others(string text) => Assert.Null(Read(text));

    [Fact]
    public void Several_blocks_give_the_values_in_their_order()
    {
        // More than two blocks, so that lines lie across their borders and pieces go to all cores.
        const int Rows = 800_000;
        StringBuilder text = new();
        for (int t = 0; t < Rows; t++)
            text.Append(CultureInfo.InvariantCulture, $"{t},{t / 7.0:R},{Math.Sin(t):E16}\n");
        Assert.InRange(text.Length, 2 * (1 << 24), int.MaxValue);
        double[] values = CsvBlocks.Read(new MemoryStream(Encoding.UTF8.GetBytes(text.ToString())), (byte)',', 3)!;
        Assert.Equal(3 * Rows, values.Length);
        for (int t = 0; t < Rows; t++)
        {
            Assert.Equal(t, values[3 * t]);
            Assert.Equal(t / 7.0, values[(3 * t) + 1]);
            Assert.Equal(Math.Sin(t), values[(3 * t) + 2]);
        }
    }

    private static double[]? Read(string text) => CsvBlocks.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), (byte)',', 2);
}
