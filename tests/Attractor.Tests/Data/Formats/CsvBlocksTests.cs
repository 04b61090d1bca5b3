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
    [InlineData("1,2\n3,4\n\r\n\n", new double[] { 1, 2, 3, 4 })]
    [InlineData("1,2\n3,", new double[] { 1, 2, 3, double.NaN })]
    [InlineData("1234567,12345678\n123456789,1234567890123456789\n",
        new double[] { 1234567, 12345678, 123456789, 1234567890123456789 })]
    [InlineData("00000000000000000000001.50,-0\n", new double[] { 1.5, -0.0 })]
    public void Numbers_are_read(string text, double[] values) => Assert.Equal(values, Read(text));

    [Theory]
    [InlineData("1,2\n3\n")]
    [InlineData("1,2\n3,4,5\n")]
    [InlineData("1,2\n\n3,4\n")]
    [InlineData("1,\"2\"\n")]
    [InlineData("1,two\n")]
    [InlineData("1,2\r3,4\r")]
    [InlineData("1,2e\n")]
    [InlineData("1,2-\n")]
    [InlineData("1,0x1\n")]
    [InlineData("")]
    public void Anything_else_is_left_to_others(string text) => Assert.Null(Read(text));

    [Theory]
    [InlineData(1 << 20, ',', '.', "\n")]
    [InlineData(977, ';', ',', "\r\n")]
    [InlineData(64, '\t', '.', "\n")]
    [InlineData(7, '|', '.', "\n")]
    public void Pieces_of_any_length_give_the_values_in_their_order(int pieceBytes, char separator, char mark, string end)
    {
        int rows = Math.Min(60_000, 100 * pieceBytes);
        StringBuilder text = new();
        for (int t = 0; t < rows; t++)
            text.AppendJoin(
                separator,
                t.ToString(CultureInfo.InvariantCulture),
                (t / 7.0).ToString("R", CultureInfo.InvariantCulture),
                Math.Sin(t).ToString("E16", CultureInfo.InvariantCulture)).Append(end);
        byte[] bytes = Encoding.UTF8.GetBytes(mark == '.' ? text.ToString() : text.ToString().Replace('.', mark));
        double[] values = CsvBlocks.Read(new MemoryStream(bytes), (byte)separator, 3, (byte)mark, pieceBytes)!;
        Assert.Equal(3 * rows, values.Length);
        for (int t = 0; t < rows; t++)
        {
            Assert.Equal(t, values[3 * t]);
            Assert.Equal(t / 7.0, values[(3 * t) + 1]);
            Assert.Equal(Math.Sin(t), values[(3 * t) + 2]);
        }
    }

    [Fact]
    public void Every_number_is_that_of_the_platform_to_the_bit()
    {
        Random random = new(4);
        string[] cells = [.. Enumerable.Range(0, 60_000).Select(_ => Written(random))];
        double[] values = Read(string.Concat(cells.Select((cell, i) => cell + (i % 2 == 0 ? "," : "\n"))))!;
        for (int i = 0; i < cells.Length; i++)
            Assert.True(
                BitConverter.DoubleToInt64Bits(double.Parse(cells[i], CultureInfo.InvariantCulture))
                    == BitConverter.DoubleToInt64Bits(values[i]),
                $"{cells[i]} is read as {values[i]:R}");
    }

    // Any float64 in its shortest form and in others, decimals of any length, and numbers next to the middle between two.
    private static string Written(Random random)
    {
        double number = BitConverter.UInt64BitsToDouble((ulong)random.NextInt64() & 0x7FEF_FFFF_FFFF_FFFF) * (random.Next(2) == 0 ? 1 : -1);
        double plain = (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-6, 12));
        return random.Next(7) switch
        {
            0 => number.ToString("R", CultureInfo.InvariantCulture),
            1 => number.ToString("E" + random.Next(1, 25), CultureInfo.InvariantCulture).ToLowerInvariant(),
            2 => plain.ToString("R", CultureInfo.InvariantCulture),
            3 => plain.ToString("F" + random.Next(0, 22), CultureInfo.InvariantCulture),
            4 => ((float)plain).ToString("R", CultureInfo.InvariantCulture),
            5 => random.NextInt64().ToString(CultureInfo.InvariantCulture),
            _ => ((decimal)Math.Round(plain, 3) + 0.0005m).ToString(CultureInfo.InvariantCulture),
        };
    }

    private static double[]? Read(string text) => CsvBlocks.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), (byte)',', 2);
}
