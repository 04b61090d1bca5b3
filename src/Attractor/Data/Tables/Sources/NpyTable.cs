namespace Attractor.Data;

/// <summary>The rows of a .npy file.</summary>
internal sealed class NpyTable : TableReader
{
    private const int ChunkLength = 1 << 16;

    private readonly Stream _file;
    private readonly NpyHeader _header;

    // Of a row-major file all columns, of a column-major one those wanted, and the place of each among them.
    private readonly int[] _places;
    private int[] _wanted = [];
    private int _rowsPerChunk;
    private double[] _elements = [];
    private byte[] _bytes = [];
    private long _first;
    private int _count;

    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public NpyTable(Stream file)
    {
        _file = file;
        // A file of any size is read, and the blocks of it are small: only the columns are bounded.
        _header = NpyReader.ReadHeader(file, file.Length, highestRank: 2, mostValues: 1L << 59);
        if (_header.Columns > MostColumns)
            throw new InvalidDataException(
                $"{_header.Rows} rows of {_header.Columns} columns, expected at most {MostColumns} columns; "
                + "a row is a case, a column a variable");
        Names = ColumnSelection.Numbered(_header.Columns);
        _places = [.. Enumerable.Range(0, _header.Columns)];
    }

    public override IReadOnlyList<string> Names { get; }

    public override long? Rows => _header.Rows;

    public override long? BytesRead => _header.Length + ((Row + 1) * _header.Columns * _header.Element.Size);

    internal override int? BlockLength => _rowsPerChunk;

    public override void Select(IReadOnlyList<int> columns)
    {
        _wanted = [.. columns];
        if (_header.ColumnMajor)
            for (int n = 0; n < _wanted.Length; n++)
                _places[_wanted[n]] = n;
        _rowsPerChunk = Math.Max(1, ChunkLength / Stride);
        _elements = new double[_rowsPerChunk * Stride];
        _bytes = new byte[_elements.Length * _header.Element.Size];
    }

    public override bool IsText(int column) => false;

    public override double Number(int column) => _header.ColumnMajor
        ? _elements[(_places[column] * _rowsPerChunk) + (int)(Row - _first)]
        : _elements[((int)(Row - _first) * Stride) + column];

    protected override bool Advance()
    {
        long row = Row + 1;
        if (row == _header.Rows)
            return false;
        if (row == _first + _count)
            Fill(row);
        return true;
    }

    private int Stride => _header.ColumnMajor ? _wanted.Length : _header.Columns;

    private void Fill(long row)
    {
        (_first, _count) = (row, (int)Math.Min(_rowsPerChunk, _header.Rows - row));
        if (!_header.ColumnMajor)
        {
            Decode(row * Stride, _elements.AsSpan(0, _count * Stride));
            return;
        }
        for (int n = 0; n < _wanted.Length; n++)
            Decode((_wanted[n] * _header.Rows) + row, _elements.AsSpan(n * _rowsPerChunk, _count));
    }

    private void Decode(long first, Span<double> elements)
    {
        int size = _header.Element.Size;
        Span<byte> bytes = _bytes.AsSpan(0, elements.Length * size);
        _file.Position = _header.Length + (first * size);
        if (_file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
            throw new InvalidDataException($"truncated while it was read: {_header.DataLength} bytes of data were expected");
        _header.Element.Decode(bytes, elements);
    }
}
