using Attractor.Data;

namespace Attractor.Cli.Tests;

/// <summary>Small images with labels: a bright bar, upright (label 1) or lying (label 0), somewhere in the dark.</summary>
internal static class ImageFiles
{
    public const int Side = 6;

    /// <summary>Writes images, and their labels if a file is named for them.</summary>
    public static void Write(string images, string? labels = null, int count = 300, int seed = 1, int side = Side)
    {
        (byte[] pixels, byte[] kinds) = Draw(count, seed, side);
        if (images.Contains(".idx", StringComparison.Ordinal))
            IdxFile.Write(images, new(pixels, [count, side, side]));
        else
            SeriesFile.Write(images, new TimeSeries([.. pixels.Select(p => (double)p)], side * side));
        if (labels is not null)
            IdxFile.Write(labels, new(kinds, [count]));
    }

    /// <summary>Rows of four real variables, of which two follow from the others.</summary>
    public static void WriteTable(string file, int rows = 300, int seed = 1)
    {
        Random random = new(seed);
        double[] values = new double[4 * rows];
        for (int i = 0; i < rows; i++)
        {
            double a = random.NextDouble() - 0.5, b = random.NextDouble() - 0.5;
            (values[4 * i], values[(4 * i) + 1], values[(4 * i) + 2], values[(4 * i) + 3]) = (a, b, a + b, a - b);
        }
        SeriesFile.Write(file, new TimeSeries(values, 4));
    }

    private static (byte[] Pixels, byte[] Labels) Draw(int count, int seed, int side)
    {
        Random random = new(seed);
        byte[] pixels = new byte[count * side * side], labels = new byte[count];
        for (int n = 0; n < count; n++)
        {
            int at = random.Next(side);
            labels[n] = (byte)random.Next(2);
            for (int i = 0; i < side * side; i++)
                pixels[(n * side * side) + i] = (byte)((labels[n] == 1 ? i % side : i / side) == at ? 250 : random.Next(40));
        }
        return (pixels, labels);
    }
}
