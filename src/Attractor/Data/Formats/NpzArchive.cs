using System.IO.Compression;

namespace Attractor.Data;

/// <summary>NumPy's .npz: a zip archive of .npy arrays, each a trial.</summary>
internal static class NpzArchive
{
    private const string Suffix = ".npy";

    // Deflate codes at most 258 bytes in 2 bits (plus a little): no honest entry unpacks to more than this many times its size.
    private const long LargestRatio = 1032;

    /// <summary>Reads every array in the order of the archive.</summary>
    /// <param name="file">A seekable stream.</param>
    /// <exception cref="InvalidDataException">The archive or an array in it is damaged, or not a series.</exception>
    public static List<(double[] Values, int Columns)> Read(Stream file)
    {
        using ZipArchive archive = Guarded("the zip archive is damaged", () => new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true));
        List<(double[] Values, int Columns)> arrays = [];
        long budget = SeriesFile.MaxValues;
        foreach (ZipArchiveEntry entry in Guarded("the zip archive is damaged", () => archive.Entries))
        {
            if (!entry.FullName.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase))
                continue;
            string context = $"array '{Excerpt.Of(entry.FullName.AsSpan(0, entry.FullName.Length - Suffix.Length))}'";
            (double[] Values, int Columns) array = Guarded(context, () => ReadEntry(entry, file.Length, budget));
            if (arrays.Count > 0 && array.Columns != arrays[0].Columns)
                throw new InvalidDataException($"{context}: {array.Columns} variables, expected {arrays[0].Columns} as in the first array");
            arrays.Add(array);
            budget -= array.Values.Length;
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

    private static (double[] Values, int Columns) ReadEntry(ZipArchiveEntry entry, long archiveLength, long budget)
    {
        if (entry.IsEncrypted)
            throw new InvalidDataException("encrypted; save it without a password");
        if (entry.CompressedLength > archiveLength || entry.Length > LargestRatio * (entry.CompressedLength + 1))
            throw new InvalidDataException(
                $"damaged: {entry.Length} bytes cannot come from {entry.CompressedLength} in an archive of {archiveLength}");
        using Stream unpacked = entry.Open();
        Crc32Stream stream = new(unpacked);
        (double[] Values, int Columns) array = NpyReader.Read(stream, entry.Length, budget);
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
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or NotSupportedException or ArgumentException
            or OverflowException)
        {
            throw new InvalidDataException($"{context}: {Excerpt.FirstLine(e.Message)}", e);
        }
    }
}
