using System.Runtime.InteropServices;
using Attractor.Data;

namespace Attractor.Learning;

/// <summary>Images, binarised as they are taken.</summary>
internal sealed class ImageSamples(ImageSet images, Binarization binarization) : SampleSet
{
    public override int Count => images.Count;

    public override int Dimension => images.Dimension;

    public override SampleSet Take(int count) => new ImageSamples(images.Take(count), binarization);

    internal override void Gather<T>(ReadOnlySpan<int> positions, Span<T> batch, ulong seed, int epoch)
    {
        if (typeof(T) == typeof(float))
        {
            images.Gather(positions, MemoryMarshal.Cast<T, float>(batch), binarization, seed, epoch);
            return;
        }
        float[] pixels = new float[batch.Length];
        images.Gather(positions, pixels, binarization, seed, epoch);
        for (int i = 0; i < pixels.Length; i++)
            batch[i] = T.CreateTruncating(pixels[i]);
    }

    // A set of images holds nothing but numbers from 0 to 1.
    internal override (int Sample, int Variable, double Value, string Why)? FindRefused(Func<double, string?> refusal)
    {
        foreach (double value in (double[])[0, 0.5, 1])
            if (binarization == Binarization.None && refusal(value) is { } why)
                return (0, 0, value, $"{why}, not grey pixels");
        return null;
    }
}
