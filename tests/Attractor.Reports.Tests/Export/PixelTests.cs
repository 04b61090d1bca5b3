using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using PdfSharp.Drawing;
using PdfSharp.Pdf;

namespace Attractor.Reports.Tests;

/// <summary>Figures as pixels: what is covered, lines, letters, and the file.</summary>
public sealed class PixelTests
{
    [Fact]
    public void The_covered_parts_of_a_polygon_sum_up_to_its_area()
    {
        Random random = new(1);
        for (int trial = 0; trial < 200; trial++)
        {
            (double X, double Y)[] corners = [.. Enumerable.Range(0, 3).Select(_ => (40 * random.NextDouble(), 30 * random.NextDouble()))];
            double area = Math.Abs(
                ((corners[1].X - corners[0].X) * (corners[2].Y - corners[0].Y))
                - ((corners[2].X - corners[0].X) * (corners[1].Y - corners[0].Y))) / 2;
            Coverage coverage = new(40, 30);
            coverage.Add(corners);

            Assert.Equal(area, Drain(coverage, 40, 30).Cast<float>().Sum(), 1e-3);
            Assert.All(Drain(coverage, 40, 30).Cast<float>(), part => Assert.Equal(0, part));
        }
    }

    [Fact]
    public void A_pixel_is_covered_by_as_much_of_it_as_lies_within()
    {
        Coverage coverage = new(4, 3);
        coverage.Add([(0.5, 0.25), (2.75, 0.25), (2.75, 2), (0.5, 2)]);
        float[,] parts = Drain(coverage, 4, 3);

        Assert.Equal([0.375f, 0.75f, 0.5625f, 0, 0.5f, 1, 0.75f, 0, 0, 0, 0, 0], parts.Cast<float>().Select(p => MathF.Round(p, 5)));
    }

    [Theory]
    [InlineData(-1e9, 1e9, 12)]
    [InlineData(-5, 2, 6)]
    [InlineData(3, 50, 3)]
    [InlineData(-9, -2, 0)]
    [InlineData(9, 12, 0)]
    public void What_lies_outside_is_cut_off(double left, double right, double covered)
    {
        Coverage coverage = new(4, 3);
        coverage.Add([(left, -7), (right, -7), (right, 11), (left, 11)]);

        Assert.Equal(covered, Drain(coverage, 4, 3).Cast<float>().Sum(), 1e-4);
    }

    [Fact]
    public void A_slanted_edge_over_the_left_border_covers_what_a_wider_sheet_says()
    {
        (double X, double Y)[] corners = [(-7, 1.3), (6, 0.2), (5, 2.9), (-3, 2.1)];
        Coverage narrow = new(8, 3), wide = new(20, 3);
        narrow.Add(corners);
        wide.Add([.. corners.Select(c => (c.X + 10, c.Y))]);
        float[,] seen = Drain(narrow, 8, 3), whole = Drain(wide, 20, 3);

        for (int y = 0; y < 3; y++)
            for (int x = 0; x < 8; x++)
                Assert.Equal(whole[y, x + 10], seen[y, x], 1e-5);
    }

    [Fact]
    public void A_line_covers_its_length_times_its_width_and_a_corner_is_filled_on_one_side()
    {
        Coverage coverage = new(40, 40);
        Stroke.Add(coverage, [(5, 5), (30, 20)], 3);
        double straight = Drain(coverage, 40, 40).Cast<float>().Sum();
        Stroke.Add(coverage, [(5, 20), (20, 20), (20, 35)], 4);
        double bent = Drain(coverage, 40, 40).Cast<float>().Sum();

        Assert.Equal(3 * Math.Sqrt((25 * 25) + (15 * 15)), straight, 1e-3);
        // Two rectangles of 15 by 4 that share 2 by 2, and a quarter of a disc of radius 2, a little less for its chords.
        Assert.InRange(bent, 120 - 4 + 3.05, 120 - 4 + Math.PI);
    }

    [Fact]
    public void Dashes_go_on_around_corners()
    {
        (double X, double Y)[][] dashes = [.. Stroke.Dashes([(0, 0), (8, 0), (8, 10)], 5, 4)];

        Assert.Equal(2, dashes.Length);
        Assert.Equal([(0, 0), (5, 0)], dashes[0]);
        Assert.Equal([(8, 1), (8, 6)], dashes[1]);
    }

    [Fact]
    public void Letters_are_as_wide_as_in_a_pdf()
    {
        ArimoFont.MakeKnown();
        GlyphOutlines font = new(ArimoFont.Read());
        using PdfDocument document = new();
        using XGraphics page = XGraphics.FromPdfPage(document.AddPage());
        XFont pdf = new(ArimoFont.Name, 100, XFontStyleEx.Regular, new(PdfFontEncoding.Unicode));

        foreach (char letter in "aMi0.,\u2212\u03bb\u00e9 ")
            Assert.Equal(page.MeasureString(letter.ToString(), pdf).Width, 100 * font.Advance(letter), 0.1);
    }

