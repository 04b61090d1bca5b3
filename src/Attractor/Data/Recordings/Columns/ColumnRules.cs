using System.Text.RegularExpressions;

namespace Attractor.Data;

/// <summary>What a column looks like, over all trials.</summary>
internal static partial class ColumnRules
{
    // Fewer numbers in a row may rise by chance.
    private const int FewestOfRamp = 10, FewestOfRounded = 50;

    /// <summary>Of each column how many values are missing, and the least and greatest of the others.</summary>
    public static ColumnCounts[] Count(IReadOnlyList<double[]> trials, int columns)
    {
        double[] least = new double[columns], most = new double[columns];
        long[] present = new long[columns];
        least.AsSpan().Fill(double.PositiveInfinity);
        most.AsSpan().Fill(double.NegativeInfinity);
        long rows = 0;
        foreach (double[] values in trials)
        {
            rows += values.Length / columns;
            for (int at = 0; at < values.Length; at += columns)
            {
                ReadOnlySpan<double> row = values.AsSpan(at, columns);
                for (int i = 0; i < row.Length; i++)
                {
                    double value = row[i];
                    least[i] = value < least[i] ? value : least[i];
                    most[i] = value > most[i] ? value : most[i];
                    present[i] += double.IsNaN(value) ? 0 : 1;
                }
            }
        }
        return [.. Enumerable.Range(0, columns).Select(i => new ColumnCounts(rows - present[i], present[i], least[i], most[i]))];
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

    /// <summary>
    /// Whether it numbers the rows, but not one after the other: each once, in another order; or without a name and rising, with numbers
    /// left out. Of a single trial.
    /// </summary>
    /// <param name="trials">The values.</param>
    /// <param name="columns">N.</param>
    /// <param name="column">Which.</param>
    /// <param name="unnamed">Whether the header leaves it without a name.</param>
    /// <param name="gaps">How many times numbers are left out; null where it does not rise.</param>
    public static bool IsNumbering(IReadOnlyList<double[]> trials, int columns, int column, bool unnamed, out int? gaps)
    {
        gaps = 0;
        if (trials.Count != 1 || trials[0].Length / columns < FewestOfRamp)
            return false;
        double[] values = trials[0];
        double least = double.PositiveInfinity, most = double.NegativeInfinity;
        for (int i = column; i < values.Length; i += columns)
        {
            if (values[i] != Math.Floor(values[i]) || double.IsInfinity(values[i]))
                return false;
            (least, most) = (Math.Min(least, values[i]), Math.Max(most, values[i]));
            if (i < columns || gaps is null)
                continue;
            double step = values[i] - values[i - columns];
            gaps = step > 0 ? gaps + (step > 1 ? 1 : 0) : null;
        }
        int rows = values.Length / columns;
        // What rises by the same step is a ramp.
        if (gaps is not null)
            return unnamed && gaps < rows / 2;
        if (most - least != rows - 1)
            return false;
        bool[] seen = new bool[rows];
        for (int i = column; i < values.Length; i += columns)
            if (seen[(int)(values[i] - least)])
                return false;
            else
                seen[(int)(values[i] - least)] = true;
        return true;
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
            // A few units of the last digit of a float32; a fraction of a step where many rows keep to the line, as rounded numbers do.
            double tolerance = rows >= FewestOfRounded ? 0.4 * slope
                : Math.Min(0.4 * slope, (1e-3 * slope) + (5e-7 * Math.Max(Math.Abs(first), Math.Abs(last))));
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

    /// <summary>Whether it holds whole numbers that stay the same over stretches of many rows, such as trials of each subject.</summary>
    public static bool IsInStretches(IReadOnlyList<double[]> trials, int columns, int column)
    {
        if (trials.Count != 1)
            return false;
        double[] values = trials[0];
        int changes = 0, rows = values.Length / columns;
        for (int at = column; at < values.Length; at += columns)
        {
            if (values[at] != Math.Floor(values[at]) || double.IsInfinity(values[at]))
                return false;
            changes += at >= columns && values[at] != values[at - columns] ? 1 : 0;
        }
        return changes > 0 && changes <= rows / FewestOfRamp;
    }

    /// <summary>Whether it counts the rows of each block of another column anew, from the same number.</summary>
    public static bool CountsWithin(IReadOnlyList<double[]> trials, int columns, int column, int blocks)
    {
        if (trials.Count != 1)
            return false;
        double[] values = trials[0];
        double first = values[column];
        if (first != Math.Floor(first))
            return false;
        for (int at = columns; at < values.Length; at += columns)
        {
            bool begins = values[at + blocks] != values[at - columns + blocks];
            if (values[at + column] != (begins ? first : values[at - columns + column] + 1))
                return false;
        }
        return true;
    }

    /// <summary>Whether a name is that of an identifier.</summary>
    public static bool NamesIdentifier(string name) => Identifier().IsMatch(name);

    [GeneratedRegex(
        @"(^|[ _.])(ids?|trials?|subjects?|session|run|episode|recording|series|group|patient|animal|cell)($|[ _]?(id|nr|no|number)?$)",
        RegexOptions.IgnoreCase)]
    private static partial Regex Identifier();
}
