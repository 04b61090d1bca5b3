namespace Attractor.Data;

/// <summary>Mean and population standard deviation of one variable over the rows where it is not missing.</summary>
internal readonly record struct ColumnMoments(long Count, double Mean, double Deviation, double Minimum, double Maximum)
{
    /// <summary>Whether all values are equal: a rounded deviation cannot tell.</summary>
    public bool IsConstant => Minimum == Maximum;

    /// <summary>Of every column of rows that need not be in memory; the same bits as of a series of them.</summary>
    public static ColumnMoments[] Of(IRowSource rows)
    {
        const int BlockRows = 4096;
        int columns = rows.Names.Count;
        long[] count = new long[columns];
        double[] sum = new double[columns], mean = new double[columns], shift = new double[columns], squares = new double[columns];
        double[] block = new double[(int)Math.Min(BlockRows, rows.Count) * columns];
        Each((x, n) =>
        {
            count[n]++;
            sum[n] += x;
        });
        for (int n = 0; n < columns; n++)
            mean[n] = sum[n] / count[n];
        Each((x, n) =>
        {
            double d = x - mean[n];
            shift[n] += d;
            squares[n] += d * d;
        });
        return
        [
            .. Enumerable.Range(0, columns).Select(n => count[n] == 0 ? default : new ColumnMoments(
                count[n],
                mean[n] + (shift[n] / count[n]),
                Math.Sqrt(Math.Max((squares[n] - (shift[n] * shift[n] / count[n])) / count[n], 0)),
                rows.Profiles[n].Minimum,
                rows.Profiles[n].Maximum))
        ];

        void Each(Action<double, int> add)
        {
            for (long first = 0; first < rows.Count; first += BlockRows)
            {
                Span<double> read = block.AsSpan(0, (int)Math.Min(BlockRows, rows.Count - first) * columns);
                rows.Read(first, read);
                for (int i = 0; i < read.Length; i++)
                    if (!double.IsNaN(read[i]))
                        add(read[i], i % columns);
            }
        }
    }

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
