using System.Globalization;
using Attractor.Dynamics;

namespace Attractor.Reports;

/// <summary>Basins of attraction.</summary>
public static class BasinFigures
{
    private const int Width = 640;

    /// <summary>A pixel for each start, in the colour of the attractor that it comes to; white where it leaves.</summary>
    /// <param name="basins">The basins.</param>
    /// <param name="horizontal">Name of the variable along the columns.</param>
    /// <param name="vertical">Name of the variable along the rows.</param>
    public static Picture Plane(BasinsOfAttraction basins, string horizontal, string vertical)
    {
        ArgumentNullException.ThrowIfNull(basins);
        int columns = basins.X.Count, rows = basins.Y.Count;
        byte[] pixels = new byte[rows * columns * 3];
        for (int row = 0; row < rows; row++)
            for (int column = 0; column < columns; column++)
            {
                int label = basins.Labels[(row * columns) + column];
                int color = label < 0
                    ? 0xFFFFFF
                    : int.Parse(Palette.Color(label).AsSpan(1), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                // The lowest ordinate is at the foot of the picture.
                int at = (((rows - 1 - row) * columns) + column) * 3;
                (pixels[at], pixels[at + 1], pixels[at + 2]) = ((byte)(color >> 16), (byte)(color >> 8), (byte)color);
            }
        return new(
            "Basins of attraction",
            $"Each pixel is a start, {horizontal} to the right and {vertical} upwards. White: the orbit leaves.",
            new(pixels, rows, columns, 3))
        {
            Scale = Math.Max(1, Width / columns),
            Side = [(0, Text(basins.Y[^1])), (0.5, vertical), (1, Text(basins.Y[0]))],
            Foot = [(0.02, Text(basins.X[0])), (0.5, horizontal), (0.98, Text(basins.X[^1]))],
        };
    }

    /// <summary>What the starts come to, with their colours.</summary>
    public static ColorLegend Legend(BasinsOfAttraction basins)
    {
        ArgumentNullException.ThrowIfNull(basins);
        return new([.. basins.Attractors.Select((a, i) => (
            Palette.Color(i),
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Name(a)} at {PointText.Of(a.State)}: {a.Share:P1} of the starts")))]);
    }

    private static string Name(BasinAttractor attractor) => attractor.Order switch
    {
        0 => "bounded, on no short cycle,",
        1 => "fixed point",
        _ => $"cycle of order {attractor.Order}",
    };

    private static string Text(double value) => value.ToString("G3", CultureInfo.InvariantCulture);
}
