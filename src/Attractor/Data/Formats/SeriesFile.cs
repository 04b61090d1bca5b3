namespace Attractor.Data;

/// <summary>Reads and writes series as files: .npy and .npz (NumPy), .csv and .tsv (text).</summary>
/// <remarks>
/// The extension says the format; contents that are plainly the other of NumPy's two formats are read as what they are. Every failure is an
/// <see cref="InvalidDataException"/>, a <see cref="FileNotFoundException"/> or an <see cref="IOException"/> whose message is
/// one line that starts with the name of the file.
/// </remarks>
public static class SeriesFile
{
    /// <summary>The most values one file may hold: 2 GiB as float64.</summary>
    internal const int MaxValues = 1 << 28;

    private const string Known = ".npy, .npz, .csv or .tsv";

    /// <summary>Reads a file that holds one series.</summary>
    /// <param name="path">A .npy, .npz, .csv or .tsv file of shape (T, N), or (T) for one variable.</param>
    /// <param name="dt">Time between two rows, which these formats do not record.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is empty, damaged, of an unknown kind, or holds several series.</exception>
    /// <exception cref="IOException">The path is a directory, or the file cannot be read.</exception>
    public static TimeSeries Read(string path, double dt = 1)
    {
        IReadOnlyList<TimeSeries> trials = ReadTrials(path, dt);
        return trials.Count == 1
            ? trials[0]
            : throw new InvalidDataException(
                $"{FileErrors.NameOf(path)}: holds {trials.Count} arrays, expected one series; save the one that is meant, "
                + $"or read them as trials");
    }

    /// <summary>
    /// Reads a file that holds one or several series of the same variables: each array of a .npz is one, in the order of the archive.
    /// </summary>
    /// <param name="path">A .npy, .npz, .csv or .tsv file of arrays of shape (T, N), or (T) for one variable.</param>
    /// <param name="dt">Time between two rows, which these formats do not record.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is empty, damaged or of an unknown kind.</exception>
    /// <exception cref="IOException">The path is a directory, or the file cannot be read.</exception>
    public static IReadOnlyList<TimeSeries> ReadTrials(string path, double dt = 1)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return FileErrors.Named(path, () =>
        {
            using FileStream file = FileErrors.Open(path, Known);
            return ReadContents(file, FormatOf(path), dt);
        });
    }

    /// <summary>Writes one series, replacing the file in one step.</summary>
    /// <param name="path">Where to; the extension (.npy, .npz, .csv or .tsv) says the format.</param>
    /// <param name="series">What; its time step is not recorded, its names only in text.</param>
    /// <param name="float32">Whether to round the values to float32, for half the size; float64 otherwise.</param>
    /// <exception cref="InvalidDataException">The extension is unknown, or a column's name cannot be written as text.</exception>
    /// <exception cref="IOException">The file cannot be written; one that was there before is unharmed.</exception>
    public static void Write(string path, TimeSeries series, bool float32 = false)
    {
        ArgumentNullException.ThrowIfNull(series);
        WriteTrials(path, [series], float32);
    }

    /// <summary>
    /// Writes several series of the same variables to one .npz file, as arr_0, arr_1, ...; a single one to a file of any format.
    /// </summary>
    /// <param name="path">Where to; the extension (.npy, .npz, .csv or .tsv) says the format.</param>
    /// <param name="trials">What, in this order.</param>
    /// <param name="float32">Whether to round the values to float32, for half the size; float64 otherwise.</param>
    /// <exception cref="ArgumentException">There is no trial.</exception>
    /// <exception cref="InvalidDataException">The extension is unknown or holds one series only, or a column's
    /// name cannot be written as text.</exception>
    /// <exception cref="IOException">The file cannot be written; one that was there before is unharmed.</exception>
    public static void WriteTrials(string path, IReadOnlyList<TimeSeries> trials, bool float32 = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(trials);
        if (trials.Count == 0)
            throw new ArgumentException("There are no trials to write.", nameof(trials));
        FileErrors.Named(path, () =>
        {
            FileFormat format = FormatOf(path);
            if (trials.Count > 1 && format != FileFormat.Npz)
                throw new InvalidDataException($"cannot hold {trials.Count} trials; write them to a .npz file");
            if (Directory.Exists(path))
                throw new IOException("is a directory, expected the name of a file");
            AtomicFile.Write(path, file => WriteContents(file, format, trials, float32));
            return true;
        });
    }

    private static TimeSeries[] ReadContents(Stream file, FileFormat format, double dt)
    {
        switch (Contents(file, format))
        {
            case FileFormat.Npz:
                return [.. NpzArchive.Read(file).Select(array => new TimeSeries(array.Values, array.Columns, dt))];
            case FileFormat.Npy:
                (double[] values, int columns) = NpyReader.Read(file, file.Length);
                return [new TimeSeries(values, columns, dt)];
            default:
                (double[] cells, int cellColumns, IReadOnlyList<string>? names) = CsvSeriesReader.Read(file);
                return [new TimeSeries(cells, cellColumns, dt, names)];
        }
    }

    private static void WriteContents(Stream file, FileFormat format, IReadOnlyList<TimeSeries> trials, bool float32)
    {
        switch (format)
        {
            case FileFormat.Npz:
                NpzArchive.Write(file, trials, float32);
                break;
            case FileFormat.Npy:
                NpyWriter.Write(file, trials[0], float32);
                break;
            default:
                CsvSeriesWriter.Write(file, trials[0], format == FileFormat.Tsv ? '\t' : ',', float32);
                break;
        }
    }

    /// <summary>The format that the extension of a path says.</summary>
    /// <exception cref="InvalidDataException">It says none of those known.</exception>
    internal static FileFormat FormatOf(string path, string known = Known) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".NPY" => FileFormat.Npy,
        ".NPZ" => FileFormat.Npz,
        ".CSV" => FileFormat.Csv,
        ".TSV" => FileFormat.Tsv,
        "" => throw new InvalidDataException($"has no extension, expected {known}"),
        string other
            => throw new InvalidDataException($"has the extension {Excerpt.Of(other.ToLowerInvariant().AsSpan())}, expected {known}"),
    };

    /// <summary>The format of the contents: the two binary formats announce themselves; text does not.</summary>
    internal static FileFormat Contents(Stream file, FileFormat format)
    {
        Span<byte> start = stackalloc byte[6];
        int length = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        file.Position = 0;
        if (start[..length].StartsWith(NpyHeader.Magic))
            return FileFormat.Npy;
        return start[..length].StartsWith("PK\u0003\u0004"u8) ? FileFormat.Npz : format;
    }
}
