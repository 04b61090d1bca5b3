using System.Numerics;
using System.Runtime.InteropServices;

namespace Attractor.Evaluation;

/// <summary>The bins that a truth occupies: what it costs to bin it is paid once for all that is compared with it.</summary>
internal sealed class BinnedTruth
{
    private const double Smoothing = 1e-5, Margin = 0.1;

    private readonly int _bins;
    private readonly double[] _low, _inverseWidth;

    // Only bins that hold a point are stored; all others are alike.
    private readonly Dictionary<ulong, (int True, int Generated)> _occupied = [];
    private readonly long _count;

    /// <inheritdoc cref="StateSpaceDivergence.Binned"/>
    public BinnedTruth(TimeSeries truth, int bins)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 2);
        if (BigInteger.Pow(bins, truth.Dimension) > ulong.MaxValue)
            throw new ArgumentException(
                $"{bins}^{truth.Dimension} bins are too many to number: use fewer bins, or the mixture.", nameof(bins));
        (_bins, (_low, _inverseWidth)) = (bins, Grid(truth, bins));
        _count = Count(
            truth, _low, _inverseWidth, bins, bin => CollectionsMarshal.GetValueRefOrAddDefault(_occupied, bin, out _).True++);
    }

    /// <summary>Rows of the truth in a bin that holds any, on average.</summary>
    public double RowsPerOccupiedBin => (double)_count / _occupied.Count;

    /// <summary>D_stsp of an orbit of the truth's variables.</summary>
    /// <returns>NaN if no generated point falls inside.</returns>
    public double DivergenceOf(TimeSeries generated)
    {
        // A copy keeps the order of the bins, and with it the bits of the sum.
        Dictionary<ulong, (int True, int Generated)> occupied = new(_occupied);
        long generatedCount = Count(
            generated, _low, _inverseWidth, _bins, bin => CollectionsMarshal.GetValueRefOrAddDefault(occupied, bin, out _).Generated++);
        if (generatedCount == 0)
            return double.NaN;

        double all = Math.Pow(_bins, _low.Length);
        double p = 1 / (_count + (Smoothing * all)), q = 1 / (generatedCount + (Smoothing * all));
        double divergence = (all - occupied.Count) * Smoothing * p * Math.Log(p / q);
        foreach ((int n, int m) in occupied.Values)
            divergence += (n + Smoothing) * p * Math.Log((n + Smoothing) * p / ((m + Smoothing) * q));
        return divergence;
    }

    /// <summary>The first row in each of the bins that a series visits, in the order of the visits.</summary>
    public IReadOnlyList<int> FirstVisits(TimeSeries series)
    {
        HashSet<ulong> seen = [];
        List<int> rows = [];
        for (int t = 0; t < series.Length; t++)
            if (Bin(series.Row(t), _low, _inverseWidth, _bins) is { } bin && seen.Add(bin))
                rows.Add(t);
        return rows;
    }

    private static (double[] Low, double[] InverseWidth) Grid(TimeSeries truth, int bins)
    {
        double[] low = new double[truth.Dimension], inverseWidth = new double[truth.Dimension];
        for (int n = 0; n < truth.Dimension; n++)
        {
            double[] column = [.. truth.Column(n).Where(double.IsFinite)];
            double mean = column.Length > 0 ? column.Average() : double.NaN,
                squares = 0, min = double.PositiveInfinity, max = double.NegativeInfinity;
            foreach (double x in column)
            {
                squares += (x - mean) * (x - mean);
                min = Math.Min(min, x);
                max = Math.Max(max, x);
            }
            if (!(max > min))
                throw new ArgumentException(
                    $"Variable '{truth.Names[n]}' of the truth is constant: it has no geometry to compare.", nameof(truth));
            double margin = Margin * Math.Sqrt(squares / (column.Length - 1));
            low[n] = min - margin;
            inverseWidth[n] = bins / (max + margin - low[n]);
        }
        return (low, inverseWidth);
    }

    private static long Count(TimeSeries series, double[] low, double[] inverseWidth, int bins, Action<ulong> add)
    {
        long inside = 0;
        ReadOnlySpan<double> values = series.Values;
        for (int offset = 0; offset < values.Length; offset += low.Length)
        {
            if (Bin(values.Slice(offset, low.Length), low, inverseWidth, bins) is not { } bin)
                continue;
            add(bin);
            inside++;
        }
        return inside;
    }

    private static ulong? Bin(ReadOnlySpan<double> row, double[] low, double[] inverseWidth, int bins)
    {
        ulong bin = 0;
        for (int n = 0; n < low.Length; n++)
        {
            double position = (row[n] - low[n]) * inverseWidth[n];
            if (!(position >= 0 && position < bins))
                return null;
            bin = (bin * (ulong)bins) + (ulong)position;
        }
        return bin;
    }
}
