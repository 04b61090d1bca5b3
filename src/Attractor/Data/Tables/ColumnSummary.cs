using System.Runtime.CompilerServices;

namespace Attractor.Data;

/// <summary>Count, mean, variance and range of the values present in each column, in one pass over blocks of rows.</summary>
/// <remarks>
/// Within a block the variance is that of the corrected two-pass algorithm; blocks are joined by the pairwise update, both of Chan, Golub
/// and LeVeque 1983. The same rows in the same blocks give the same bits.
/// </remarks>
internal sealed class ColumnSummary(int columns)
{
    private readonly long[] _missing = new long[columns];
    private readonly double[] _mean = new double[columns];
    private readonly double[] _squares = new double[columns];
    private readonly double[] _minimum = [.. Enumerable.Repeat(double.PositiveInfinity, columns)];
    private readonly double[] _maximum = [.. Enumerable.Repeat(double.NegativeInfinity, columns)];

    public long Rows { get; private set; }

    public IReadOnlyList<long> Missing => _missing;

    public IReadOnlyList<double> Mean => WherePresent(n => _mean[n]);

    /// <summary>Population variance.</summary>
    public IReadOnlyList<double> Variance => WherePresent(n => _squares[n] / (Rows - _missing[n]));

    public IReadOnlyList<double> Minimum => WherePresent(n => _minimum[n]);

    public IReadOnlyList<double> Maximum => WherePresent(n => _maximum[n]);

    public IReadOnlyList<ColumnProfile> ToProfiles()
        => [.. Enumerable.Range(0, _mean.Length).Select(
            n => new ColumnProfile(Rows - _missing[n], _missing[n], Mean[n], Variance[n], Minimum[n], Maximum[n]))];

    /// <param name="rows">R x N values; NaN is missing.</param>
    public void Add(ReadOnlySpan<double> rows)
    {
        for (int n = 0; n < _mean.Length; n++)
            AddColumn(rows, n);
        Rows += rows.Length / _mean.Length;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddColumn(ReadOnlySpan<double> rows, int n)
    {
        int stride = _mean.Length, missing = 0, count = 0;
        double sum = 0, minimum = _minimum[n], maximum = _maximum[n];
        for (int i = n; i < rows.Length; i += stride)
        {
            double x = rows[i];
            if (double.IsNaN(x))
            {
                missing++;
                continue;
            }
            count++;
            sum += x;
            minimum = x < minimum ? x : minimum;
            maximum = x > maximum ? x : maximum;
        }
        long before = Rows - _missing[n];
        _missing[n] += missing;
        (_minimum[n], _maximum[n]) = (minimum, maximum);
        if (count == 0)
            return;

        double rounded = sum / count, shift = 0, squares = 0;
        for (int i = n; i < rows.Length; i += stride)
        {
            double d = rows[i] - rounded;
            if (double.IsNaN(d))
                continue;
            shift += d;
            squares += d * d;
        }
        double mean = rounded + (shift / count);
        squares = Math.Max(0, squares - (shift * shift / count));

        double total = before + count, difference = mean - _mean[n];
        _mean[n] += difference * (count / total);
        _squares[n] += squares + (difference * difference * (before * (count / total)));
    }

    private double[] WherePresent(Func<int, double> statistic)
        => [.. Enumerable.Range(0, _mean.Length).Select(n => _missing[n] < Rows ? statistic(n) : double.NaN)];
}
