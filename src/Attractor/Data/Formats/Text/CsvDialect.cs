using System.Globalization;
using System.Text.RegularExpressions;

namespace Attractor.Data;

/// <summary>How a text file writes its table, judged by its first lines.</summary>
/// <param name="Separator">Between two cells.</param>
/// <param name="DecimalComma">Whether decimals are written with a comma.</param>
/// <param name="TrailingSeparator">Whether lines end with a separator that no cell follows.</param>
/// <param name="NumericHeader">Whether the first line is a header although its cells are numbers.</param>
internal sealed partial record CsvDialect(char Separator, bool DecimalComma, bool TrailingSeparator, bool NumericHeader)
{
    private const int LinesLookedAt = 200;

    /// <summary>Judges the start of a file.</summary>
    /// <param name="start">Its first characters.</param>
    /// <param name="whole">Whether they are all there are: otherwise the last line may be a part of one.</param>
    /// <exception cref="InvalidDataException">It cannot be told whether commas separate decimals or thousands.</exception>
    public static CsvDialect Of(string start, bool whole)
    {
        char separator = SeparatorOf(start);
        List<string[]> lines = [];
        foreach (ReadOnlySpan<char> line in start.AsSpan().EnumerateLines())
            if (lines.Count <= LinesLookedAt && !line.Trim(" \t\uFEFF").IsEmpty)
                lines.Add(Cells(line.TrimStart('\uFEFF'), separator));
        if (!whole && lines.Count is > 1 and <= LinesLookedAt)
            lines.RemoveAt(lines.Count - 1);
        bool trailing = lines.Count > 1 && lines.TrueForAll(cells => cells.Length > 1 && cells[^1].Length == 0);
        if (trailing)
            lines = [.. lines.Select(cells => cells[..^1])];
        return new(separator, separator != ',' && HasDecimalCommas(lines), trailing, IsNumericHeader(lines));
    }

    /// <summary>The first line that is not blank.</summary>
    public static ReadOnlySpan<char> FirstLine(ReadOnlySpan<char> start)
    {
        ReadOnlySpan<char> line = start.TrimStart("\r\n \uFEFF");
        int end = line.IndexOfAny('\r', '\n');
        return end < 0 ? line : line[..end];
    }

    // A tab or semicolon outside quotes in the first line settles it: then a comma is the decimal mark of many languages.
    private static char SeparatorOf(string start)
    {
        bool quoted = false, semicolon = false;
        foreach (char c in FirstLine(start))
        {
            quoted ^= c == '"';
            if (!quoted && c == '\t')
                return '\t';
            semicolon |= !quoted && c == ';';
        }
        return semicolon ? ';' : ',';
    }

    private static string[] Cells(ReadOnlySpan<char> line, char separator)
    {
        List<string> cells = [];
        int first = 0;
        bool quoted = false;
        for (int i = 0; i <= line.Length; i++)
        {
            if (i < line.Length && line[i] == '"')
                quoted = !quoted;
            if (i < line.Length && (quoted || line[i] != separator))
                continue;
            cells.Add(line[first..i].Trim(" \t\"").ToString());
            first = i + 1;
        }
        return [.. cells];
    }

    private static bool HasDecimalCommas(List<string[]> lines)
    {
        string? ambiguous = null;
        bool comma = false;
        foreach (string cell in lines.SelectMany(cells => cells))
        {
            if (cell.Contains('.', StringComparison.Ordinal)
                && double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
                return false;
            if (Thousands().IsMatch(cell))
                ambiguous = cell;
            else
                comma |= WithComma().IsMatch(cell);
        }
        if (ambiguous is not null && !comma)
            throw new InvalidDataException(
                $"'{ambiguous}' may be {ambiguous.Replace(',', '.')} or {ambiguous.Replace(",", "", StringComparison.Ordinal)}, "
                + "and no other number tells; write decimals with a point, and nothing between thousands");
        return comma;
    }

    // Names such as 0, 1, 2 (or 400, 410, 420) above cells that all have decimals; or whole numbers beside the empty corner over an index.
    private static bool IsNumericHeader(List<string[]> lines)
    {
        if (lines.Count < 3)
            return false;
        string[] header = lines[0];
        bool corner = header.Length > 1 && header[0].Length == 0;
        string[] names = corner ? header[1..] : header;
        long[] numbers = new long[names.Length];
        for (int i = 0; i < names.Length; i++)
            if (!long.TryParse(names[i], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i])
                || numbers[i].ToString(CultureInfo.InvariantCulture) != names[i])
                return false;
        long step = numbers.Length > 1 ? numbers[1] - numbers[0] : 1;
        if (step < 1 || (numbers.Length < 3 && (numbers[0] != 0 || step != 1)))
            return false;
        for (int i = 1; i < numbers.Length; i++)
            if (numbers[i] - numbers[i - 1] != step)
                return false;
        List<string[]> rows = lines[1..];
        return corner
            ? rows.TrueForAll(cells => cells.Length == header.Length && cells[0].Length > 0)
            : rows.TrueForAll(cells => cells.Length == header.Length && Array.TrueForAll(cells, HasDecimals));
    }

    private static bool HasDecimals(string cell) => cell.AsSpan().ContainsAny(".,eE") || cell.Length == 0
        || cell.Equals("nan", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"^[+-]?[0-9]*,[0-9]+([eE][+-]?[0-9]{1,3})?$")]
    private static partial Regex WithComma();

    [GeneratedRegex(@"^[+-]?[1-9][0-9]{0,2},[0-9]{3}$")]
    private static partial Regex Thousands();
}
