using System.Runtime.CompilerServices;

namespace Attractor.Data;

/// <summary>The requested columns of a file, read once from front to back.</summary>
internal sealed class RowSource : IDisposable
{
    // Whoever waits for a block hears of it before this many bytes of other columns have gone by, give or take a few rows.
    private const int LongestBlock = 1 << 24;

    private readonly FileStream _file;
    private readonly TableReader _table;
    private readonly ColumnReader[] _readers;

    private RowSource(FileStream file, TableReader table, ColumnReader[] readers)
    {
        (_file, _table, _readers) = (file, table, readers);
        TotalBytes = file.Length;
    }

    // Those that name their columns come first.
    private static string Known => SeriesFormat.Listed(
        SeriesFormat.All.Where(format => format is TableFormat || !format.HoldsTrials)
            .OrderBy(format => format is not TableFormat)
            .SelectMany(format => format.Extensions));

    /// <summary>The rows there are, where the file says so.</summary>
    public long? Rows => _table.Rows;

    /// <summary>What may be taken of memory for the rows; null where they have been counted.</summary>
    public FileBudget? Budget => _table.Budget;

    /// <summary>The columns as they were requested, with the levels found so far.</summary>
    public IReadOnlyList<ColumnRequest> Columns => [.. _readers.Select(reader => reader.Resolved)];

    /// <summary>Bytes of the file read so far.</summary>
    public long Bytes => _table.BytesRead ?? _file.Position;

    /// <summary>Bytes of the file.</summary>
    public long TotalBytes { get; }

    /// <exception cref="InvalidDataException">The file is of an unknown kind or lacks a column.</exception>
    public static RowSource Open(string path, IReadOnlyList<ColumnRequest> columns)
    {
        DataStream opened = DataStream.Open(path, Known);
        FileStream file = opened.Stream;
        TableReader? table = null;
        try
        {
            table = OpenTable(opened);
            ColumnReader[] readers = ColumnSelection.Select(table, columns);
            table.Select([.. readers.Select(reader => reader.Position)]);
            return new(file, table, readers);
        }
        catch
        {
            table?.Dispose();
            file.Dispose();
            throw;
        }
    }

    /// <summary>The names of all columns of a file.</summary>
    public static IReadOnlyList<string> Names(string path)
    {
        using DataStream file = DataStream.Open(path, Known);
        using TableReader table = OpenTable(file);
        return table.Names;
    }

    /// <summary>Fills <paramref name="rows"/>, R x N, from the front.</summary>
    /// <returns>Rows read; 0 at the end of the file.</returns>
    /// <exception cref="InvalidDataException">A cell is not what it should be, or the file is damaged.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Read(Span<double> rows)
    {
        ColumnReader[] readers = _readers;
        int? longest = _table.BlockLength;
        long start = _file.Position;
        int count = 0;
        for (; rows.Length >= readers.Length && count != longest && _table.Read(); rows = rows[readers.Length..])
        {
            for (int n = 0; n < readers.Length; n++)
                rows[n] = readers[n].Read(_table);
            if (++count % 64 == 0 && longest is null && _file.Position - start > LongestBlock)
                break;
        }
        return count;
    }

    public void Dispose()
    {
        _table.Dispose();
        _file.Dispose();
    }

    private static TableReader OpenTable(DataStream file)
    {
        TableReader table = file.Format.OpenTable(file.Stream);
        try
        {
            table.RequireColumns();
            return table;
        }
        catch
        {
            table.Dispose();
            throw;
        }
    }
}
