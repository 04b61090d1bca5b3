using System.Globalization;
using System.Text;
using CsvHelper;

namespace Attractor.Data.Formats;

/// <summary>Reads a series from text: a row per line, cells separated by commas, semicolons or tabs, a header or none.</summary>
internal static class CsvSeriesReader
{
    private const int LongestLine = 1 << 24;

    /// <summary>Reads the whole of <paramref name="file"/>.</summary>
    /// <param name="file">A seekable stream of UTF-8, or of UTF-16 with a byte order mark.</param>
    /// <returns>T * N values, row-major, N, and the names in the header, if there is one.</returns>
    /// <exception cref="InvalidDataException">A cell is not a number, or the rows differ in their number of cells.</exception>
    public static (double[] Values, int Columns, IReadOnlyList<string>? Names) Read(Stream file)
    {
        CsvReaderOptions options = new()
        {
            Separator = DetectSeparator(file),
            HasHeader = false,
            SkipEmptyLines = false,
            TrimWhitespace = true,
            TrimInsideQuotes = true,
            TrackLineNumbers = true,
            AllowLineBreaksInQuotes = false,
            MalformedData = CsvMalformedDataHandling.Throw,
            MaxRecordSize = LongestLine,
        };
        try
        {
            using CsvReader reader = CsvReader.Create(file, options, leaveOpen: true);
            return Read(reader);
        }
        catch (CsvFormatException e)
        {
            throw new InvalidDataException(
                e.LineNumber > 0 ? $"line {e.LineNumber}: {Excerpt.FirstLine(e.Message)}" : Excerpt.FirstLine(e.Message), e);
        }
    }

    private static (double[] Values, int Columns, IReadOnlyList<string>? Names) Read(CsvReader reader)
    {
        List<double> values = [];
        IReadOnlyList<string>? names = null;
        int columns = 0;
        long blankLine = 0, blankLines = 0;
        while (reader.Read())
        {
            if (reader.FieldCount == 1 && reader.GetRawSpan(0).Trim(" \t"u8).IsEmpty)
            {
                blankLine = blankLines++ == 0 ? reader.LineNumber : blankLine;
                continue;
            }
            if (columns == 0)
            {
                columns = reader.FieldCount;
                blankLines = 0;
                names = Header(reader);
                if (names is not null)
                    continue;
            }
            // Blank lines end a file. Within it they are the missing values of a single column, and an accident in several.
            if (blankLines > 0 && columns > 1)
                throw new InvalidDataException($"line {blankLine} is blank, expected {columns} cells; remove it, or write NaN for missing values");
            if (reader.FieldCount != columns)
            {
                throw new InvalidDataException(
                    $"line {reader.LineNumber} has {reader.FieldCount} cells, expected {columns} as in the lines before{(reader.Separator == ',' ? "" : $" (cells are separated by {SeparatorName(reader.Separator)})")}");
            }
            if (values.Count + blankLines + columns > SeriesFile.MaxValues)
                throw new InvalidDataException($"more than the {SeriesFile.MaxValues} values that can be read; split or thin it");
            for (; blankLines > 0; blankLines--)
                values.Add(double.NaN);
            for (int i = 0; i < columns; i++)
                values.Add(Number(reader, i, names));
        }
        if (columns == 0)
            throw new InvalidDataException("holds only blank lines, expected rows of numbers");
        if (values.Count == 0)
            throw new InvalidDataException("holds a header but no row of numbers");
        return ([.. values], columns, names);
    }

    // The first line is a header if none of its cells is a number: one that is makes the others mistakes.
    private static string[]? Header(CsvReader reader)
    {
        bool text = false;
        for (int i = 0; i < reader.FieldCount; i++)
        {
            if (!TryNumber(reader.GetSpan(i), out double value))
                text = true;
            else if (!double.IsNaN(value))
                return null;
        }
        return text ? [.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsEmpty(i) ? $"x{i + 1}" : reader.GetString(i))] : null;
    }

    private static double Number(CsvReader reader, int column, IReadOnlyList<string>? names)
    {
        ReadOnlySpan<byte> cell = reader.GetSpan(column);
        if (TryNumber(cell, out double value))
            return value;
        string name = names is null ? "" : $" ('{Excerpt.Of(names[column].AsSpan())}')";
        throw new InvalidDataException(
            $"line {reader.LineNumber}, column {column + 1}{name}: '{Excerpt.Of(cell)}' is not a number{Advice(reader, cell)}");
    }

    private static string Advice(CsvReader reader, ReadOnlySpan<byte> cell)
    {
        if (reader.LineNumber == 1)
            return "; in a header, no name may be a number";
        if (cell.Contains((byte)','))
            return "; write decimals with a point";
        return reader.FieldCount == 1 && cell.Contains((byte)' ') ? "; separate cells by commas, semicolons or tabs" : "; leave a missing value empty or write NaN";
    }

    /// <summary>A number as Python and .NET write it; nothing, NaN in any case, and NA are missing.</summary>
    internal static bool TryNumber(ReadOnlySpan<byte> cell, out double value)
    {
        if (double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out value))
            return true;
        value = double.NaN;
        if (cell.IsEmpty || cell.SequenceEqual("NA"u8))
            return true;
        ReadOnlySpan<byte> magnitude = cell[0] is (byte)'-' or (byte)'+' ? cell[1..] : cell;
        if (!Ascii.EqualsIgnoreCase(magnitude, "inf"u8))
            return false;
        value = cell[0] == (byte)'-' ? double.NegativeInfinity : double.PositiveInfinity;
        return true;
    }

    // A tab or semicolon outside quotes in the first line settles it: then a comma is the decimal mark of many languages.
    private static char DetectSeparator(Stream file)
    {
        char[] start = new char[1 << 16];
        int length;
        using (StreamReader reader = new(file, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, leaveOpen: true))
            length = reader.ReadBlock(start);
        file.Position = 0;

        ReadOnlySpan<char> line = start.AsSpan(0, length).TrimStart("\r\n \uFEFF");
        int end = line.IndexOfAny('\r', '\n');
        bool quoted = false, semicolon = false;
        foreach (char c in end < 0 ? line : line[..end])
        {
            quoted ^= c == '"';
            if (!quoted && c == '\t')
                return '\t';
            semicolon |= !quoted && c == ';';
        }
        return semicolon ? ';' : ',';
    }

    private static string SeparatorName(char separator) => separator == '\t' ? "tabs" : "semicolons";
}
