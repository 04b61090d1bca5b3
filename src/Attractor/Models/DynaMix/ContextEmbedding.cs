using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>The rules of DynaMix for a context of fewer variables than it takes.</summary>
/// <param name="Kind">How the missing ones are made.</param>
/// <param name="Variables">How many there are.</param>
/// <param name="Added">How many are made.</param>
/// <param name="Lag">tau, in rows: of delays the lag, of sines the period.</param>
public sealed record ContextEmbedding(ContextEmbeddingKind Kind, int Variables, int Added, int Lag)
{
    /// <summary>Rows at the beginning that have no delays.</summary>
    public int Dropped => Kind is ContextEmbeddingKind.Delay ? Added * Lag : 0;

    /// <summary>The embedding for a context.</summary>
    /// <param name="context">T x N without missing values.</param>
    /// <param name="wanted">How many variables there are to be, more than N.</param>
    /// <param name="kind">How they are made.</param>
    /// <exception cref="ArgumentException">There are as many already, or too few rows.</exception>
    public static ContextEmbedding For(TimeSeries context, int wanted, ContextEmbeddingKind kind)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(wanted, context.Dimension);
        int added = wanted - context.Dimension, rows = context.Length;
        if (rows < 2 * (added + 1))
            throw new ArgumentException($"{rows} rows are too few to make {added} variables of.", nameof(context));
        int lag = kind switch
        {
            ContextEmbeddingKind.Delay => LargestLag(context, FirstBelow),
            ContextEmbeddingKind.Positional => LargestLag(context, HighestPeak),
            _ => 1,
        };
        if (kind is ContextEmbeddingKind.Delay && added * lag >= rows - 2)
            lag = Math.Max(1, rows / (added + 1));
        if (kind is ContextEmbeddingKind.Delay && added * lag >= rows - 2)
            lag = Math.Max(1, (rows - 3) / added);
        return new(kind, context.Dimension, added, lag);
    }

    /// <summary>The context with the variables that are made, without the rows that have none.</summary>
    /// <exception cref="ArgumentException">The numbers of variables differ, or no row is left.</exception>
    public TimeSeries Apply(TimeSeries context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Dimension != Variables)
            throw new ArgumentException($"Expected {Variables} variables, found {context.Dimension}.", nameof(context));
        int rows = context.Length - Dropped, n = Variables + Added;
        if (rows < 1)
            throw new ArgumentException($"{context.Length} rows are too few for delays of {Dropped} rows.", nameof(context));
        double[] values = new double[rows * n];
        for (int t = 0; t < rows; t++)
        {
            context.Row(t + Dropped).CopyTo(values.AsSpan(t * n));
            for (int i = 1; i <= Added; i++)
                values[(t * n) + Variables + i - 1] = Kind switch
                {
                    ContextEmbeddingKind.Delay => context[t + Dropped - (i * Lag), Variables - 1],
                    ContextEmbeddingKind.Positional => Math.Sin((2 * Math.PI * (t + 1) / Lag) + Phase(i - 1)),
                    _ => 0,
                };
        }
        return new(values, n, context.Dt);
    }

    // Equally spaced in 0 .. pi/2; 0 of one.
    private double Phase(int i) => Added == 1 ? 0 : Math.PI / 2 * i / (Added - 1);

    private static int LargestLag(TimeSeries context, Func<double[], int> lagOf)
        => Enumerable.Range(0, context.Dimension).Max(n => lagOf(Correlation(context.Column(n))));

    private static int FirstBelow(double[] correlation)
    {
        int lag = Array.FindIndex(correlation, 1, c => c < 1 / Math.E);
        return lag < 0 ? correlation.Length - 1 : lag;
    }

    // The highest of the peaks beyond a tenth of the rows.
    private static int HighestPeak(double[] correlation)
    {
        int first = Math.Max(1, correlation.Length * 2 / 10), best = 0;
        for (int lag = first; lag + 1 < correlation.Length; lag++)
            if (correlation[lag] > correlation[lag - 1] && correlation[lag] >= correlation[lag + 1]
                && (best == 0 || correlation[lag] > correlation[best]))
                best = lag;
        return best > 0 ? best : Math.Max(1, correlation.Length - 1);
    }

    // Lags 0 to half of the rows.
    private static double[] Correlation(double[] values)
    {
        double mean = values.Average();
        double[] centred = [.. values.Select(x => x - mean)], result = new double[(values.Length / 2) + 1];
        double power = VectorOperations.Dot(centred, centred);
        for (int lag = 0; lag < result.Length; lag++)
            result[lag] = power > 0
                ? VectorOperations.Dot(centred.AsSpan(lag), centred.AsSpan(0, centred.Length - lag)) / power
                : lag == 0 ? 1 : 0;
        return result;
    }
}
