using System.Globalization;
using System.Text.Json;

namespace Attractor.Data;

/// <summary>
/// A line of JSON per row: an object, whose keys name the columns, or an array of numbers. Records and lists in an object are columns of
/// their own: pos.x of {"pos": {"x": 1}}, v.1 and v.2 of {"v": [1, 2]}.
/// </summary>
internal sealed class JsonLinesFormat : TableFormat
{
    // Names of parts repeat those of the wholes.
    private const int LargestFile = int.MaxValue - (1 << 20), LongestName = 256;

    public override string Name => "jsonl";

    public override IReadOnlyList<string> Extensions { get; } = [".jsonl", ".ndjson"];

    public override TableReader OpenTable(Stream file)
    {
        if (file.Length > LargestFile)
            throw new InvalidDataException($"{file.Length} bytes, of which {LargestFile} can be read; split it, or write it as .csv");
        long length = FileLimits.LengthOf(file);
        FileLimits.RequireBytes(file.Length, length);
        byte[] bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        ReadOnlySpan<byte> rest = bytes.AsSpan().StartsWith("\uFEFF"u8) ? bytes.AsSpan(3) : bytes;
        List<CellColumn> columns = [];
        Dictionary<string, CellColumn> named = [];
        // Rows that come after lines without any: how many lines more than rows there are from each of them on.
        List<(int Row, int Blank)> blanks = [];
        int rows = 0;
        for (int line = 1; !rest.IsEmpty; line++)
        {
            int end = rest.IndexOf((byte)'\n');
            ReadOnlySpan<byte> text = (end < 0 ? rest : rest[..end]).Trim(" \t\r"u8);
            rest = end < 0 ? default : rest[(end + 1)..];
            if (text.IsEmpty)
                continue;
            RequireCells(rows + 1, columns.Count, file.Length, length);
            try
            {
                Row(Plain(text), line, rows, columns, named);
            }
            // The latter of text that is no UTF-8.
            catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
            {
                throw new InvalidDataException(
                    $"line {line}: no JSON ({Excerpt.Of(Excerpt.Reason(e).AsSpan())}); a row is a line", e);
            }
            if (line - rows != (blanks.Count == 0 ? 1 : blanks[^1].Blank))
                blanks.Add((rows, line - rows));
            rows++;
        }
        if (rows == 0 || columns.Count == 0)
            throw new InvalidDataException("holds no row of values");
        RequireCells(rows, columns.Count, file.Length, length);
        foreach (CellColumn column in columns)
            column.Pad(rows);
        return new CellTable(columns, row => $"line {row + blanks.LastOrDefault(blank => blank.Row <= row, (Row: 0, Blank: 1)).Blank}");
    }

    // Python writes NaN and Infinity, which JSON does not have: outside of words.
    private static ReadOnlySpan<byte> Plain(ReadOnlySpan<byte> text)
    {
        if (text.IndexOf("NaN"u8) < 0 && text.IndexOf("Infinity"u8) < 0)
            return text;
        List<byte> plain = [];
        bool isWord = false, isEscaped = false;
        for (int i = 0; i < text.Length; i++)
        {
            isWord ^= text[i] == '"' && !isEscaped;
            // A backslash that is escaped itself escapes nothing.
            isEscaped = isWord && !isEscaped && text[i] == '\\';
            ReadOnlySpan<byte> found = isWord ? default
                : text[i..].StartsWith("NaN"u8) ? "NaN"u8
                : text[i..].StartsWith("Infinity"u8) ? "Infinity"u8
                : default;
            plain.AddRange(found.IsEmpty ? text.Slice(i, 1) : found.Length == 3 ? "null"u8 : "1e999"u8);
            i += Math.Max(0, found.Length - 1);
        }
        return plain.ToArray();
    }

    // Keys that each line has anew make columns of all lines; cells are kept as they come, as numbers and in rows.
    private static void RequireCells(int rows, int columns, long text, long length)
    {
        FileLimits.RequireCount(rows, columns);
        FileLimits.RequireBytes(text + ((Int128)rows * columns * (4 * sizeof(double))), length);
    }

