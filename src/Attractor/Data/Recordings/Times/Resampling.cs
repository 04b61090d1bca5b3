namespace Attractor.Data;

/// <summary>Values between the rows of a recording, on a straight line from one to the next.</summary>
internal static class Resampling
{
    // Of a step of the grid: nearer than that, two times are the same.
    private const double Same = 1e-9;

    /// <summary>How many points of a grid from the first time on are not after the last.</summary>
    /// <exception cref="InvalidDataException">They are more than can be held.</exception>
    public static int Count(ReadOnlySpan<double> times, double step, int columns)
    {
        double points = Math.Floor(((times[^1] - times[0]) / step) + Same) + 1;
        return points * columns <= SeriesFile.MaxValues
            ? (int)points
            : throw new InvalidDataException(
                FormattableString.Invariant($"a step of {step} makes {points:G6} rows of {columns} columns, more than ")
                + $"the {SeriesFile.MaxValues} values that can be held; choose a longer one");
    }

    /// <summary>Interpolates: x(t) = x_a + (t - t_a) / (t_b - t_a) (x_b - x_a) between the rows a and b around t.</summary>
    /// <param name="times">The T times of the rows, rising.</param>
    /// <param name="values">T x N values, row-major; a missing one makes those next to it missing too.</param>
    /// <param name="columns">N.</param>
    /// <param name="step">The step of the grid, which begins at the first time.</param>
    /// <returns>The values on the grid, row-major.</returns>
    public static double[] Linear(ReadOnlySpan<double> times, ReadOnlySpan<double> values, int columns, double step)
    {
        int rows = Count(times, step, columns);
        double[] grid = new double[rows * columns];
        for (int k = 0, row = 0; k < rows; k++)
        {
            double time = times[0] + (k * step);
            while (row + 1 < times.Length && times[row + 1] <= time + (Same * step))
                row++;
            Span<double> point = grid.AsSpan(k * columns, columns);
            ReadOnlySpan<double> before = values.Slice(row * columns, columns);
            if (row + 1 == times.Length || time - times[row] <= Same * step)
            {
                before.CopyTo(point);
                continue;
            }
            ReadOnlySpan<double> after = values.Slice((row + 1) * columns, columns);
            double share = (time - times[row]) / (times[row + 1] - times[row]);
            for (int n = 0; n < columns; n++)
                point[n] = before[n] + (share * (after[n] - before[n]));
        }
        return grid;
    }
}
