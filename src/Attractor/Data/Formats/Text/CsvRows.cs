using System.Runtime.CompilerServices;
using System.Text;
using CsvHelper;

namespace Attractor.Data;

/// <summary>The rows of a text file, one at a time: cells separated by commas, semicolons or tabs, under a header or none.</summary>
/// <remarks>
/// What CsvHelper itself refuses leaves as a <see cref="CsvFormatException"/>, which <see cref="FileErrors.Named"/> puts into words.
/// </remarks>
internal sealed class CsvRows : IDisposable
{
    // Cells with more characters than a number has are none.
    private const int LongestNumber = 64;

    private readonly CsvReader _reader;
    private readonly CsvDialect _dialect;

    // Blank rows to deliver before the row that the reader stands on, and whether that one is still to be delivered.
    private long _blankRows;
    private bool _held;
    private bool _onBlankRow;
    private bool _anyRow;
    private HashSet<int> _unnamed = [];

    private CsvRows(CsvReader reader, CsvDialect dialect) => (_reader, _dialect) = (reader, dialect);

    /// <summary>Cells of each row.</summary>
    public int Columns { get; private set; }

    /// <summary>The names in the header, if there is one; x1, x2, ... where it is empty.</summary>
    public IReadOnlyList<string>? Names { get; private set; }

    /// <summary>Whether the file has a header that leaves a column without a name.</summary>
    public bool IsUnnamed(int column) => _unnamed.Contains(column);

    /// <summary>The line of the file that the row starts on, counting from 1.</summary>
    public long Line => _reader.LineNumber + _dialect.Start.Lines;

    /// <summary>What is to be said of how the file is written.</summary>
    public FormattableString? Note => _dialect.Note;

    /// <summary>Rows of numbers, whose cells are a line's.</summary>
    /// <param name="file">A seekable stream of UTF-8, or of UTF-16 with a byte order mark; it stays open.</param>
    /// <exception cref="InvalidDataException">There is no row.</exception>
    public static CsvRows OfNumbers(Stream file) => Open(file, longestRow: 1 << 24, mostColumns: int.MaxValue, lineBreaks: false);

    /// <summary>Rows of anything, so that a quoted cell may hold line breaks.</summary>
    /// <param name="file">A seekable stream of UTF-8, or of UTF-16 with a byte order mark; it stays open.</param>
    /// <param name="mostColumns">More are refused before their names are read.</param>
    /// <exception cref="InvalidDataException">There is no row, or it has more columns.</exception>
    public static CsvRows OfAnything(Stream file, int mostColumns) => Open(file, longestRow: 1 << 21, mostColumns, lineBreaks: true);

    /// <summary>
    /// All values of a file that holds nothing else, T x N; null if that is not so, and then the rows say what it holds. The file stands
    /// anywhere afterwards.
    /// </summary>
    /// <param name="file">The file that the rows are those of.</param>
    public double[]? TryValues(Stream file)
    {
        if (_dialect.TrailingSeparator || DataStart(file, _dialect, Names is not null) is not { } start)
            return null;
        file.Position = start;
        return CsvBlocks.Read(file, (byte)_dialect.Separator, Columns, (byte)(_dialect.DecimalComma ? ',' : '.'));
    }

    // Where the first row begins; null where that takes more than a look at the first line.
    private static long? DataStart(Stream file, CsvDialect dialect, bool hasHeader)
    {
        const int LongestHeader = 1 << 16;
        long before = dialect.Start.Offset;
        if (dialect.Names is not null)
            return before;
        byte[] start = new byte[(int)Math.Min(LongestHeader, file.Length - before)];
        file.Position = before;
        file.ReadExactly(start);
        if (start is [0xFE, 0xFF, ..] or [0xFF, 0xFE, ..])
            return null;
        int from = start is [0xEF, 0xBB, 0xBF, ..] ? 3 : 0;
        if (!hasHeader)
            return before + from;
        int end = start.AsSpan(from).IndexOf((byte)'\n');
        ReadOnlySpan<byte> line = end < 0 ? default : start.AsSpan(from, end);
        // A quoted name may hold a line break.
        return line.Trim(" \t\r"u8).IsEmpty || line.Count((byte)'"') % 2 != 0 || line.TrimEnd((byte)'\r').Contains((byte)'\r')
            ? null
            : before + from + end + 1;
    }

    /// <summary>
    /// Goes to the next row. Blank lines end a file; within it they are the missing values of a single column, and an accident in several.
    /// </summary>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="InvalidDataException">The rows differ in their number of cells, or a header is all there is.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Read()
    {
        if (!_held && !Advance())
            return _anyRow ? false : throw new InvalidDataException("holds a header but no row of values");
        _anyRow = true;
        _held = _onBlankRow = _blankRows > 0;
        if (_onBlankRow)
            _blankRows--;
        return true;
    }

