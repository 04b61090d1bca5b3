namespace Attractor.Data;

/// <summary>Mean and population standard deviation of one variable over the rows where it is not missing.</summary>
internal readonly record struct ColumnMoments(int Count, double Mean, double Deviation, double Minimum, double Maximum)
{
    /// <summary>Whether all values are equal: a rounded deviation cannot tell.</summary>
    public bool IsConstant => Minimum == Maximum;

    /// <exception cref="InvalidDataException">A value is infinite.</exception>
    public static ColumnMoments Of(TimeSeries series, int column)
    {
        int count = 0;
        double sum = 0, minimum = double.PositiveInfinity, maximum = double.NegativeInfinity;
        for (int t = 0; t < series.Length; t++)
        {
            double x = series[t, column];
            if (double.IsNaN(x))
                continue;
            if (double.IsInfinity(x))
            {
                throw new InvalidDataException(
                    $"Column '{series.Names[column]}' is infinite in row {t} (counting from 0); make it a number, or NaN "
                    + $"if it is missing.");
            }
            count++;
            sum += x;
            minimum = Math.Min(minimum, x);
            maximum = Math.Max(maximum, x);
        }
        if (count == 0)
            return default;

        // Second pass about the rounded mean (corrected two-pass algorithm, Chan, Golub and LeVeque 1983).
        double mean = sum / count, shift = 0, squares = 0;
        for (int t = 0; t < series.Length; t++)
        {
            double d = series[t, column] - mean;
            if (double.IsNaN(d))
                continue;
            shift += d;
            squares += d * d;
        }
        double variance = (squares - (shift * shift / count)) / count;
        return new(count, mean + (shift / count), Math.Sqrt(Math.Max(variance, 0)), minimum, maximum);
    }
}
