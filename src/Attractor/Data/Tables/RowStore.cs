using System.Diagnostics;
using System.Runtime.InteropServices;
using Attractor.Numerics;

namespace Attractor.Data;

/// <summary>Columns of a file as rows of float64 in a scratch file on disk, for data that do not fit in memory.</summary>
/// <remarks>
/// The scratch file takes 8 bytes a value in the folder of temporary files, and goes when the store is disposed or the process ends,
/// however it ends. Reading is safe on several threads at once.
/// </remarks>
public sealed class RowStore : IRowSource, IDisposable
{
    // Bytes of a span are counted by an int.
    private const int LargestRead = 1 << 24;

    private static readonly TimeSpan s_betweenReports = TimeSpan.FromSeconds(0.25);

    private readonly ScratchFile _scratch;

    private RowStore(ScratchFile scratch, IReadOnlyList<ColumnRequest> columns, ColumnSummary summary)
    {
        _scratch = scratch;
        Columns = columns;
        Count = summary.Rows;
        Names = [.. columns.Select(c => c.Name)];
        Profiles = summary.ToProfiles();
    }

    /// <summary>The number of rows.</summary>
    public long Count { get; }

    /// <summary>The columns as they were requested, each <see cref="ColumnKind.Category"/> with its levels.</summary>
    public IReadOnlyList<ColumnRequest> Columns { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Names { get; }

    /// <inheritdoc/>
    public IReadOnlyList<ColumnProfile> Profiles { get; }

    /// <summary>Every column of a file, all of them numbers.</summary>
    /// <inheritdoc cref="Create(string, IReadOnlyList{ColumnRequest}, IProgress{TableProgress}?, CancellationToken)"/>
    public static RowStore Create(
        string path, IProgress<TableProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        IReadOnlyList<string> names = FileErrors.Named(path, () => RowSource.Names(path));
        return Create(path, [.. names.Select(name => new ColumnRequest(name, ColumnKind.Real))], progress, cancellationToken);
    }

    /// <summary>
    /// Reads a file once from front to back, with a few megabytes of memory, checking every cell of the requested columns as
    /// <see cref="TableFile.Read"/> does.
    /// </summary>
    /// <param name="path">A .csv or .tsv file, a .npy file of shape (T, N) or (T), or one of another format.</param>
    /// <param name="columns">Which columns, in the order in which they are wanted.</param>
    /// <param name="progress">Told a few times a second, and at the end.</param>
    /// <param name="cancellationToken">Ends it before its time.</param>
    /// <exception cref="ArgumentException">No column is requested, or one of them makes no sense.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is empty, damaged or of an unknown kind, lacks a column, or has a cell that is not
    /// what it should be.</exception>
    /// <exception cref="IOException">The path is a directory, the file cannot be read, or the disk of the scratch file is full.</exception>
    public static RowStore Create(
        string path,
        IReadOnlyList<ColumnRequest> columns,
        IProgress<TableProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ColumnSelection.Validate(columns);
        return FileErrors.Named(path, () =>
        {
            using RowSource source = RowSource.Open(path, columns);
            ScratchFile scratch = ScratchFile.Create(Path.GetTempPath());
            try
            {
                ColumnSummary summary = Copy(source, scratch, columns.Count, progress, cancellationToken);
                return new RowStore(scratch, source.Columns, summary);
            }
            catch
            {
                scratch.Dispose();
                throw;
            }
        });
    }

    /// <summary>Reads successive rows. A missing value is a NaN, a category the index of its level.</summary>
    /// <param name="first">The first of them, counting from 0.</param>
    /// <param name="rows">R x N values, row-major: as many rows as fill it.</param>
    /// <exception cref="ArgumentException">The span is not a whole number of rows.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The rows are not all in the store.</exception>
    /// <exception cref="ObjectDisposedException">The store has been disposed.</exception>
    public void Read(long first, Span<double> rows)
    {
        if (rows.Length % Columns.Count != 0)
            throw new ArgumentException($"{rows.Length} values are not a whole number of rows of {Columns.Count}.", nameof(rows));
        int length = rows.Length / Columns.Count;
        if (first < 0 || first > Count - length)
            throw new ArgumentOutOfRangeException(
                nameof(first), first, $"Rows {first} to {first + length - 1} are wanted of {Count} (counting from 0).");
        long offset = first * Columns.Count * sizeof(double);
        while (rows.Length > 0)
        {
            Span<double> part = rows[..Math.Min(rows.Length, LargestRead)];
            _scratch.Read(offset, MemoryMarshal.AsBytes(part));
            offset += (long)part.Length * sizeof(double);
            rows = rows[part.Length..];
        }
    }

    /// <summary>The rows in standardised variables, in a scratch file of their own; the same bits as of a series of them.</summary>
    /// <param name="units">The means and scales, such as <see cref="Standardization.OfRows"/> finds.</param>
    /// <param name="cancellationToken">Ends it before its time.</param>
    /// <exception cref="ArgumentException">The units are not for as many columns.</exception>
    /// <exception cref="IOException">The disk of the scratch file is full.</exception>
    public RowStore Standardize(Standardization units, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(units);
        units.Require(Columns.Count, nameof(units));
        return Map([(0, Count)], (rows, _) => units.Apply(rows.Span, rows.Span), cancellationToken);
    }

    /// <summary>The rows with Gaussian noise, in a scratch file; the same bits as <see cref="TimeSeries.WithNoise"/>.</summary>
    /// <param name="level">Standard deviation of the noise in units of that of each column.</param>
    /// <param name="seed">Seed of the noise.</param>
    /// <param name="cancellationToken">Ends it before its time.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="level"/> is negative or not finite.</exception>
    /// <exception cref="IOException">The disk of the scratch file is full.</exception>
    public RowStore WithNoise(double level, ulong seed, CancellationToken cancellationToken = default)
        => WithNoise(level, seed, [(0, Count)], cancellationToken);

    /// <summary>The same of recordings one after the other, each with noise of its own deviations and of the next seed.</summary>
    /// <param name="level">Standard deviation of the noise in units of that of each column of a recording.</param>
    /// <param name="seed">Seed of the noise of the first of them.</param>
    /// <param name="recordings">Where each begins, and its rows, in their order: all rows of the store.</param>
    /// <param name="cancellationToken">Ends it before its time.</param>
    /// <exception cref="ArgumentException">They are not all rows in their order.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="level"/> is negative or not finite.</exception>
    /// <exception cref="IOException">The disk of the scratch file is full.</exception>
    public RowStore WithNoise(
        double level,
        ulong seed,
        IReadOnlyList<(long First, long Count)> recordings,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(recordings);
        TimeSeries.RequireNoiseLevel(level);
        long next = 0;
        foreach ((long first, long count) in recordings)
            if (first != next || (next += count) > Count || count < 0)
                throw new ArgumentException(
                    $"A recording of {count} rows from row {first}, expected all {Count} rows in their order.", nameof(recordings));
        if (next != Count)
            throw new ArgumentException($"Recordings of {next} rows, expected all {Count}.", nameof(recordings));
        int at = -1;
        double[] amplitude = [];
        RandomStream stream = new(seed, TimeSeries.NoiseStream);
        return Map(recordings, (rows, recording) =>
        {
            if (recording != at)
            {
                at = recording;
                RowRange own = new(this, recordings[recording].First, recordings[recording].Count);
                amplitude = [.. ColumnMoments.Of(own).Select(moments => level * moments.Deviation)];
                stream = new(seed + (ulong)recording, TimeSeries.NoiseStream);
            }
            TimeSeries.AddNoise(rows.Span, amplitude, stream);
        }, cancellationToken);
    }

    private RowStore Map(
        IReadOnlyList<(long First, long Count)> parts, Action<Memory<double>, int> change, CancellationToken cancellationToken)
    {
        const int BlockRows = 4096;
        ScratchFile scratch = ScratchFile.Create(Path.GetTempPath());
        try
        {
            ColumnSummary summary = new(Columns.Count);
            double[] block = new double[(int)Math.Min(BlockRows, Count) * Columns.Count];
            for (int part = 0; part < parts.Count; part++)
            {
                long end = parts[part].First + parts[part].Count;
                for (long first = parts[part].First; first < end; first += BlockRows)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    Memory<double> rows = block.AsMemory(0, (int)Math.Min(BlockRows, end - first) * Columns.Count);
                    Read(first, rows.Span);
                    change(rows, part);
                    scratch.Append(MemoryMarshal.AsBytes(rows.Span));
                    summary.Add(rows.Span);
                }
            }
            return new(scratch, Columns, summary);
        }
        catch
        {
            scratch.Dispose();
            throw;
        }
    }

    /// <summary>Removes the scratch file.</summary>
    public void Dispose() => _scratch.Dispose();

    private static ColumnSummary Copy(
        RowSource source, ScratchFile scratch, int columns, IProgress<TableProgress>? progress, CancellationToken cancellationToken)
    {
        RowBlock block = new(columns);
        Stopwatch watch = Stopwatch.StartNew();
        TimeSpan reported = TimeSpan.Zero;
        while (block.Fill(source))
        {
            cancellationToken.ThrowIfCancellationRequested();
            scratch.Append(MemoryMarshal.AsBytes(block.Values));
            if (watch.Elapsed - reported >= s_betweenReports)
            {
                reported = watch.Elapsed;
                Report(source.Bytes);
            }
        }
        Report(source.TotalBytes);
        return block.Summary;

        void Report(long bytes)
            => progress?.Report(
                new(block.Summary.Rows, bytes, source.TotalBytes, block.Summary.Rows / Math.Max(watch.Elapsed.TotalSeconds, 1e-9)));
    }
}
