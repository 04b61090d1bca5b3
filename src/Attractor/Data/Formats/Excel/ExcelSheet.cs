using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using ExcelDataReader;

namespace Attractor.Data;

/// <summary>The rows of one sheet of a workbook.</summary>
internal sealed class ExcelSheet : CellTable
{
    private const int MostSheets = 1000, SheetsShown = 12;

    // What a sheet of before 2007 may have, and one since.
    private const int MostColumnsOfOld = 256, MostRowsOfOld = 1 << 16, MostRows = 1 << 20;

    // The text of a sheet is gone through, not kept.
    private const long FreeText = 1L << 28, TextGrowth = 128;

    private readonly HashSet<int> _unnamed;

    private ExcelSheet(IReadOnlyList<CellColumn> columns, HashSet<int> unnamed, int firstRow, string sheet, FormattableString? note)
        : base(columns, row => $"row {row + firstRow} of the sheet '{Excerpt.Of(sheet.AsSpan())}'")
        => (_unnamed, Note) = (unnamed, note);

    internal override FormattableString? Note { get; }

    internal override bool IsUnnamed(int column) => _unnamed.Contains(column);

    /// <summary>Reads a sheet.</summary>
    /// <param name="file">The workbook.</param>
    /// <param name="wanted">Its name; null for the first.</param>
    /// <exception cref="InvalidDataException">There is none of that name, it is empty, or the file is damaged.</exception>
    public static ExcelSheet Read(Stream file, string? wanted)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        GuardedStream guarded = new(file);
        bool isZip = CheckParts(guarded);
        using IExcelDataReader reader = ExcelReaderFactory.CreateReader(guarded, new() { LeaveOpen = true });
        List<string> names = [];
        do
            names.Add(reader.Name);
        while (names.Count < MostSheets && reader.NextResult());
        int sheet = wanted is null ? 0 : names.IndexOf(wanted);
        if (sheet < 0)
        {
            string hint = NearestName.Among(names, wanted!) is { } near ? $" (did you mean '{Excerpt.Of(near.AsSpan())}'?)" : "";
            throw new InvalidDataException($"no sheet '{Excerpt.Of(wanted.AsSpan())}'{hint}; its sheets are {Listed(names)}");
        }
        reader.Reset();
        for (int i = 0; i < sheet; i++)
            reader.NextResult();
        (int rows, int columns) = isZip ? (MostRows, TableReader.MostColumns) : (MostRowsOfOld, MostColumnsOfOld);
        if (reader.FieldCount > columns || reader.RowCount > rows)
            throw new InvalidDataException(
                $"{reader.RowCount} rows of {reader.FieldCount} columns, expected at most {rows} of {columns}; save the sheet as .csv");
        FormattableString? note = wanted is null && names.Count > 1
            ? (FormattableString)$"sheet '{names[0]}' of {Listed(names)}; {nameof(DataSelection.Array):setting} names another"
            : null;
        return Taken(reader, names, sheet, FileLimits.LengthOf(file), note);
    }

    private static ExcelSheet Taken(IExcelDataReader reader, List<string> names, int sheet, long length, FormattableString? note)
    {
        ExcelHeader header = new();
        List<CellColumn> columns = [];
        int line = 1, firstRow = 0, filled = 0;
        for (; reader.Read(); line++)
        {
            object?[] cells = [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue)];
            bool isBlank = cells.All(cell => cell is null or "");
            if (columns.Count == 0 && (isBlank || header.Takes(cells, line)))
                continue;
            if (columns.Count == 0)
                Begin(cells);
            if (isBlank)
                FileLimits.RequireValues(line - firstRow + 1, columns.Count, length);
            else
                AddRow(cells, line);
        }
        // Words to the end.
        if (columns.Count == 0 && header.HasRows)
            Begin([]);
        if (filled == 0)
            throw new InvalidDataException($"the sheet '{Excerpt.Of(names[sheet].AsSpan())}' holds no row of values"
                + (names.Count > 1 ? $"; its sheets are {Listed(names)}: name the one that is meant" : ""));
        // Cells that were only painted, and what stands to the left of a table with a header.
        HashSet<int> unnamed = header.Unnamed;
        for (int i = columns.Count - 1; i >= 0 && columns.Count > 1; i--)
            if (IsPainted(i) && (i == columns.Count - 1 || Enumerable.Range(0, i + 1).All(j => IsPainted(j) && unnamed.Contains(j))))
                (columns, unnamed) = Without(columns, unnamed, i);
        return new(columns, unnamed, firstRow, names[sheet], note);

        bool IsPainted(int i) => columns[i].IsEmpty && columns[i].Name == FormattableString.Invariant($"x{i + 1}");

        void Begin(object?[] cells)
        {
            (columns, List<(object?[] Cells, int Line)> rows) = header.Columns(cells, line);
            firstRow = rows.Count > 0 ? rows[0].Line : line;
            foreach ((object?[] row, int at) in rows)
                AddRow(row, at);
        }

        void AddRow(object?[] cells, int at)
        {
            filled = at - firstRow + 1;
            FileLimits.RequireValues(filled, columns.Count, length);
            for (int i = 0; i < columns.Count; i++)
            {
                // Blank rows before this one.
                columns[i].Pad(filled - 1);
                Add(columns[i], i < cells.Length ? cells[i] : null);
            }
        }
    }

    private static (List<CellColumn>, HashSet<int>) Without(List<CellColumn> columns, HashSet<int> unnamed, int gone)
        => ([.. columns.Where((_, i) => i != gone)], [.. unnamed.Where(i => i != gone).Select(i => i < gone ? i : i - 1)]);

    private static void Add(CellColumn column, object? cell)
    {
        switch (cell)
        {
            case double number:
                column.Add(number);
                break;
            case int number:
                column.Add((double)number);
                break;
            case bool truth:
                column.Add(truth ? 1.0 : 0);
                break;
            case DateTime time:
                column.AddTime(time.Ticks - DateTime.UnixEpoch.Ticks);
                break;
            case TimeSpan time:
                column.AddTime(time.Ticks);
                break;
            case string text:
                column.Add(text.Trim());
                break;
            default:
                column.Add(double.NaN);
                break;
        }
    }

    // What a workbook unpacks to: its words are all kept.
    private static bool CheckParts(Stream file)
    {
        Span<byte> head = stackalloc byte[4];
        bool isZip = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length && !ExcelFormat.IsOld(head);
        file.Position = 0;
        if (!isZip)
        {
            CheckCompound(file);
            return false;
        }
        using (ZipArchive archive = NpzArchive.Open(file))
            foreach (ZipArchiveEntry entry in archive.Entries)
            {
                bool isSheet = entry.FullName.StartsWith("xl/worksheets/", StringComparison.OrdinalIgnoreCase);
                if (!isSheet)
                    FileLimits.RequireBytes(entry.Length, file.Length);
                else if (entry.Length > FreeText + (TextGrowth * file.Length))
                    throw new InvalidDataException($"a sheet of {entry.Length} bytes of text, packed into {file.Length}; save it as .csv");
            }
        file.Position = 0;
        return true;
    }

    // What the header of a workbook of before 2007 says of its sectors, which tables are made for: sizes as powers of 2, and counts.
    private static void CheckCompound(Stream file)
    {
        Span<byte> header = stackalloc byte[76];
        int found = file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        file.Position = 0;
        int sector = BinaryPrimitives.ReadUInt16LittleEndian(header[30..]), small = BinaryPrimitives.ReadUInt16LittleEndian(header[32..]);
        if (found < header.Length || sector is not (9 or 12) || small != 6)
            throw new InvalidDataException($"the workbook is damaged: its sectors are of 2^{sector} and 2^{small} bytes");
        foreach (int at in (int[])[40, 44, 64, 72])
            if (BinaryPrimitives.ReadUInt32LittleEndian(header[at..]) > (file.Length >> sector) + 1)
                throw new InvalidDataException($"the workbook is damaged: it states more sectors than it has");
    }

    private static string Listed(List<string> names) => string.Join(", ", names.Take(SheetsShown).Select(name => Excerpt.Of(name.AsSpan())))
        + (names.Count > SheetsShown ? $", ... ({names.Count} in all)" : "");
}
