using System.Globalization;
using Attractor.Data;

namespace Attractor.Dynamics.FromData;

/// <summary>What every estimate from a recording asks of it.</summary>
internal static class Recording
{
    public static void RequireFinite(ReadOnlySpan<double> values)
    {
        for (int t = 0; t < values.Length; t++)
            if (!double.IsFinite(values[t]))
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"The value at {t} is not a finite number: take a stretch without missing values."), nameof(values));
    }

    public static void Require(TimeSeries series, int rows)
    {
        ArgumentNullException.ThrowIfNull(series);
        if (series.FindNonFinite() is { } position)
            throw new ArgumentException($"The recording has {position}: take a stretch without.", nameof(series));
        if (series.Length < rows)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{series.Length} rows are too few for this estimate: it needs {rows}."), nameof(series));
    }
}