    /// <summary>A cell of the row, unquoted and trimmed: UTF-8 that is valid until the next read.</summary>
    public ReadOnlySpan<byte> Cell(int column) => _onBlankRow ? default : _reader.GetSpan(column);

    /// <summary>The number in a cell of the row, with the decimal mark of the file; NaN if it is missing.</summary>
    /// <returns>Whether it is one.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryNumber(int column, out double value)
    {
        ReadOnlySpan<byte> cell = Cell(column);
        if (!_dialect.DecimalComma || cell.Length > LongestNumber || !cell.Contains((byte)','))
            return CsvNumber.TryParse(cell, out value);
        Span<byte> point = stackalloc byte[LongestNumber];
        cell.Replace(point, (byte)',', (byte)'.');
        value = double.NaN;
        return !cell.Contains((byte)'.') && CsvNumber.TryParse(point[..cell.Length], out value);
    }

    /// <summary>Where a cell of the row is, in words.</summary>
    public string Place(int column)
        => $"line {Line}, column {column + 1}{(Names is null ? "" : $" ('{Excerpt.Of(Names[column].AsSpan())}')")}";

    /// <summary>That a cell of the row is no number, and how to mend it.</summary>
    public InvalidDataException NotANumber(int column)
    {
        ReadOnlySpan<byte> cell = Cell(column);
        bool isHeader = Line == 1 + _dialect.Start.Lines && _dialect.Names is null;
        return new($"{Place(column)}: '{Excerpt.Of(cell)}' is not a number{CsvAdvice.For(cell, Columns, isHeader)}");
    }

    public void Dispose() => _reader.Dispose();

    private static CsvRows Open(Stream file, int longestRow, int mostColumns, bool lineBreaks)
    {
        CsvDialect dialect = DialectOf(file, mostColumns);
        CsvReaderOptions options = new()
        {
            Separator = dialect.Separator,
            HasHeader = false,
            SkipEmptyLines = false,
            TrimWhitespace = true,
            TrimInsideQuotes = true,
            TrackLineNumbers = true,
            AllowLineBreaksInQuotes = lineBreaks,
            MalformedData = CsvMalformedDataHandling.Throw,
            MaxRecordSize = longestRow,
        };
        file.Position = dialect.Start.Offset;
        CsvRows rows = new(CsvReader.Create(file, options, leaveOpen: true), dialect);
        try
        {
            rows.ReadHeader(mostColumns);
            return rows;
        }
        catch
        {
            rows.Dispose();
            throw;
        }
    }

    private void ReadHeader(int mostColumns)
    {
        if (_dialect.Names is { } names)
        {
            Columns = names.Length;
            _unnamed = [.. Enumerable.Range(0, Columns).Where(i => names[i].Length == 0)];
            Names = [.. names.Select((name, i) => name.Length == 0 ? $"x{i + 1}" : name)];
            return;
        }
        do
        {
            if (!_reader.Read())
                throw new InvalidDataException("holds only blank lines, expected rows of values");
        }
        while (IsBlank());
        Columns = _dialect.TrailingSeparator ? _reader.FieldCount - 1 : _reader.FieldCount;
        if (Columns > mostColumns)
            throw new InvalidDataException(
                $"line {Line} has {Columns} cells, expected at most {mostColumns} columns; a row is a case, a column a variable");
        Names = Header();
        _held = Names is null;
    }

    // To the next row that is not blank, counting those that are.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Advance()
    {
        long blankLine = 0;
        while (_reader.Read())
        {
            if (IsBlank())
            {
                blankLine = blankLine == 0 ? Line : blankLine;
                _blankRows++;
                continue;
            }
            // At the end of a file they are nothing, before other rows missing values.
            if (HasNoCell())
            {
                _blankRows++;
                continue;
            }
            if (IsComment())
                continue;
            if (blankLine > 0 && Columns > 1)
                throw new InvalidDataException(
                    $"line {blankLine} is blank, expected {Columns} cells; remove it, or write NaN for missing values");
            if (_dialect.TrailingSeparator && _reader.FieldCount == Columns + 1)
            {
                if (_reader.IsEmpty(Columns))
                    return true;
                throw new InvalidDataException(
                    $"line {Line} has a value after its last {SeparatorName[..^1]}, where the lines before have none; "
                    + "name the column in a header");
            }
            if (_reader.FieldCount != Columns)
            {
                throw new InvalidDataException(
                    $"line {Line} has {_reader.FieldCount} cells, expected {Columns} as in the lines "
                    + $"before{(_reader.Separator == ',' ? "" : $" (cells are separated by {SeparatorName})")}");
            }
            return true;
        }
        return false;
    }

