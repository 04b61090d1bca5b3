using Attractor.Data;
using Attractor.Learning;

namespace Attractor.Runs;

/// <summary>Observations as rows of float32, binarised as the model takes them.</summary>
/// <param name="Values">n x D.</param>
/// <param name="Dimension">D.</param>
/// <param name="Samples">The same for an evaluation.</param>
/// <param name="Labels">A label for each, or none at all.</param>
internal sealed record ObservationRows(float[] Values, int Dimension, SampleSet Samples, int[] Labels)
{
    public int Count => Values.Length / Dimension;

    public static ObservationRows Of(ImageSet images, Binarization binarization)
        => new(
            images.Binarize(binarization).Pixels.ToArray(),
            images.Dimension,
            AutoencoderData.Samples(images, binarization),
            images.Labels.ToArray());

    public static ObservationRows Of(TimeSeries table)
        => new([.. table.Values.ToArray().Select(v => (float)v)], table.Dimension, SampleSet.Of(table), []);

    /// <summary>The first of them.</summary>
    public ReadOnlySpan<float> Take(int count) => Values.AsSpan(0, Math.Min(count, Count) * Dimension);

    /// <exception cref="SettingException">There is no such row.</exception>
    public ReadOnlySpan<float> Row(int row, string property) => row >= 0 && row < Count
        ? Values.AsSpan(row * Dimension, Dimension)
        : throw new SettingException($"{property:setting} must be a row of the data, 0 to {Count - 1}, not {row}");
}
