namespace Attractor.Data;

/// <summary>The names in the first lines of a table, where they are more than one line that has a name for every cell.</summary>
/// <param name="Lines">How many lines they take.</param>
/// <param name="Names">One for each column; empty where there is none.</param>
/// <param name="TrailingSeparator">Whether the rows, but not the header, end with a separator.</param>
internal sealed record TextHeader(int Lines, string[] Names, bool TrailingSeparator)
{
    private const int MostLines = 3;

    /// <summary>Judges the cells of the first lines.</summary>
    /// <returns>Null of a table without a header, or with an ordinary one.</returns>
    public static TextHeader? Of(IReadOnlyList<string[]> lines)
    {
        if (lines.Count < 2 || lines[0].Any(IsNumber) || !lines[0].Any(IsWord))
            return null;
        string[] first = lines[0];
        string[][] rows = [.. lines.Skip(1)];
        if (Array.TrueForAll(rows, row => row.Length == first.Length + 1) && Array.Exists(rows, row => row.Any(IsNumber)))
            return Array.TrueForAll(rows, row => row[^1].Length == 0) ? new(1, first, true)
                // As R writes them: the names of the rows have none themselves.
                : new(1, ["", .. first], false);
        for (int count = MostLines; count > 1; count--)
            if (IsHeader(lines, count))
                return new(
                    count, [.. Enumerable.Range(0, first.Length).Select(i => Joined(lines.Take(count).Select(line => line[i])))], false);
        return null;
    }

    // Above columns of numbers there are words in the second line, of some of them at least; in a third at most the name of an index.
    private static bool IsHeader(IReadOnlyList<string[]> lines, int count)
    {
        int columns = lines[0].Length;
        if (lines.Count < count + 2 || lines.Any(line => line.Length != columns))
            return false;
        bool any = false;
        for (int i = 0; i < columns; i++)
        {
            int numbers = 0, words = 0;
            for (int t = count; t < lines.Count; t++)
            {
                numbers += IsNumber(lines[t][i]) ? 1 : 0;
                words += IsWord(lines[t][i]) ? 1 : 0;
            }
            bool isIndex = i == 0 && lines[1][0].Length == 0;
            if (numbers == 0 || words > 0 || isIndex)
                continue;
            // A variable may have no unit.
            if ((lines[1][i].Length > 0 && !IsWord(lines[1][i])) || (count > 2 && lines[2][i].Length > 0 && i > 0))
                return false;
            any |= lines[1][i].Length > 0 && (count == 2 || i > 0);
        }
        return any && (count == 2 || !IsNumber(lines[2][0]));
    }

    private static string Joined(IEnumerable<string> parts) => string.Join(
        ' ', parts.Where(part => part.Length > 0 && !part.StartsWith("Unnamed: ", StringComparison.Ordinal)).Distinct());

    private static bool IsNumber(string cell) => cell.Length > 0 && !IsMissing(cell) && CsvNumber.MayBe(cell);

    private static bool IsWord(string cell) => cell.Length > 0 && !IsMissing(cell) && !IsNumber(cell);

    private static bool IsMissing(string cell) => CsvNumber.IsMissing(System.Text.Encoding.UTF8.GetBytes(cell));
}
