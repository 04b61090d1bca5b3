namespace Attractor.Data;

/// <summary>Where the table in a file of text begins: after comments, and after lines of words that have another number of cells.</summary>
/// <param name="Table">The lines of the table that were looked at.</param>
/// <param name="Mark">What lines of comments begin with; null if there was none.</param>
/// <param name="Names">The names that the last comment holds; null if it holds none.</param>
/// <param name="Notes">What was left out, in words.</param>
internal sealed record TextStart(IReadOnlyList<TextLine> Table, string? Mark, string[]? Names, IReadOnlyList<string> Notes)
{
    // What instruments write above a table is short, and the table is longer.
    private const int MostPreamble = 60, FewestRows = 5;

    private static readonly string[] s_marks = ["#", "%", "//", "!"];

    /// <summary>Judges the lines at the start of a file.</summary>
    /// <exception cref="InvalidDataException">They are all comments.</exception>
    public static TextStart Of(IReadOnlyList<TextLine> lines)
    {
        // What Excel is told of the separator.
        if (lines.Count > 1 && lines[0].Text.Trim() is { Length: 5 } hint && hint.StartsWith("sep=", StringComparison.OrdinalIgnoreCase))
            lines = [.. lines.Skip(1)];
        int first = 0;
        while (first < lines.Count && MarkOf(lines[first].Text) is not null)
            first++;
        if (first == 0)
            return After(lines, 0, null, null, []);
        if (first == lines.Count)
            throw new InvalidDataException("holds only comments at its start, expected rows of values");
        string mark = MarkOf(lines[first - 1].Text)!;
        string[]? names = NamesIn(lines[first - 1].Text[mark.Length..], lines[first].Text);
        int comments = first - (names is null ? 0 : 1);
        string[] notes = comments == 0 ? [] : [$"{comments} {(comments == 1 ? "line of comment" : "lines of comments")} left out"];
        return names is null ? After(lines, first, mark, null, notes) : new([.. lines.Skip(first)], mark, names, notes);
    }

    /// <summary>What a line of a comment begins with; null of any other.</summary>
    public static string? MarkOf(ReadOnlySpan<char> line)
    {
        ReadOnlySpan<char> text = line.TrimStart(" \t");
        foreach (string mark in s_marks)
            if (text.StartsWith(mark))
                return mark;
        return null;
    }

    private static TextStart After(IReadOnlyList<TextLine> lines, int first, string? mark, string[]? names, string[] notes)
    {
        TextLine[] table = [.. lines.Skip(first).Where(line => MarkOf(line.Text) != (mark ?? "#"))];
        int preamble = Preamble(table);
        return preamble == 0
            ? new(table, mark, names, notes)
            : new(table[preamble..], mark, names, [.. notes, $"{preamble} {(preamble == 1 ? "line" : "lines")} before the table left out"]);
    }

    // Lines of words before many that all have the same other number of cells.
    private static int Preamble(TextLine[] lines)
    {
        if (lines.Length <= FewestRows)
            return 0;
        char separator = CsvDialect.SeparatorOf(lines[^1].Text);
        int[] counts = [.. lines.Select(line => CsvDialect.Cells(line.Text, separator).Length)];
        int first = lines.Length - 1;
        while (first > 0 && counts[first - 1] == counts[^1])
            first--;
        // A header without the name of its index, or without the separator that ends the rows, is one.
        bool isHeader = first == 1 && counts[0] == counts[^1] - 1;
        return counts[^1] > 1 && first is > 0 and <= MostPreamble && lines.Length - first > FewestRows && !isHeader
            && lines.Take(first).All(line => CsvDialect.Cells(line.Text, separator).Any(IsWord))
            && CsvDialect.Cells(lines[^1].Text, separator).Any(cell => !IsWord(cell))
            ? first
            : 0;
    }

    private static string[]? NamesIn(string comment, string row)
    {
        char separator = CsvDialect.SeparatorOf(row);
        string[] cells = CsvDialect.Cells(row, separator);
        if (!Array.Exists(cells, cell => cell.Length > 0 && !IsWord(cell)))
            return null;
        string[] names = CsvDialect.Cells(comment.TrimStart('#', '%', '!', '/', ' '), separator);
        // Of a table that blanks separated.
        if (separator == ';' && names.Length != cells.Length)
            names = comment.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return names.Length == cells.Length && Array.TrueForAll(names, name => name.Length == 0 || IsWord(name))
            && (cells.Length > 1 || !names[0].Contains(' ', StringComparison.Ordinal)) ? names : null;
    }

    private static bool IsWord(string cell) => cell.Length > 0 && !CsvNumber.MayBe(cell);
}
