using Attractor.Numerics;

namespace Attractor.Data;

/// <summary>Digits from 0 to 9 that this program draws: images with labels where no data set is at hand.</summary>
/// <remarks>
/// No person wrote them. Each is one of two or three prescribed ways to write a digit, warped, slanted, turned, scaled and shifted at
/// random and drawn with a round pen of random width. They have the format of MNIST (28 x 28, white on black, centred) and not its
/// difficulty: results on them are not comparable with results on MNIST.
/// </remarks>
public static class DrawnDigits
{
    /// <summary>H and W of each image.</summary>
    public const int Side = 28;

    /// <summary>Draws digits, each class equally likely.</summary>
    /// <param name="count">N, at least 1.</param>
    /// <param name="seed">Image n depends on the seed and n alone, so that more images begin with the same ones.</param>
    /// <returns>N images of 28 x 28 grey pixels and N labels from 0 to 9.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The count is not positive, or the pixels would not fit into one array.</exception>
    public static ImageSet Draw(int count, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Array.MaxLength / (Side * Side));
        float[] pixels = new float[count * Side * Side];
        int[] labels = new int[count];
        for (int n = 0; n < count; n++)
        {
            RandomStream stream = new(seed, "drawn digits", (ulong)n);
            labels[n] = (int)stream.NextInt64(10);
            Handwriting.Draw(stream).Write(DigitStrokes.Of(labels[n], stream), pixels.AsSpan(n * Side * Side, Side * Side), Side);
        }
        return new(pixels, Side, Side, labels);
    }
}
