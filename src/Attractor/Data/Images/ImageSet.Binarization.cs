using System.Runtime.CompilerServices;
using Attractor.Numerics;

namespace Attractor.Data;

public sealed partial class ImageSet
{
    // Below 2^32 numbers of 32 bits, a pixel x is drawn as 1 with probability x to within 2^-32.
    private const double Outcomes = 1UL << 32;

    /// <summary>Copies the images of these positions into a batch, binarised if asked for. Allocates nothing beyond a stream.</summary>
    /// <param name="positions">B positions.</param>
    /// <param name="batch">Where to: B x D.</param>
    /// <param name="binarization">What becomes of grey pixels.</param>
    /// <param name="seed">Of sampled pixels: the seed of the work.</param>
    /// <param name="epoch">
    /// Of sampled pixels: the epoch. Image n of this set is binarised alike whenever seed and epoch are the same, whatever else is in the
    /// batch, and independently otherwise.
    /// </param>
    /// <exception cref="ArgumentException">The batch is not B x D, or a position is not in the set.</exception>
    public void Gather(
        ReadOnlySpan<int> positions, Span<float> batch, Binarization binarization = Binarization.None, ulong seed = 0, int epoch = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        if (batch.Length != (long)positions.Length * Dimension)
            throw new ArgumentException(
                $"The batch holds {batch.Length} values, expected {positions.Length} images x {Dimension} pixels.", nameof(batch));
        foreach (int position in positions)
        {
            if ((uint)position >= (uint)Count)
                throw new ArgumentOutOfRangeException(nameof(positions), position, $"There is no such image among {Count}.");
        }
        RandomStream? stream = binarization is Binarization.Sampled ? new(seed, "binarization") : null;
        for (int i = 0; i < positions.Length; i++)
        {
            Span<float> row = batch.Slice(i * Dimension, Dimension);
            switch (binarization)
            {
                case Binarization.None:
                    this[positions[i]].CopyTo(row);
                    break;
                case Binarization.Rounded:
                    Round(this[positions[i]], row);
                    break;
                case Binarization.Sampled:
                    stream!.Seek(((ulong)epoch << 32) | (uint)positions[i]);
                    Sample(this[positions[i]], row, stream);
                    break;
                default:
                    throw new ArgumentOutOfRangeException(nameof(binarization), binarization, "Expected None, Rounded or Sampled.");
            }
        }
    }

    /// <summary>The whole set, binarised once and for all.</summary>
    /// <param name="binarization">What becomes of grey pixels.</param>
    /// <param name="seed">Of sampled pixels: the seed of the work.</param>
    /// <param name="epoch">Of sampled pixels: the epoch whose pixels are meant.</param>
    public ImageSet Binarize(Binarization binarization, ulong seed = 0, int epoch = 0)
    {
        float[] pixels = GC.AllocateUninitializedArray<float>(_pixels.Length);
        Gather([.. Enumerable.Range(0, Count)], pixels, binarization, seed, epoch);
        return new(pixels, Height, Width, _labels);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Round(ReadOnlySpan<float> grey, Span<float> binary)
    {
        for (int i = 0; i < grey.Length; i++)
            binary[i] = grey[i] >= 0.5f ? 1 : 0;
    }

    // Black and white pixels, which most are, need no random number; each number of the stream serves two grey ones.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sample(ReadOnlySpan<float> grey, Span<float> binary, RandomStream stream)
    {
        ulong bits = 0;
        bool spare = false;
        for (int i = 0; i < grey.Length; i++)
        {
            float x = grey[i];
            if (x is 0 or 1)
            {
                binary[i] = x;
                continue;
            }
            bits = spare ? bits >> 32 : stream.NextUInt64();
            spare = !spare;
            binary[i] = (uint)bits < x * Outcomes ? 1 : 0;
        }
    }
}
