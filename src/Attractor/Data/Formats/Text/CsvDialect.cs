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

    /// <summary>The byte at which the reader sets out, and how many lines lie before it.</summary>
    public (long Offset, int Lines) Start { get; init; }

    /// <summary>The names of the columns, where the lines before <see cref="Start"/> hold them.</summary>
    public string[]? Names { get; init; }

    /// <summary>What lines of comments begin with; null where there was none.</summary>
    public string? Mark { get; init; }

    /// <summary>What is to be said of what was found.</summary>
    public FormattableString? Note { get; init; }

    /// <summary>Judges the start of a file.</summary>
    /// <param name="start">Its first lines.</param>
    /// <exception cref="InvalidDataException">It cannot be told whether commas separate decimals or thousands.</exception>
    public static CsvDialect Of(TextStart start)
    {
        IReadOnlyList<TextLine> table = start.Table;
        if (table.Count == 0)
            return new(',', false, false, false);
        char separator = SeparatorOf(table[0].Text);
        // A header of one name may stand above rows that say it, and a preamble before them.
        if (separator == ',' && !table[0].Text.Contains(',', StringComparison.Ordinal) && table.Count > 1)
            separator = SeparatorOf(table[^1].Text);
        // Nothing separates the cells of a single column.
        if (separator == ',' && IsColumnOfDecimals([.. table.Take(LinesLookedAt).Select(line => line.Text.Trim())]))
            separator = ';';
        List<string[]> lines = [.. table.Take(LinesLookedAt).Select(line => Cells(line.Text, separator))];
        bool trailing = lines.Count > 1 && lines.TrueForAll(cells => cells.Length > 1 && cells[^1].Length == 0);
        if (trailing)
            lines = [.. lines.Select(cells => cells[..^1])];
        bool comma = HasDecimalCommas(lines);
        CsvDialect dialect = new(separator, comma, trailing, start.Names is null && IsNumericHeader(lines))
        {
            Mark = start.Mark,
            Names = start.Names,
            Start = table[0] is { Number: 1 } ? default : (table[0].Offset, table[0].Number - 1),
        };
        List<string> notes = [.. start.Notes];
        if (start.Names is null && !dialect.NumericHeader && TextHeader.Of(lines) is { } header && header.Lines < table.Count)
        {
            if (header.Lines > 1)
                notes.Add($"the names of {header.Lines} lines joined");
            dialect = dialect with
            {
                Names = header.Names,
                TrailingSeparator = trailing || header.TrailingSeparator,
                Start = (table[header.Lines].Offset, table[header.Lines].Number - 1),
            };
        }
        return notes.Count == 0 ? dialect : dialect with { Note = $"{string.Join("; ", notes)}" };
    }

    /// <summary>What separates the cells of a line: a tab, a semicolon or a bar outside of quotes, else a comma.</summary>
    /// <remarks>Where it is no comma, a comma is the decimal mark of many languages.</remarks>
    public static char SeparatorOf(ReadOnlySpan<char> line)
    {
        bool quoted = false, semicolon = false, bar = false, comma = false;
        foreach (char c in line)
        {
            quoted ^= c == '"';
            if (!quoted && c == '\t')
                return '\t';
            semicolon |= !quoted && c == ';';
            bar |= !quoted && c == '|';
            comma |= !quoted && c == ',';
        }
        return semicolon ? ';' : bar && !comma ? '|' : ',';
    }

    /// <summary>The cells of a line, without blanks and quotes around them.</summary>
    public static string[] Cells(ReadOnlySpan<char> line, char separator)
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

    // 0,25 under a name, unless whole numbers count the rows, as R writes these; or 0,25 and 0,05 or -0,5, which no two whole numbers are.
    private static bool IsColumnOfDecimals(List<string> lines)
    {
        bool isNamed = lines.Count > 1 && !lines[0].Contains(',', StringComparison.Ordinal) && !CsvNumber.MayBe(lines[0]);
        string[] rows = [.. lines.Skip(isNamed ? 1 : 0)];
        if (rows.Length == 0 || !Array.TrueForAll(rows, row => WithComma().IsMatch(row)))
            return false;
        string[][] halves = [.. rows.Select(row => row.Split(','))];
        if (isNamed)
            return !halves.Select((half, i) => half[0] == (i + 1).ToString(CultureInfo.InvariantCulture)
                || half[0] == i.ToString(CultureInfo.InvariantCulture)).All(counts => counts);
        return Array.Exists(halves, half => half[0] is "-0" or "" or "-" || half[1] is ['0', _, ..]);
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
