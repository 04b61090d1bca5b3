using System.IO.Compression;

namespace Attractor.Data;

/// <summary>NumPy's .npz: a zip archive of .npy arrays, each a trial.</summary>
internal static class NpzArchive
{
    private const string Suffix = ".npy";

    // Deflate codes at most 258 bytes in 2 bits (plus a little): no honest entry unpacks to more than this many times its size.
    private const long LargestRatio = 1032;

    /// <summary>The arrays in the order of the archive; of one that is no series the fault.</summary>
    /// <param name="file">A seekable stream.</param>
    /// <exception cref="InvalidDataException">The archive is damaged.</exception>
    public static List<ArchiveEntry> Entries(Stream file)
    {
        using ZipArchive archive = Open(file);
        List<ArchiveEntry> entries = [];
        foreach (ZipArchiveEntry entry in Arrays(archive))
        {
            try
            {
                NpyHeader header = Guarded("", () =>
                {
                    using Stream stream = entry.Open();
                    return NpyHeader.Read(stream, highestRank: 3);
                });
                entries.Add(new(NameOf(entry), header.Rank < 3
                    ? header.Rank == 1 ? [header.Rows] : [header.Rows, header.Columns]
                    : [header.Rows, header.Height, header.Width]));
            }
            catch (InvalidDataException e)
            {
                // A single number beside arrays is no damage.
                bool isNumber = e.Message.Contains("of shape ()", StringComparison.Ordinal);
                entries.Add(new(NameOf(entry), []) { Fault = e.Message[2..], IsOther = isNumber });
            }
        }
        return entries;
    }

    /// <summary>Reads arrays in the order of the archive.</summary>
    /// <param name="file">A seekable stream.</param>
    /// <param name="names">Which; all if null.</param>
    /// <exception cref="InvalidDataException">The archive or an array in it is damaged, or not a series.</exception>
    public static List<(double[] Values, int Columns)> Read(Stream file, IReadOnlyList<string>? names)
    {
        using ZipArchive archive = Open(file);
        List<(double[] Values, int Columns)> arrays = [];
        long budget = SeriesFile.MaxValues;
        FileBudget memory = FileBudget.Of(file);
        foreach (ZipArchiveEntry entry in Arrays(archive))
        {
            if (names is not null && !names.Contains(NameOf(entry)))
                continue;
            string context = $"array '{Excerpt.Of(NameOf(entry).AsSpan())}'";
            IReadOnlyList<(double[] Values, int Columns)> trials = Guarded(context, () => ReadEntry(entry, file.Length, budget, memory));
            if (arrays.Count > 0 && trials[0].Columns != arrays[0].Columns)
                throw new InvalidDataException(
                    $"{context}: {trials[0].Columns} variables, expected {arrays[0].Columns} as in the first array");
            arrays.AddRange(trials);
            budget -= trials.Sum(trial => (long)trial.Values.Length);
        }
        return arrays.Count > 0
            ? arrays
            : throw new InvalidDataException("a zip archive without arrays, expected at least one .npy; save with np.savez");
    }

    /// <summary>Writes the trials as arr_0, arr_1, ..., stored, with a fixed date: the same trials give the same bytes.</summary>
    public static void Write(Stream file, IReadOnlyList<TimeSeries> trials, bool float32)
    {
        using ZipArchive archive = new(file, ZipArchiveMode.Create, leaveOpen: true);
        for (int i = 0; i < trials.Count; i++)
        {
            ZipArchiveEntry entry = archive.CreateEntry($"arr_{i}{Suffix}", CompressionLevel.NoCompression);
            entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
            using Stream stream = entry.Open();
            NpyWriter.Write(stream, trials[i], float32);
        }
    }

    /// <summary>Opens a zip archive; what is wrong with it is said as such.</summary>
    public static ZipArchive Open(Stream file)
        => Guarded("the zip archive is damaged", () => new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true));

    private static IEnumerable<ZipArchiveEntry> Arrays(ZipArchive archive)
        => Guarded("the zip archive is damaged", () => archive.Entries)
            .Where(entry => entry.FullName.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase));

    private static string NameOf(ZipArchiveEntry entry) => entry.FullName[..^Suffix.Length];

    private static IReadOnlyList<(double[] Values, int Columns)> ReadEntry(
        ZipArchiveEntry entry, long archiveLength, long budget, FileBudget memory)
    {
        if (entry.IsEncrypted)
            throw new InvalidDataException("encrypted; save it without a password");
        if (entry.CompressedLength > archiveLength || entry.Length > LargestRatio * (entry.CompressedLength + 1))
            throw new InvalidDataException(
                $"damaged: {entry.Length} bytes cannot come from {entry.CompressedLength} in an archive of {archiveLength}");
        using Stream unpacked = entry.Open();
        Crc32Stream stream = new(unpacked);
        IReadOnlyList<(double[] Values, int Columns)> array = NpyReader.ReadTrials(stream, entry.Length, budget, memory);
        if (stream.ReadByte() >= 0)
            throw new InvalidDataException($"damaged: unpacks to more than the {entry.Length} bytes it declares");
        if (stream.Checksum != entry.Crc32)
            throw new InvalidDataException($"damaged: checksum {stream.Checksum:x8}, expected {entry.Crc32:x8}");
        return array;
    }

    // The platform reports a damaged archive through several types of exception, depending on where the damage is.
    private static T Guarded<T>(string context, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (EndOfStreamException e)
        {
            throw new InvalidDataException($"{context}: damaged: ends before it is whole", e);
        }
        catch (Exception e) when (e is InvalidDataException or NotSupportedException or ArgumentException
            or OverflowException)
        {
            throw new InvalidDataException($"{context}: {Excerpt.Reason(e)}", e);
        }
    }
}