    private static void Row(
        ReadOnlySpan<byte> text, int line, int row, List<CellColumn> columns, Dictionary<string, CellColumn> named)
    {
        Utf8JsonReader reader = new(text);
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartArray)
            Array(ref reader, line, row, columns, named);
        else if (reader.TokenType == JsonTokenType.StartObject)
            Object(ref reader, line, row, columns, named);
        else
            throw new InvalidDataException($"line {line}: '{Excerpt.Of(text)}' is neither an object nor an array of numbers");
        if (reader.Read())
            throw new InvalidDataException($"line {line}: more than one value in a line");
    }

    private static void Array(
        ref Utf8JsonReader reader, int line, int row, List<CellColumn> columns, Dictionary<string, CellColumn> named)
    {
        int cell = 0;
        if (named.Count > 0)
            throw new InvalidDataException($"line {line}: an array, expected an object as in the lines before");
        for (; reader.Read() && reader.TokenType != JsonTokenType.EndArray; cell++)
        {
            if (cell == TableReader.MostColumns)
                throw new InvalidDataException($"line {line}: more than {TableReader.MostColumns} columns");
            if (cell == columns.Count && row == 0)
                columns.Add(new(FormattableString.Invariant($"x{cell + 1}")));
            if (cell < columns.Count)
                Cell(ref reader, columns[cell], line);
            else
                reader.Skip();
        }
        if (cell != columns.Count)
            throw new InvalidDataException($"line {line} has {cell} values, expected {columns.Count} as in the lines before");
    }

    private static void Object(
        ref Utf8JsonReader reader, int line, int row, List<CellColumn> columns, Dictionary<string, CellColumn> named)
    {
        if (columns.Count > named.Count)
            throw new InvalidDataException($"line {line}: an object, expected an array as in the lines before");
        Members(ref reader, "", line, row, columns, named);
    }

    private static void Members(
        ref Utf8JsonReader reader, string whole, int line, int row, List<CellColumn> columns, Dictionary<string, CellColumn> named)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = Part(whole, reader.GetString()!, line);
            reader.Read();
            Value(ref reader, name, line, row, columns, named);
        }
    }

    private static void Value(
        ref Utf8JsonReader reader, string name, int line, int row, List<CellColumn> columns, Dictionary<string, CellColumn> named)
    {
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            Members(ref reader, name, line, row, columns, named);
            return;
        }
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            for (int i = 1; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
                Value(ref reader, Part(name, i.ToString(CultureInfo.InvariantCulture), line), line, row, columns, named);
            return;
        }
        if (!named.TryGetValue(name, out CellColumn? column))
        {
            if (columns.Count == TableReader.MostColumns)
                throw new InvalidDataException($"line {line}: more than {TableReader.MostColumns} columns");
            column = new(name);
            named.Add(name, column);
            columns.Add(column);
        }
        if (column.Count > row)
            throw new InvalidDataException($"line {line}: '{Excerpt.Of(name.AsSpan())}' occurs twice");
        column.Pad(row);
        Cell(ref reader, column, line);
    }

    private static string Part(string whole, string name, int line)
        => whole.Length == 0 ? name
            : whole.Length + name.Length < LongestName ? $"{whole}.{name}"
            : throw new InvalidDataException(
                $"line {line}: the name of a part of '{Excerpt.Of(whole.AsSpan())}' has more than {LongestName} characters");

    private static void Cell(ref Utf8JsonReader reader, CellColumn column, int line)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Number:
                column.Add(double.Parse(reader.ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture));
                break;
            case JsonTokenType.True:
            case JsonTokenType.False:
                column.Add(reader.TokenType == JsonTokenType.True ? 1.0 : 0);
                break;
            case JsonTokenType.String:
                column.Add(reader.GetString()!.Trim());
                break;
            case JsonTokenType.Null:
                column.Add(double.NaN);
                break;
            default:
                reader.Skip();
                column.Add(double.NaN);
                column.Fault ??= $"line {line} holds lists or records in it; write objects with a key for each, or name other columns";
                break;
        }
    }
}
