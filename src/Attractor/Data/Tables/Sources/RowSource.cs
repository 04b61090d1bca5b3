namespace Attractor.Data;

/// <summary>The requested columns of a file, read once from front to back.</summary>
internal abstract class RowSource(FileStream file, ColumnReader[] readers) : IDisposable
{
    /// <summary>The most columns of a file: a row of them fits in a few megabytes.</summary>
    protected const int MostColumns = 1 << 16;

    private const string Known = ".csv, .tsv or .npy";

    /// <summary>The rows there are, where the file says so.</summary>
    public virtual long? Rows => null;

    /// <summary>The columns as they were requested, with the levels found so far.</summary>
    public IReadOnlyList<ColumnRequest> Columns => [.. Readers.Select(reader => reader.Resolved)];

    /// <summary>Bytes of the file read so far.</summary>
    public virtual long Bytes => File.Position;

    /// <summary>Bytes of the file.</summary>
    public long TotalBytes { get; } = file.Length;

    protected FileStream File { get; } = file;

    protected ColumnReader[] Readers { get; } = readers;

    /// <exception cref="InvalidDataException">The file is of an unknown kind or lacks a column.</exception>
    public static RowSource Open(string path, IReadOnlyList<ColumnRequest> columns)
        => Opened<RowSource>(path, file => NpyRowSource.Open(file, columns), file => TextRowSource.Open(file, columns));

    /// <summary>The names of all columns of a file.</summary>
    public static IReadOnlyList<string> Names(string path)
        => Opened<IReadOnlyList<string>>(path, NpyRowSource.Names, TextRowSource.Names);

    /// <summary>Fills <paramref name="rows"/>, R x N, from the front.</summary>
    /// <returns>Rows read; 0 at the end of the file.</returns>
    /// <exception cref="InvalidDataException">A cell is not what it should be, or the file is damaged.</exception>
    public abstract int Read(Span<double> rows);

    public virtual void Dispose() => File.Dispose();

    // The file stays open for a source, which then owns it.
    private static T Opened<T>(string path, Func<FileStream, T> binary, Func<FileStream, T> text)
    {
        FileStream file = FileErrors.Open(path, Known);
        T? opened = default;
        try
        {
            FileFormat format = SeriesFile.Contents(file, SeriesFile.FormatOf(path, Known));
            if (format == FileFormat.Npz)
                throw new InvalidDataException("an archive of arrays, expected one table; save the array that is meant with np.save");
            return opened = format == FileFormat.Npy ? binary(file) : text(file);
        }
        finally
        {
            if (opened is not RowSource)
                file.Dispose();
        }
    }
}
