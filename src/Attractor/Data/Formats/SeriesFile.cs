namespace Attractor.Data;

/// <summary>
/// Reads and writes series as files: .npy and .npz (NumPy), .csv and .tsv (text), and every <see cref="SeriesFormat"/> there is.
/// </summary>
/// <remarks>
/// The extension says the format; contents that announce themselves as of another are read as what they are. Every failure is an
/// <see cref="InvalidDataException"/>, a <see cref="FileNotFoundException"/> or an <see cref="IOException"/> whose message is
/// one line that starts with the name of the file.
/// </remarks>
public static class SeriesFile
{
    /// <summary>The most values one file may hold: 2 GiB as float64.</summary>
    public const int MaxValues = 1 << 28;

    /// <summary>Reads a file that holds one series.</summary>
    /// <param name="path">A file of a known format, .npy, .npz, .csv or .tsv, of shape (T, N), or (T) for one variable.</param>
    /// <param name="dt">Time between two rows; null for what the file says, or 1 of a format that does not record it.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is empty, damaged, of an unknown kind, or holds several series.</exception>
    /// <exception cref="IOException">The path is a directory, or the file cannot be read.</exception>
    public static TimeSeries Read(string path, double? dt = null)
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
    /// <param name="path">A file of a known format, .npy, .npz, .csv or .tsv, of arrays of shape (T, N), or (T) for one variable.</param>
    /// <param name="dt">Time between two rows; null for what the file says, or 1 of a format that does not record it.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is empty, damaged or of an unknown kind.</exception>
    /// <exception cref="IOException">The path is a directory, or the file cannot be read.</exception>
    public static IReadOnlyList<TimeSeries> ReadTrials(string path, double? dt = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return FileErrors.Named(path, () =>
        {
            string known = SeriesFormat.Listed();
            using DataStream file = DataStream.Open(path, known);
            IReadOnlyList<TimeSeries> trials = file.Format.Read(file.Stream, dt);
            return trials.Count > 0 ? trials : throw new InvalidDataException("holds no series");
        });
    }

    /// <summary>Writes one series, replacing the file in one step.</summary>
    /// <param name="path">Where to; the extension says the format.</param>
    /// <param name="series">What; its time step is not recorded, its names only in text.</param>
    /// <param name="float32">Whether to round the values to float32, for half the size; float64 otherwise.</param>
    /// <exception cref="InvalidDataException">The extension is unknown or of a format that is only read, or a column's name
    /// cannot be written as text.</exception>
    /// <exception cref="IOException">The file cannot be written; one that was there before is unharmed.</exception>
    public static void Write(string path, TimeSeries series, bool float32 = false)
    {
        ArgumentNullException.ThrowIfNull(series);
        WriteTrials(path, [series], float32);
    }

    /// <summary>
    /// Writes several series of the same variables to one file that can hold them, to .npz as arr_0, arr_1, ...; a single one to a file
    /// of any format.
    /// </summary>
    /// <param name="path">Where to; the extension says the format.</param>
    /// <param name="trials">What, in this order.</param>
    /// <param name="float32">Whether to round the values to float32, for half the size; float64 otherwise.</param>
    /// <exception cref="ArgumentException">There is no trial.</exception>
    /// <exception cref="InvalidDataException">The extension is unknown, or of a format that is only read or holds one series only, or a
    /// column's name cannot be written as text.</exception>
    /// <exception cref="IOException">The file cannot be written; one that was there before is unharmed.</exception>
    public static void WriteTrials(string path, IReadOnlyList<TimeSeries> trials, bool float32 = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(trials);
        if (trials.Count == 0)
            throw new ArgumentException("There are no trials to write.", nameof(trials));
        FileErrors.Named(path, () =>
        {
            SeriesFormat format = Writable(path);
            if (trials.Count > 1 && !format.HoldsTrials)
                throw new InvalidDataException(
                    $"cannot hold {trials.Count} trials; write them to a "
                    + $"{SeriesFormat.Listed(f => f is { CanWrite: true, HoldsTrials: true })} file");
            if (Directory.Exists(path))
                throw new IOException("is a directory, expected the name of a file");
            AtomicFile.Write(path, file => format.Write(file, trials, float32));
            return true;
        });
    }

    /// <summary>Whether what is at a path is there for whoever reads it a second time; what came through a pipe is not.</summary>
    public static bool CanBeReadAgain(string path) => PathKinds.Of(path) is not (PathKind.Pipe or PathKind.Device);

    /// <summary>Refuses, before any work, a name under which no series can be written.</summary>
    /// <exception cref="InvalidDataException">The extension is unknown or of a format that is only read.</exception>
    public static void RequireWritable(string path) => FileErrors.Named(path, () => Writable(path));

    private static SeriesFormat Writable(string path)
        => SeriesFormat.Of(path, SeriesFormat.Listed(f => f.CanWrite)) is { CanWrite: true } format
            ? format
            : throw new InvalidDataException(
                $"{Path.GetExtension(path)} files can be read but not written; write {SeriesFormat.Listed(f => f.CanWrite)}");
}
