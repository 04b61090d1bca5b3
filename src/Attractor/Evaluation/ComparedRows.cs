using System.Numerics.Tensors;

namespace Attractor.Evaluation;

/// <summary>What every score asks of the rows it compares.</summary>
internal static class ComparedRows
{
    public static bool IsFinite(ReadOnlySpan<double> row) => TensorPrimitives.IsFiniteAll(row);

    public static double SquaredDistance(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double sum = 0;
        for (int n = 0; n < x.Length; n++)
            sum += (x[n] - y[n]) * (x[n] - y[n]);
        return sum;
    }

    /// <summary>
    /// <paramref name="count"/> indices spread evenly over 0 .. <paramref name="available"/> - 1;
    /// all of them if the count is 0 or too large.
    /// </summary>
    public static IEnumerable<int> Spread(int available, int count)
    {
        int taken = count == 0 ? available : Math.Min(count, available);
        for (int i = 0; i < taken; i++)
            yield return (int)((long)i * available / taken);
    }

    /// <summary>The rows without missing values, one after the other.</summary>
    public static TimeSeries Complete(TimeSeries series)
    {
        if (IsFinite(series.Values))
            return series;
        List<double> values = [];
        for (int t = 0; t < series.Length; t++)
            if (IsFinite(series.Row(t)))
                values.AddRange(series.Row(t));
        return new([.. values], series.Dimension, series.Dt, series.Names);
    }

    /// <summary>The rows of several recordings one after the other, for what does not ask in which order they come.</summary>
    public static TimeSeries Joined(IEnumerable<TimeSeries> recordings)
    {
        TimeSeries[] all = [.. recordings];
        double[] values = new double[all.Sum(recording => recording.Values.Length)];
        int at = 0;
        foreach (TimeSeries recording in all)
        {
            recording.Values.CopyTo(values.AsSpan(at));
            at += recording.Values.Length;
        }
        return new(values, all[0].Dimension, all[0].Dt, all[0].Names);
    }

    /// <summary>Whether a variable takes fewer than two values.</summary>
    public static bool AnyConstant(TimeSeries series)
    {
        for (int n = 0; n < series.Dimension; n++)
            if (series.Column(n).Where(double.IsFinite).Distinct().Take(2).Count() < 2)
                return true;
        return false;
    }

    public static void RequireSameDimension(TimeSeries truth, TimeSeries other)
    {
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentNullException.ThrowIfNull(other);
        if (other.Dimension != truth.Dimension)
            throw new ArgumentException($"Expected {truth.Dimension} variables as in the truth, found {other.Dimension}.");
    }

    public static void RequireObserved(Systems.IObservedMap model, TimeSeries truth)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(truth);
        if (model.Observed != truth.Dimension)
            throw new ArgumentException($"The model observes {model.Observed} variables, the truth has {truth.Dimension}.");
    }
}