    [Fact]
    public void Letters_have_their_holes_and_their_accents()
    {
        GlyphOutlines font = new(ArimoFont.Read());

        Assert.Empty(font.Of(' '));
        Assert.Single(font.Of('l'));
        Assert.Equal(2, font.Of('o').Count);
        Assert.Equal(3, font.Of('8').Count);
        Assert.True(font.Of('\u00e9').Count == font.Of('e').Count + 1);
        Assert.All(font.Of('8').SelectMany(c => c), p => Assert.True(p.X is > 0 and < 0.6 && p.Y is > -0.05 and < 0.8));
        // The bar of an l: its height times its width, which no other stroke adds to.
        (double X, double Y)[] bar = font.Of('l')[0];
        Assert.InRange(bar.Max(p => p.Y), 0.7, 0.78);
        Assert.InRange(bar.Max(p => p.X) - bar.Min(p => p.X), 0.06, 0.12);
    }

    [Fact]
    public void A_png_has_its_size_its_dots_to_an_inch_and_its_line_where_the_axes_say()
    {
        LineFigure figure = new("Step", "", "time", "x", [new Curve("x", "#ff0000", [0, 1, 2], [5, 5, 5])]);
        (int width, int height, int perMetre, byte[] samples) = Decode(FigureFiles.Draw(figure, FigureFormat.Png, 85));

        Assert.Equal(1004, width);
        Assert.Equal(11811, perMetre);
        (int X, int Y)[] red = [.. Enumerable.Range(0, width * height).Where(i => samples[3 * i] == 255 && samples[(3 * i) + 1] == 0)
            .Select(i => (i % width, i / width))];
        // A level line across the plot, which begins 66 pixels of the page from the left and ends 14 from the right.
        double scale = 300 / 25.4 / (12.0 / 8 * 72 / 25.4);
        Assert.InRange(red.Min(p => p.X), scale * 66, scale * 90);
        Assert.InRange(red.Max(p => p.X), width - (scale * 40), width - (scale * 14));
        Assert.InRange(red.Max(p => p.Y) - red.Min(p => p.Y), 1, 8);
        Assert.Equal([255, 255, 255], samples[..3]);
        // Letters below it.
        Assert.Contains(Enumerable.Range(0, width), x => samples[3 * (((height - 30) * width) + x)] < 128);
    }

    [Fact]
    public void All_shapes_are_drawn_as_pixels_as_they_are_in_other_formats()
    {
        Figure[] figures =
        [
            new BarFigure("Bars", "", "kind", "n", ["one", "two"], [new("n", "--true", [1, 2])]),
            new HistogramFigure("Histogram", "", "x", [new("sample", "--true", [1, 2, 2, 3.0])]),
            new ContourFigure("Bands", "", "x", "y", "norm", [0, 1], [0, 1], [1, 10, 100, 1000]),
            new OrbitFigure("Orbit", "", "--true", ["x", "y", "z"], [[0, 0, 0], [1, 0, 0], [1, 1, 0], [0, 1, 1]]),
        ];
        foreach (Figure figure in figures)
        {
            (int width, int height, _, byte[] samples) = Decode(FigureFiles.Draw(figure, FigureFormat.Png, 60));

            Assert.InRange(samples.Count(s => s < 250) / (double)samples.Length, 0.005, 0.9);
            Assert.Equal(3 * width * height, samples.Length);
        }
    }

    private static float[,] Drain(Coverage coverage, int width, int height)
    {
        float[,] all = new float[height, width];
        coverage.Drain((y, left, parts) =>
        {
            for (int i = 0; i < parts.Length; i++)
                all[y, left + i] = parts[i];
        });
        return all;
    }

    private static (int Width, int Height, int PerMetre, byte[] Samples) Decode(byte[] file)
    {
        (int width, int height, int perMetre) = (0, 0, 0);
        byte[] samples = [];
        for (int at = 8; at < file.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            string type = Encoding.ASCII.GetString(file, at + 4, 4);
            Span<byte> data = file.AsSpan(at + 8, length);
            if (type == "IHDR")
                (width, height) = (BinaryPrimitives.ReadInt32BigEndian(data), BinaryPrimitives.ReadInt32BigEndian(data[4..]));
            else if (type == "pHYs")
                perMetre = BinaryPrimitives.ReadInt32BigEndian(data);
            else if (type == "IDAT")
            {
                using ZLibStream unpacked = new(new MemoryStream(data.ToArray()), CompressionMode.Decompress);
                using MemoryStream rows = new();
                unpacked.CopyTo(rows);
                // Each row has the number of its filter before it: none.
                samples = [.. rows.ToArray().Where((_, i) => i % ((3 * width) + 1) != 0)];
            }
            at += length + 12;
        }
        return (width, height, perMetre, samples);
    }
}
