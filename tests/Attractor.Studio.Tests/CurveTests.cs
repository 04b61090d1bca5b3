using System.Diagnostics;
using System.Globalization;
using System.Text;
using Attractor.Studio.Curves;

namespace Attractor.Studio.Tests;

/// <summary>Curves of a run's metrics, of any length, with all of their extremes.</summary>
public sealed class CurveTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("attractor-studio-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_curve_keeps_its_extremes_and_its_ends_in_bounded_memory()
    {
        ExtremesCurve curve = new(most: 64);
        double[] values = [.. Enumerable.Range(0, 100_003).Select(i => Math.Sin(i * 0.01))];
        (values[12_345], values[77_777]) = (50, -40);
        for (int i = 0; i < values.Length; i++)
            curve.Add(i, values[i]);
        (double[] x, double[] y) = curve.Points();
        Assert.InRange(x.Length, 32, 128);
        Assert.Equal((50, -40), (y.Max(), y.Min()));
        Assert.Equal(12_345, x[Array.IndexOf(y, 50)]);
        Assert.Equal(77_777, x[Array.IndexOf(y, -40)]);
        Assert.Equal(x.Order(), x);
        Assert.All(x.Zip(y), p => Assert.Equal(values[(int)p.First], p.Second));
        Assert.Equal((100_003, 100_002.0), (curve.Count, curve.Last!.Value.X));
    }

    [Fact]
    public void A_curve_that_fits_is_the_curve()
    {
        ExtremesCurve curve = new();
        for (int i = 0; i < 1000; i++)
            curve.Add(i, i == 500 ? double.NaN : i * i);
        (double[] x, double[] y) = curve.Points();
        Assert.Equal([.. Enumerable.Range(0, 1000).Where(i => i != 500).Select(i => (double)i)], x);
        Assert.Equal(x.Select(v => v * v), y);
        Assert.Equal((1, 1), (curve.NotFinite, curve.PointsOfStretch));
    }

    [Fact]
    public void Only_appended_bytes_are_read_and_a_torn_line_waits()
    {
        string path = Path.Combine(_folder, "metrics.jsonl");
        MetricsTail tail = new(path);
        Assert.False(tail.Read());
        string line = """{"update":1,"loss":2.5,"learning_rate":0.1,"seconds":0.1}""" + "\n";
        File.WriteAllText(path, string.Concat(Enumerable.Repeat(line, 1000)));
        Assert.True(tail.Read());
        Assert.Equal((1000, 1000 * line.Length), (tail.Lines, (int)tail.BytesRead));
        long before = tail.BytesRead;
        File.AppendAllText(path, line + line[..20]);
        Assert.True(tail.Read());
        Assert.InRange(tail.BytesRead - before, line.Length, (2 * line.Length) + 256);
        Assert.Equal(1001, tail.Lines);
        File.AppendAllText(path, line[20..]);
        Assert.True(tail.Read());
        Assert.False(tail.Read());
        Assert.Equal(1002, tail.Lines);
        Assert.Equal(["loss", "learning_rate"], tail.Curves.Select(c => c.Key));
        Assert.Equal(1002, tail.Curves[0].Curve.Count);
    }

    [Fact]
    public void A_file_that_is_cut_or_replaced_is_read_anew()
    {
        string path = Path.Combine(_folder, "metrics.jsonl");
        File.WriteAllText(path, "{\"update\":1,\"loss\":1}\n{\"update\":2,\"loss\":2}\n");
        MetricsTail tail = new(path);
        tail.Read();
        File.WriteAllText(path, "{\"update\":1,\"loss\":1}\n");
        Assert.True(tail.Read());
        Assert.Equal(1, tail.Lines);
        File.WriteAllText(path, "{\"update\":5,\"loss\":7}\n{\"update\":6,\"loss\":8}\n");
        Assert.True(tail.Read());
        Assert.Equal([7.0, 8.0], tail.Curves[0].Curve.Points().Y);
        File.WriteAllText(path, "\0\0\n{\"update\":\n[]\n{\"a\":{\"loss\":3}}\n{\"loss\":NaN}\n");
        tail.Read();
        Assert.DoesNotContain(tail.Curves, c => c.Curve.Count > 0);
    }

    [Fact]
    public void Lines_that_are_like_the_last_and_others_are_read_alike()
    {
        string path = Path.Combine(_folder, "metrics.jsonl");
        string[] lines =
        [
            """{"update":1,"loss":1.5,"reason":"a","epoch":[1,2]}""", """{"update":2,"loss":-2.5e-3,"reason":"a","epoch":[1,2]}""",
            """{"update":3,"loss":"NaN","reason":"a","epoch":[1,2]}""",
            """{"update":4,"loss":0.30000000000000004,"reason":"b","epoch":[1,3]}""",
            // No JSON: neither is a line, whatever the last was like.
            """{"update":5,"loss":NaN,"reason":"b","epoch":[1,3]}""", """{"update":6,"loss":+7,"reason":"b","epoch":[1,3]}""",
            """{"update":7,"loss":8,"reason":"b","epoch":[1,3]} """, """{"update":8,"loss":9,"reason":"b","epoch":[1,3]}x""",
            """{"update":9,"score":4}""", """{"update":10,"score":3,"loss":6}""", """{"update":11,"score":2,"loss":5}""",
        ];
        File.WriteAllLines(path, lines);
        MetricsTail tail = new(path);
        tail.Read();
        Assert.Equal(8, tail.Lines);
        Assert.Equal(["loss", "score"], tail.Curves.Select(c => c.Key));
        Assert.Equal([1, 2, 4, 7, 10, 11], tail.Curves[0].Curve.Points().X);
        Assert.Equal([1.5, -2.5e-3, 0.30000000000000004, 8, 6, 5], tail.Curves[0].Curve.Points().Y);
        Assert.Equal([9, 10, 11], tail.Curves[1].Curve.Points().X);
        Assert.Equal([4, 3, 2], tail.Curves[1].Curve.Points().Y);
    }

    [Fact]
    public void A_million_lines_open_in_seconds_even_here()
    {
        string path = Path.Combine(_folder, "metrics.jsonl");
        using (StreamWriter writer = new(path))
            for (int i = 1; i <= 1_000_000; i++)
                writer.Write($"{{\"update\":{i},\"loss\":{(i == 654_321 ? 99 : 1.5)},\"learning_rate\":0.001,\"seconds\":1.234}}\n");
        MetricsTail tail = new(path);
        Stopwatch clock = Stopwatch.StartNew();
        tail.Read();
        TestContext.Current.SendDiagnosticMessage($"a million lines: {clock.Elapsed.TotalSeconds:F2} s");
        Assert.Equal(1_000_000, tail.Lines);
        (double[] x, double[] y) = tail.Curves[0].Curve.Points();
        Assert.Equal(654_321, x[Array.IndexOf(y, 99)]);
        Assert.True(x.Length <= 4096);
    }

    [Fact]
    public void A_short_decimal_has_the_bits_of_the_number()
    {
        Random random = new(5);
        for (int i = 0; i < 20_000; i++)
        {
            int digits = random.Next(1, 16), point = random.Next(0, digits);
            string text = string.Concat(Enumerable.Range(0, digits).Select(_ => random.Next(10)));
            if (point > 0)
                text = text[..point] + "." + text[point..];
            if (i % 3 == 0)
                text = "-" + text;
            Assert.True(ShortDecimal.TryRead(Encoding.UTF8.GetBytes(text + ",x"), out double value, out int length), text);
            Assert.Equal(text.Length, length);
            double right = double.Parse(text, CultureInfo.InvariantCulture);
            Assert.Equal(BitConverter.DoubleToInt64Bits(right), BitConverter.DoubleToInt64Bits(value));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".5")]
    [InlineData("-.5")]
    [InlineData("1.,")]
    [InlineData("1e3")]
    [InlineData("1.5E-3")]
    [InlineData("+1")]
    [InlineData("NaN")]
    [InlineData("1234567890123456")]
    [InlineData("0.1234567890123456")]
    public void What_is_no_short_decimal_is_left_to_a_parser(string text)
        => Assert.False(ShortDecimal.TryRead(Encoding.UTF8.GetBytes(text), out _, out _));
}