    // A row of text may begin with the mark as well, but has all its cells.
    private bool IsComment()
    {
        ReadOnlySpan<byte> first = _reader.GetRawSpan(0).TrimStart(" \t"u8);
        return (_dialect.Mark is { } mark
                && first.Length >= mark.Length && first[0] == mark[0] && first[mark.Length - 1] == mark[^1])
            || (first is [(byte)'#', ..] && _reader.FieldCount != Columns);
    }

    private bool IsBlank() => _reader.FieldCount == 1 && _reader.GetRawSpan(0).Trim(" \t"u8).IsEmpty;

    // As spreadsheets write rows that nothing was written into.
    private bool HasNoCell()
    {
        if (_reader.FieldCount < Columns || _reader.FieldCount > Columns + 1 || Columns == 1)
            return false;
        for (int i = 0; i < _reader.FieldCount; i++)
            if (!_reader.GetRawSpan(i).Trim(" \t"u8).IsEmpty)
                return false;
        return true;
    }

    // The first line is a header if none of its cells is a number: one that is makes the others mistakes.
    private string[]? Header()
    {
        if (_dialect.NumericHeader)
        {
            // An index has an empty corner above it; the others are numbered, as a name that is a number could be a position.
            int corner = _reader.IsEmpty(0) ? 1 : 0;
            _unnamed = [.. Enumerable.Range(0, corner)];
            return [.. _unnamed.Select(_ => "index"), .. ColumnSelection.Numbered(Columns - corner)];
        }
        bool text = false;
        for (int i = 0; i < Columns; i++)
        {
            if (!TryNumber(i, out double value))
                text = true;
            else if (!double.IsNaN(value))
                return null;
        }
        if (text)
            _unnamed = [.. Enumerable.Range(0, Columns).Where(_reader.IsEmpty)];
        return text ? [.. Enumerable.Range(0, Columns).Select(i => _reader.IsEmpty(i) ? $"x{i + 1}" : _reader.GetString(i))] : null;
    }

    private static CsvDialect DialectOf(Stream file, int mostColumns)
    {
        const int Looked = 1 << 16, Peek = 1 << 10;
        byte[] bytes = new byte[(int)Math.Min(Looked, file.Length)];
        file.Position = 0;
        file.ReadExactly(bytes);
        file.Position = 0;
        bool whole = bytes.Length == file.Length, wide = bytes is [0xFE, 0xFF, ..] or [0xFF, 0xFE, ..];
        if (!wide && IsWide(bytes.AsSpan(0, Math.Min(bytes.Length, Peek))))
            throw new InvalidDataException("is UTF-16 without a byte order mark; save it as UTF-8");
        if (wide)
            bytes = Encoding.Convert(
                bytes[0] == 0xFE ? Encoding.BigEndianUnicode : Encoding.Unicode, Encoding.UTF8, bytes, 2, bytes.Length - 2);
        List<TextLine> lines = TextLine.Of(bytes, whole);
        // The reader would take a line of nothing else apart before anyone counts its cells.
        ReadOnlySpan<char> first = lines.Count == 0 ? "" : lines[0].Text;
        if (Math.Max(first.Count(','), Math.Max(first.Count(';'), Math.Max(first.Count('\t'), first.Count('|')))) >= mostColumns)
            throw new InvalidDataException(
                $"line {lines[0].Number} has more than {mostColumns} cells, expected at most {mostColumns} columns; "
                + "a row is a case, a column a variable");
        // Bytes of the one are not those of the other.
        return CsvDialect.Of(wide ? new(lines, null, null, []) : TextStart.Of(lines)) is var dialect && wide
            ? dialect with { Start = default, Names = null }
            : dialect;
    }

    // Of text every second byte is 0 there, and no other.
    private static bool IsWide(ReadOnlySpan<byte> bytes)
    {
        const int Fewest = 32;
        int even = 0, odd = 0;
        for (int i = 0; i < bytes.Length; i++)
            (even, odd) = (even + (i % 2 == 0 && bytes[i] == 0 ? 1 : 0), odd + (i % 2 == 1 && bytes[i] == 0 ? 1 : 0));
        return bytes.Length >= Fewest && Math.Max(even, odd) > bytes.Length / 3 && Math.Min(even, odd) == 0;
    }

    private string SeparatorName => _reader.Separator switch { '\t' => "tabs", '|' => "bars", ',' => "commas", _ => "semicolons" };
}
