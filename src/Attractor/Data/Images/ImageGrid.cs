namespace Attractor.Data;

/// <summary>Images side by side in one picture: samples, reconstructions, a look at the data.</summary>
public sealed record ImageGrid
{
    /// <summary>Images in a row; by default as many as make the grid square.</summary>
    public int? Columns { get; init; }

    /// <summary>Pixels of the picture between two images, and around all.</summary>
    public int Gap { get; init; } = 2;

    /// <summary>Pixels of the picture for a pixel of an image, each way.</summary>
    public int Magnification { get; init; } = 1;

    /// <summary>Grey level of gaps and of places without an image.</summary>
    public byte Background { get; init; } = 64;

    /// <summary>Lays out a set.</summary>
    public Raster Of(ImageSet images)
    {
        ArgumentNullException.ThrowIfNull(images);
        return Of(images.Pixels, images.Height, images.Width);
    }

    /// <summary>Lays out images row by row.</summary>
    /// <param name="pixels">N * H * W values; what lies below 0 is black, above 1 white, and what is not a number black.</param>
    /// <param name="height">H.</param>
    /// <param name="width">W.</param>
    /// <returns>A grey picture.</returns>
    /// <exception cref="ArgumentException">There is no image, or the pixels are not a whole number of images.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are no columns, a negative gap, no magnification,
    /// or the picture is too large.</exception>
    public Raster Of(ReadOnlySpan<float> pixels, int height, int width)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Magnification);
        ArgumentOutOfRangeException.ThrowIfNegative(Gap);
        if (pixels.IsEmpty || pixels.Length % ((long)height * width) != 0)
            throw new ArgumentException(
                $"{pixels.Length} pixels are not a whole number of images of {height} x {width}, or none.", nameof(pixels));
        int count = pixels.Length / (height * width);
        int columns = Columns ?? (int)Math.Ceiling(Math.Sqrt(count));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(columns, nameof(Columns));
        int rows = (count + columns - 1) / columns;

        long cellHeight = ((long)height * Magnification) + Gap, cellWidth = ((long)width * Magnification) + Gap;
        Int128 area = ((rows * (Int128)cellHeight) + Gap) * ((columns * (Int128)cellWidth) + Gap);
        if (area > Array.MaxLength)
            throw new ArgumentOutOfRangeException(
                nameof(pixels), count, $"A picture of {rows} x {columns} such images would hold {area} pixels; lay out fewer.");
        int totalHeight = (int)((rows * cellHeight) + Gap), totalWidth = (int)((columns * cellWidth) + Gap);
        byte[] samples = new byte[totalHeight * totalWidth];
        samples.AsSpan().Fill(Background);
        for (int n = 0; n < count; n++)
        {
            (int row, int column) = Math.DivRem(n, columns);
            int top = (int)((row * cellHeight) + Gap), left = (int)((column * cellWidth) + Gap);
            for (int y = 0; y < height * Magnification; y++)
            {
                Span<byte> line = samples.AsSpan(((top + y) * totalWidth) + left, width * Magnification);
                ReadOnlySpan<float> source = pixels.Slice((((n * height) + (y / Magnification)) * width), width);
                for (int x = 0; x < line.Length; x++)
                    line[x] = Level(source[x / Magnification]);
            }
        }
        return new(samples, totalHeight, totalWidth);
    }

    private static byte Level(float pixel) => pixel > 0 ? (byte)MathF.Round(255 * MathF.Min(pixel, 1)) : (byte)0;
}
