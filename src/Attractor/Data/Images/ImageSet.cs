using System.Globalization;
using System.Numerics.Tensors;
using Attractor.Numerics;

namespace Attractor.Data;

/// <summary>N images of H x W pixels, each a float32 in [0, 1] (0 black, 1 white), with or without labels.</summary>
/// <remarks>Immutable. Rows of any width D are images of 1 x D.</remarks>
public sealed partial class ImageSet
{
    private readonly float[] _pixels;
    private readonly int[]? _labels;

    /// <summary>A set from its pixels.</summary>
    /// <param name="pixels">N * H * W values in [0, 1], image by image, row by row; the set takes ownership of the array.</param>
    /// <param name="height">H.</param>
    /// <param name="width">W.</param>
    /// <param name="labels">N labels, if the images have any; the set takes ownership of the array.</param>
    /// <exception cref="ArgumentException">There is no image, the pixels are not a whole number of images, a pixel is not in [0, 1], or the
    /// labels are not N.</exception>
    public ImageSet(float[] pixels, int height, int width, int[]? labels = null)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        if (pixels.Length == 0 || pixels.Length % ((long)height * width) != 0)
            throw new ArgumentException(
                $"{pixels.Length} pixels are not a whole number of images of {height} x {width}, or none.", nameof(pixels));
        int count = pixels.Length / (height * width);
        if (labels is not null && labels.Length != count)
            throw new ArgumentException($"Expected {count} labels, one for each image, found {labels.Length}.", nameof(labels));
        // A NaN makes both comparisons false.
        if (!(TensorPrimitives.Min(pixels) >= 0 && TensorPrimitives.Max(pixels) <= 1))
        {
            int wrong = Array.FindIndex(pixels, pixel => !(pixel is >= 0 and <= 1));
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Pixel {wrong % (height * width)} of image {wrong / (height * width)} is {pixels[wrong]}, expected 0 "
                    + $"(black) to 1 (white)."),
                nameof(pixels));
        }
        (_pixels, _labels) = (pixels, labels);
        (Count, Height, Width) = (count, height, width);
    }

    /// <summary>N, the number of images.</summary>
    public int Count { get; }

    /// <summary>H, the rows of an image.</summary>
    public int Height { get; }

    /// <summary>W, the columns of an image.</summary>
    public int Width { get; }

    /// <summary>D = H * W, the pixels of an image.</summary>
    public int Dimension => Height * Width;

    /// <summary>All pixels, N x D, image by image.</summary>
    public ReadOnlySpan<float> Pixels => _pixels;

    /// <summary>Whether the images have labels.</summary>
    public bool HasLabels => _labels is not null;

    /// <summary>The N labels; empty without any.</summary>
    public ReadOnlySpan<int> Labels => _labels;

    /// <summary>Image n: its D pixels, row by row.</summary>
    public ReadOnlySpan<float> this[int n] => _pixels.AsSpan(n * Dimension, Dimension);

    /// <summary>A set from grey levels: x = level / 255.</summary>
    /// <param name="levels">N * H * W bytes, image by image, row by row.</param>
    /// <param name="height">H.</param>
    /// <param name="width">W.</param>
    /// <param name="labels">N labels, if the images have any; the set takes ownership of the array.</param>
    /// <exception cref="ArgumentException">There is no image, the bytes are not a whole number of
    /// images, or the labels are not N.</exception>
    public static ImageSet FromBytes(ReadOnlySpan<byte> levels, int height, int width, int[]? labels = null)
    {
        float[] pixels = GC.AllocateUninitializedArray<float>(levels.Length);
        TensorPrimitives.ConvertTruncating(levels, pixels);
        TensorPrimitives.Divide(pixels, 255, pixels);
        return new(pixels, height, width, labels);
    }

    /// <summary>The grey levels, N * H * W bytes: round(255 x).</summary>
    public byte[] ToBytes() => [.. _pixels.Select(pixel => (byte)MathF.Round(255 * pixel))];

    /// <summary>Images start .. start + count - 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">They are not all in the set, or none.</exception>
    public ImageSet Slice(int start, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start, Count - count);
        return new(_pixels.AsSpan(start * Dimension, count * Dimension).ToArray(), Height, Width, _labels?[start..(start + count)]);
    }

    /// <summary>The first images.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer, or none are asked for.</exception>
    public ImageSet Take(int count) => Slice(0, count);

    /// <summary>The images of these positions, in this order.</summary>
    /// <exception cref="ArgumentException">There are none, or one is not in the set.</exception>
    public ImageSet Select(ReadOnlySpan<int> positions)
    {
        float[] pixels = GC.AllocateUninitializedArray<float>(checked(positions.Length * Dimension));
        Gather(positions, pixels);
        int[]? labels = _labels is null ? null : new int[positions.Length];
        for (int i = 0; i < labels?.Length; i++)
            labels[i] = _labels![positions[i]];
        return new(pixels, Height, Width, labels);
    }

    /// <summary>The first fraction of the images, and the rest.</summary>
    /// <param name="fraction">Between 0 and 1, such that neither part is empty.</param>
    /// <exception cref="ArgumentOutOfRangeException">One part would be empty.</exception>
    public (ImageSet First, ImageSet Second) Split(double fraction)
    {
        int first = fraction is > 0 and < 1 ? (int)Math.Round(fraction * Count) : 0;
        if (first == 0 || first == Count)
            throw new ArgumentOutOfRangeException(
                nameof(fraction), fraction, $"The fraction must leave at least one of {Count} images in each part.");
        return (Slice(0, first), Slice(first, Count - first));
    }

    /// <summary>The same images in a random order: that of <see cref="Order"/> at epoch 0.</summary>
    public ImageSet Shuffle(ulong seed) => Select(Order(Count, seed));

    /// <summary>A random order of N things: what the batches of an epoch are cut from.</summary>
    /// <param name="count">N.</param>
    /// <param name="seed">The seed of the work.</param>
    /// <param name="epoch">Each epoch has an order of its own.</param>
    /// <returns>0 .. N - 1, permuted (Fisher and Yates, as by Durstenfeld 1964).</returns>
    public static int[] Order(int count, ulong seed, int epoch = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        return Permutation.Draw(count, new(seed, "order of images", (ulong)epoch));
    }
}
