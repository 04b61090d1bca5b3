using System.Globalization;
using System.Runtime.CompilerServices;

namespace Attractor.Data;

/// <summary>Sentences on what in the columns of a recording may not be what it seems.</summary>
internal static class ColumnNotes
{
    private const int Shown = 4, FewestRows = 10;

    // What loggers write where there is no value; real values do not lie that far from all others.
    private const double Far = 3;

    private static readonly double[] s_codes =
        [-99, -999, -9999, -99999, -999.9, -9999.9, -999.99, -9999.99, 999, 9999, 99999, 1e20, -1e20, 1e36, 1e37];

    /// <summary>Codes for missing values, and columns that repeat each other.</summary>
    public static IEnumerable<FormattableString> Of(
        IReadOnlyList<double[]> trials, int columns, int[] chosen, ColumnCounts[] counts, Func<int, string> name)
    {
        List<string> codes = [];
        foreach (int i in chosen.Where(i => !counts[i].IsConstant && counts[i].Present >= FewestRows))
            foreach (double code in new[] { counts[i].Least, counts[i].Most }.Where(s_codes.Contains))
                if (Others(trials, columns, i, code) is var (count, largest) && Math.Abs(code) > Far * largest)
                    codes.Add(string.Create(
                        CultureInfo.InvariantCulture, $"'{name(i)}' is {code} in {count} {(count == 1 ? "row" : "rows")}"));
        if (codes.Count > 0)
            yield return $"{Listed(codes)}, far from all its other values: where that stands for a missing value, leave the cell empty";
        List<string> pairs = [];
        for (int a = 0; a < chosen.Length && pairs.Count <= Shown; a++)
            for (int b = a + 1; b < chosen.Length; b++)
                if (counts[chosen[a]] == counts[chosen[b]] && !counts[chosen[a]].IsConstant
                    && AreSame(trials, columns, chosen[a], chosen[b]))
                {
                    pairs.Add($"'{name(chosen[b])}' repeats '{name(chosen[a])}'");
                    break;
                }
        if (pairs.Count > 0)
            yield return $"{Listed(pairs)} row by row";
    }

    /// <summary>That the times of a file begin anew.</summary>
    public static FormattableString Restart(string name, IReadOnlyList<int> rows, double[] times)
    {
        double back = times[rows[0] - 1] - times[rows[0]];
        // An hour back in a recording of hours is no other recording, but nothing tells.
        string clocks = back <= 3600 && rows.Count < 3 && times[^1] - times[0] > 3600
            ? " (do its clocks change? write times with their zone)"
            : "";
        string often = rows.Count == 1 ? "once, " : $"{rows.Count} times, first ";
        return $"the times in '{name}' go back {often}after row {rows[0] - 1}{clocks}: what follows is taken as a recording of its own";
    }

    /// <summary>That an index leaves out numbers.</summary>
    public static FormattableString IndexGaps(int column, int gaps)
        => FormattableStringFactory.Create(
            "the index in column {0} leaves out numbers in {1} places, as where rows were dropped: {2:setting} {0} takes the rows apart "
            + "there",
            column + 1, gaps, nameof(DataSelection.Time));

    private static (int Count, double Largest) Others(IReadOnlyList<double[]> trials, int columns, int column, double code)
    {
        (int count, double largest) = (0, 0.0);
        foreach (double[] values in trials)
            for (int i = column; i < values.Length; i += columns)
                if (values[i] == code)
                    count++;
                else if (Math.Abs(values[i]) > largest)
                    largest = Math.Abs(values[i]);
        return (count, largest);
    }

    private static bool AreSame(IReadOnlyList<double[]> trials, int columns, int a, int b)
    {
        foreach (double[] values in trials)
            for (int i = 0; i < values.Length; i += columns)
                if (values[i + a] != values[i + b] && !(double.IsNaN(values[i + a]) && double.IsNaN(values[i + b])))
                    return false;
        return true;
    }

    private static string Listed(List<string> items)
        => string.Join(", ", items.Take(Shown)) + (items.Count > Shown ? $" and {items.Count - Shown} more" : "");
}
