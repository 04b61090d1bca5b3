using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Attractor.Data;

namespace Attractor.Runs;

/// <summary>Takes the values of data, and tells them from all others: how many they are, and their SHA-256.</summary>
/// <remarks>Of the values, not of a file: the same numbers as text or packed are the same data.</remarks>
public sealed class ValueHash : IDisposable
{
    private const int BlockRows = 4096;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _count;

    /// <summary>Takes values.</summary>
    public void Add(ReadOnlySpan<double> values)
    {
        _count += values.Length;
        _hash.AppendData(MemoryMarshal.AsBytes(values));
    }

    /// <summary>Takes the values of a series, and how they are divided into rows.</summary>
    public void Add(TimeSeries series)
    {
        ArgumentNullException.ThrowIfNull(series);
        AddShape(series.Length, series.Dimension);
        Add(series.Values);
    }

    internal void Add(ImageSet images)
    {
        AddShape(images.Count, images.Height, images.Width);
        _count += images.Pixels.Length;
        _hash.AppendData(MemoryMarshal.AsBytes(images.Pixels));
    }

    internal void Add(IRowSource rows)
    {
        int columns = rows.Names.Count;
        AddShape(rows.Count, columns);
        double[] block = new double[(int)Math.Min(BlockRows, rows.Count) * columns];
        for (long first = 0; first < rows.Count; first += BlockRows)
        {
            Span<double> read = block.AsSpan(0, (int)Math.Min(BlockRows, rows.Count - first) * columns);
            rows.Read(first, read);
            Add(read);
        }
    }

    /// <summary>What was taken, in words without a space: <c>800 values</c> becomes <c>800:</c> and sixteen bytes in hexadecimal.</summary>
    public string ToText()
        => string.Create(CultureInfo.InvariantCulture, $"{_count}:{Convert.ToHexStringLower(_hash.GetCurrentHash().AsSpan(0, 16))}");

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();

    private void AddShape(params ReadOnlySpan<long> sizes) => _hash.AppendData(MemoryMarshal.AsBytes(sizes));
}
