using System.Globalization;

namespace Attractor.Data;

/// <summary>The trials that one or two columns of a table name: a row belongs to the one of its values.</summary>
/// <param name="Members">Of each trial its rows, in their order; trials in the order in which they begin.</param>
/// <param name="Names">What it is called: the value, or those of both with a stroke between them.</param>
/// <param name="Last">The value of the last column alone.</param>
/// <param name="Nameless">How many rows belong to none, as a value is missing.</param>
internal sealed record TrialLevels(int[][] Members, IReadOnlyList<string> Names, IReadOnlyList<string> Last, int Nameless)
{
    private const int None = -1;

    /// <param name="values">T x N, row-major.</param>
    /// <param name="width">N.</param>
    /// <param name="columns">The columns, the group first.</param>
    /// <param name="text">The cells of a column of text; null of one of numbers.</param>
    /// <param name="name">What a column is called, for messages.</param>
    /// <exception cref="InvalidDataException">A column differs from row to row, or is empty.</exception>
    public static TrialLevels Of(double[] values, int width, int[] columns, Func<int, TextCells?> text, Func<int, string> name)
    {
        int rows = values.Length / width;
        int[] level = new int[rows];
        List<string> names = [""], last = [""];
        foreach (int column in columns)
        {
            (IReadOnlyList<int> own, IReadOnlyList<string> ownNames) = text(column) is { } cells
                ? cells.Levels ?? throw new InvalidDataException(
                    $"the column '{name(column)}' differs from row to row, and names no trials")
                : Numbers(values, width, column);
            Dictionary<(int, int), int> seen = [];
            List<string> joined = [], lasts = [];
            for (int t = 0; t < rows; t++)
            {
                if (level[t] == None || own[t] == None || ownNames[own[t]].Length == 0)
                {
                    level[t] = None;
                    continue;
                }
                (int, int) key = (level[t], own[t]);
                if (!seen.TryGetValue(key, out int found))
                {
                    seen.Add(key, found = seen.Count);
                    string value = ownNames[own[t]];
                    joined.Add(names[level[t]].Length == 0 ? value : $"{names[level[t]]}/{value}");
                    lasts.Add(value);
                }
                level[t] = found;
            }
            (names, last) = (joined, lasts);
        }
        if (names.Count == 0)
            throw new InvalidDataException($"the column '{name(columns[^1])}' is empty, and names no trials");
        List<int>[] members = [.. names.Select(_ => new List<int>())];
        for (int t = 0; t < rows; t++)
            if (level[t] != None)
                members[level[t]].Add(t);
        return new([.. members.Select(member => member.ToArray())], names, last, level.Count(of => of == None));
    }

    private static (IReadOnlyList<int> Rows, IReadOnlyList<string> Names) Numbers(double[] values, int width, int column)
    {
        Dictionary<double, int> seen = [];
        int[] found = new int[values.Length / width];
        for (int t = 0; t < found.Length; t++)
        {
            double value = values[(t * width) + column];
            found[t] = None;
            if (!double.IsNaN(value) && !seen.TryGetValue(value, out found[t]))
                seen.Add(value, found[t] = seen.Count);
        }
        return (found, [.. seen.Keys.Select(value => value.ToString("R", CultureInfo.InvariantCulture))]);
    }
}
