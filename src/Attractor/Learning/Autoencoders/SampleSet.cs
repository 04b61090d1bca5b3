using System.Numerics;
using Attractor.Data;
using Attractor.Numerics;

namespace Attractor.Learning;

/// <summary>Observations to learn from, one row each.</summary>
public abstract class SampleSet
{
    /// <summary>N, how many there are.</summary>
    public abstract int Count { get; }

    /// <summary>D, the variables of each.</summary>
    public abstract int Dimension { get; }

    /// <summary>The rows of a series, each an observation by itself.</summary>
    public static SampleSet Of(TimeSeries rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return new RowSamples(rows);
    }

    /// <summary>
    /// Rows that need not be in memory, such as those of a <see cref="RowStore"/>, each an observation by itself. A training reads them in
    /// another order at every epoch and keeps 4 bytes a row: blocks of 256 kB are shuffled, and the rows within 16 MB of them. Up to that
    /// many the bits are those of a series of them; beyond, those of another order, whatever the number of threads.
    /// </summary>
    /// <param name="rows">At most 2^31 - 1; they are read on several threads at once.</param>
    /// <exception cref="ArgumentException">There are more.</exception>
    public static SampleSet Of(IRowSource rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return rows.Count <= int.MaxValue
            ? new StoredSamples(rows, (int)rows.Count, null)
            : throw new ArgumentException($"{rows.Count} rows, expected at most {int.MaxValue}.", nameof(rows));
    }

    /// <summary>Images, binarised as they are taken.</summary>
    /// <param name="images">Any.</param>
    /// <param name="binarization">What becomes of grey pixels; sampled ones are drawn anew at every epoch of a training.</param>
    public static SampleSet Of(ImageSet images, Binarization binarization = Binarization.None)
    {
        ArgumentNullException.ThrowIfNull(images);
        return new ImageSamples(images, binarization);
    }

    /// <summary>The first of them.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer, or none are asked for.</exception>
    public abstract SampleSet Take(int count);

    /// <summary>The same in other units, computed before they are rounded to float32.</summary>
    /// <exception cref="ArgumentException">They have no units.</exception>
    internal virtual SampleSet In(Standardization? units)
        => units is null ? this : throw new ArgumentException("Images have no units to be standardised.");

    /// <summary>The order in which an epoch goes through them: N numbers from 0, each once.</summary>
    internal virtual int[] Order(ulong seed, int epoch)
        => Permutation.Draw(Count, new(seed, MinibatchTrainer.OrderOfSamples, (ulong)epoch));

    /// <summary>Copies some of them into a batch.</summary>
    /// <param name="positions">Which: n numbers from 0.</param>
    /// <param name="batch">n x D.</param>
    /// <param name="seed">Of what is drawn anew at every epoch.</param>
    /// <param name="epoch">The epoch, from 0.</param>
    internal abstract void Gather<T>(ReadOnlySpan<int> positions, Span<T> batch, ulong seed, int epoch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>
    /// The first value that cannot be observed, by <paramref name="refusal"/>: its sample, its variable, and why. Null if there is none.
    /// </summary>
    internal abstract (int Sample, int Variable, double Value, string Why)? FindRefused(Func<double, string?> refusal);
}
