using System.Runtime.CompilerServices;

namespace Attractor.Data;

/// <summary>The rows of a .csv or .tsv file.</summary>
internal sealed class TextRowSource : RowSource
{
    // Whoever waits for a block hears of it before this many bytes of other columns have gone by, give or take a few rows.
    private const int LongestBlock = 1 << 24;

    private readonly CsvRows _rows;

    private TextRowSource(FileStream file, CsvRows rows, ColumnReader[] readers)
        : base(file, readers) => _rows = rows;

    /// <exception cref="InvalidDataException">The file lacks a column, or holds no row.</exception>
    public static TextRowSource Open(FileStream file, IReadOnlyList<ColumnRequest> columns)
    {
        CsvRows rows = CsvRows.OfAnything(file, MostColumns);
        try
        {
            return new(file, rows, ColumnSelection.Select(rows.Names, rows.Columns, columns, isText: true));
        }
        catch
        {
            rows.Dispose();
            throw;
        }
    }

    public static IReadOnlyList<string> Names(FileStream file)
    {
        using CsvRows rows = CsvRows.OfAnything(file, MostColumns);
        return rows.Names ?? ColumnSelection.Numbered(rows.Columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override int Read(Span<double> rows)
    {
        ColumnReader[] readers = Readers;
        long start = File.Position;
        int count = 0;
        for (; rows.Length >= readers.Length && _rows.Read(); rows = rows[readers.Length..])
        {
            for (int n = 0; n < readers.Length; n++)
                rows[n] = readers[n].Read(_rows);
            if (++count % 64 == 0 && File.Position - start > LongestBlock)
                break;
        }
        return count;
    }

    public override void Dispose()
    {
        _rows.Dispose();
        base.Dispose();
    }
}
