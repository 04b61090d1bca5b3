using Attractor.Data;

namespace Attractor.Learning.Readouts;

/// <summary>Inputs and the outputs that are wanted for them, row by row.</summary>
/// <param name="Inputs">T x the network's inputs, complete.</param>
/// <param name="Targets">T x K: row t is wanted once row t of the inputs has been taken in. A row with a missing value (NaN) is masked: it drives, but is not fitted.</param>
/// <param name="Weights">T weights of the samples, at least 0; all 1 if absent.</param>
public sealed record TeachingSeries(TimeSeries Inputs, TimeSeries Targets, IReadOnlyList<double>? Weights = null)
{
    /// <summary>A series that is to predict its own next row: T rows give T - 1 pairs.</summary>
    /// <exception cref="ArgumentException">The series has fewer than 2 rows.</exception>
    public static TeachingSeries NextStep(TimeSeries series)
    {
        ArgumentNullException.ThrowIfNull(series);
        return series.Length >= 2
            ? new(series.Slice(0, series.Length - 1), series.Slice(1, series.Length - 1))
            : throw new ArgumentException($"A series of {series.Length} rows has no next row to predict.", nameof(series));
    }
}
