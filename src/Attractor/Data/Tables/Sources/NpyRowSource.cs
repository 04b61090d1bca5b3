namespace Attractor.Data;

/// <summary>The rows of a .npy file.</summary>
internal sealed class NpyRowSource : RowSource
{
    private const int ChunkLength = 1 << 16;

    private readonly NpyHeader _header;
    private readonly byte[] _bytes;
    private readonly double[] _elements;
    private long _row;

    private NpyRowSource(FileStream file, NpyHeader header, ColumnReader[] readers)
        : base(file, readers)
    {
        _header = header;
        _elements = new double[Math.Max(ChunkLength, header.Columns)];
        _bytes = new byte[_elements.Length * header.Element.Size];
    }

    public override long? Rows => _header.Rows;

    public override long Bytes => _header.Length + (_row * _header.Columns * _header.Element.Size);

    /// <exception cref="InvalidDataException">The file is damaged, or lacks a column.</exception>
    public static NpyRowSource Open(FileStream file, IReadOnlyList<ColumnRequest> columns)
    {
        NpyHeader header = Header(file);
        return new(file, header, ColumnSelection.Select(null, header.Columns, columns, isText: false));
    }

    public static IReadOnlyList<string> Names(FileStream file) => ColumnSelection.Numbered(Header(file).Columns);

    public override int Read(Span<double> rows)
    {
        int perChunk = _header.ColumnMajor ? ChunkLength : Math.Max(1, ChunkLength / _header.Columns);
        int count = (int)Math.Min(Math.Min(rows.Length / Readers.Length, perChunk), _header.Rows - _row);
        if (count <= 0)
            return 0;
        if (_header.ColumnMajor)
            ReadColumns(rows, count);
        else
            ReadRows(rows, count);
        _row += count;
        return count;
    }

    // A file of any size is read, and the blocks of it are small: only the columns are bounded.
    private static NpyHeader Header(FileStream file)
    {
        NpyHeader header = NpyReader.ReadHeader(file, file.Length, highestRank: 2, mostValues: 1L << 59);
        return header.Columns <= MostColumns
            ? header
            : throw new InvalidDataException(
                $"{header.Rows} rows of {header.Columns} columns, expected at most {MostColumns} columns; a row is a case, "
                + $"a column a variable");
    }

    private void ReadRows(Span<double> rows, int count)
    {
        ReadOnlySpan<double> elements = Elements(_row * _header.Columns, count * _header.Columns);
        for (int r = 0; r < count; r++)
        {
            for (int n = 0; n < Readers.Length; n++)
                rows[(r * Readers.Length) + n] = Readers[n].Read(elements[(r * _header.Columns) + Readers[n].Position], _row + r);
        }
    }

    private void ReadColumns(Span<double> rows, int count)
    {
        for (int n = 0; n < Readers.Length; n++)
        {
            ReadOnlySpan<double> elements = Elements((Readers[n].Position * _header.Rows) + _row, count);
            for (int r = 0; r < count; r++)
                rows[(r * Readers.Length) + n] = Readers[n].Read(elements[r], _row + r);
        }
    }

    private ReadOnlySpan<double> Elements(long first, int count)
    {
        int size = _header.Element.Size;
        Span<byte> bytes = _bytes.AsSpan(0, count * size);
        long offset = _header.Length + (first * size);
        for (int read = 0; read < bytes.Length;)
        {
            int more = RandomAccess.Read(File.SafeFileHandle, bytes[read..], offset + read);
            if (more == 0)
                throw new InvalidDataException($"truncated while it was read: {_header.DataLength} bytes of data were expected");
            read += more;
        }
        _header.Element.Decode(bytes, _elements.AsSpan(0, count));
        return _elements.AsSpan(0, count);
    }
}
