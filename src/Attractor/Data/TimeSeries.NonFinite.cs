using System.Numerics.Tensors;
using Attractor.Data;

namespace Attractor;

/// <content>Missing and infinite values.</content>
public sealed partial class TimeSeries
{
    /// <summary>The number of missing values (NaN).</summary>
    public int CountMissing()
    {
        int missing = 0;
        foreach (double value in _values)
            missing += double.IsNaN(value) ? 1 : 0;
        return missing;
    }

    /// <summary>How many values are NaN or infinite, and where the first of them is; null if all are finite.</summary>
    public NonFiniteValues? FindNonFinite()
    {
        int missing = 0, infinite = 0, first = -1;
        for (int i = 0; i < _values.Length; i++)
        {
            if (double.IsFinite(_values[i]))
                continue;
            if (first < 0)
                first = i;
            if (double.IsNaN(_values[i]))
                missing++;
            else
                infinite++;
        }
        return first < 0 ? null : new(missing, infinite, first / Dimension, first % Dimension, Names[first % Dimension]);
    }

    /// <summary>The longest stretch of rows without missing or infinite values; no row if there is none.</summary>
    public TimeSeries LongestWhole()
    {
        (int start, int length) = WholeStretches().OrderByDescending(stretch => stretch.Length).FirstOrDefault();
        return Slice(start, length);
    }

    /// <summary>The longest stretch of any of some recordings without missing or infinite values.</summary>
    /// <param name="trials">At least one.</param>
    public static TimeSeries LongestWhole(IReadOnlyList<TimeSeries> trials)
    {
        ArgumentNullException.ThrowIfNull(trials);
        return trials.Select(trial => trial.LongestWhole()).MaxBy(stretch => stretch.Length)
            ?? throw new ArgumentException("There is no recording.", nameof(trials));
    }

    /// <summary>The stretches of rows without missing or infinite values, in their order.</summary>
    public IEnumerable<(int Start, int Length)> WholeStretches()
    {
        int start = 0;
        for (int t = 0; t < Length; t++)
        {
            if (TensorPrimitives.IsFiniteAll(Row(t)))
                continue;
            if (t > start)
                yield return (start, t - start);
            start = t + 1;
        }
        if (Length > start)
            yield return (start, Length - start);
    }
}
