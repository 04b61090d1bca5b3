using System.Text.RegularExpressions;

namespace Attractor.Data;

/// <summary>What a column looks like, over all trials.</summary>
internal static partial class ColumnRules
{
    // Fewer numbers in a row may rise by chance.
    private const int FewestOfRamp = 10;

    /// <summary>Whether all values are the same, and how many are missing.</summary>
    public static (bool IsConstant, long Missing, long Present) Count(IReadOnlyList<double[]> trials, int columns, int column)
    {
        double first = double.NaN;
        bool constant = true;
        long missing = 0, present = 0;
        foreach (double[] values in trials)
            for (int i = column; i < values.Length; i += columns)
            {
                if (double.IsNaN(values[i]))
                {
                    missing++;
                    continue;
                }
                present++;
                if (double.IsNaN(first))
                    first = values[i];
                constant &= values[i] == first;
            }
        return (constant && present > 0, missing, present);
    }

    /// <summary>Whether it counts the rows, from anywhere; of each trial anew or on and on.</summary>
    public static bool IsIndex(IReadOnlyList<double[]> trials, int columns, int column, bool unnamed)
    {
        long rows = 0;
        foreach (double[] values in trials)
        {
            for (int i = column; i < values.Length; i += columns, rows++)
                if (values[i] != Math.Floor(values[i]) || (i >= columns && values[i] - values[i - columns] != 1))
                    return false;
        }
        return rows >= (unnamed ? 2 : FewestOfRamp);
    }

    /// <summary>Whether it rises by the same step from row to row.</summary>
    public static bool IsRamp(IReadOnlyList<double[]> trials, int columns, int column)
    {
        double step = double.NaN;
        foreach (double[] values in trials)
        {
            int rows = values.Length / columns;
            if (rows < FewestOfRamp)
                return false;
            double first = values[column], last = values[((rows - 1) * columns) + column];
            double slope = (last - first) / (rows - 1);
            // A few units of the last digit of a float32.
            double tolerance = Math.Min(0.4 * slope, (1e-3 * slope) + (5e-7 * Math.Max(Math.Abs(first), Math.Abs(last))));
            if (!(slope > 0) || (!double.IsNaN(step) && Math.Abs(slope - step) > 0.01 * step))
                return false;
            step = slope;
            for (int t = 0; t < rows; t++)
                if (!(Math.Abs(values[(t * columns) + column] - (first + (t * slope))) <= tolerance))
                    return false;
        }
        return true;
    }

    /// <summary>Whether it holds whole numbers, each in one block of several rows, of a single trial.</summary>
    public static bool IsInBlocks(IReadOnlyList<double[]> trials, int columns, int column)
    {
        if (trials.Count != 1)
            return false;
        double[] values = trials[0];
        HashSet<double> seen = [];
        int rows = values.Length / columns;
        for (int t = 0; t < rows; t++)
        {
            double value = values[(t * columns) + column];
            if (value != Math.Floor(value) || double.IsInfinity(value))
                return false;
            if (t > 0 && value == values[((t - 1) * columns) + column])
                continue;
            if (!seen.Add(value) || seen.Count > rows / FewestOfRamp)
                return false;
        }
        return seen.Count > 1;
    }

    /// <summary>Whether a name is that of an identifier.</summary>
    public static bool NamesIdentifier(string name) => Identifier().IsMatch(name);

    [GeneratedRegex(
        @"(^|[ _])(ids?|trials?|subjects?|session|run|episode|recording|series|group|patient|animal|cell)($|[ _]?(id|nr|no|number)?$)",
        RegexOptions.IgnoreCase)]
    private static partial Regex Identifier();
}
