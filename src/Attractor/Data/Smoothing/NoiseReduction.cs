namespace Attractor.Data;

/// <summary>
/// Measurement noise found and smoothed away, variable by variable: by the Savitzky-Golay filter that predicts a value best from those
/// around it, where it does no harm; where it would cut down spikes, by the mean over other visits of the same states.
/// </summary>
/// <remarks>
/// Noise on what a model is shown biases what it learns (errors in variables): its orbits lie beside the attractor. Of data that are
/// sampled finely a local polynomial takes most of it. What is smoothed away is what the neighbours of a value in time do not tell, so
/// that data which jump from row to row, such as those of maps, are left as they are; docs/training.md has the rule.
/// </remarks>
/// <param name="Filters">N filters; null where a variable is left as it is.</param>
/// <param name="Noise">N standard deviations of the noise, in the units of the data; 0 where a variable is left as it is.</param>
public sealed record NoiseReduction(IReadOnlyList<SavitzkyGolayFilter?> Filters, IReadOnlyList<double> Noise)
{
    // Rows that filters are compared on.
    private const int MostValues = 2_000_000, MostRows = 50_000;

    internal RevisitAverage? Revisits { get; init; }

    /// <summary>
    /// N standard deviations of what is left of the noise of variables that are averaged over other visits: independent from row to row, as
    /// the noise was, 1 / sqrt(K) of it; 0 of all others, of whose noise a filter leaves little, and that smooth.
    /// </summary>
    public IReadOnlyList<double> Remaining
        => [.. Noise.Select((noise, n) => Revisits is null || Filters[n] is not null ? 0 : noise / Math.Sqrt(Neighbours))];

    /// <summary>K, the windows over whose middles variables without a filter are averaged; 0 where none is.</summary>
    public int Neighbours => Revisits is null ? 0 : RevisitAverage.Neighbours;

    /// <summary>The rows of such a window; 0 where no variable is averaged so.</summary>
    public int NeighbourWindow => Revisits is null ? 0 : RevisitAverage.Window;

    /// <summary>The noise of recordings of the same variables.</summary>
    /// <param name="trials">Each T x N; missing values part it.</param>
    /// <param name="revisits">Whether variables, if the best filter would cut one of them down, may become means over other visits of the
    /// same states, where what that takes away looks like noise: for models of the whole recording, not for a context that goes on.</param>
    /// <returns>Null if no variable has noise that can be told and taken.</returns>
    /// <exception cref="ArgumentException">There are none, or they differ in their number of variables.</exception>
    public static NoiseReduction? Of(IReadOnlyList<TimeSeries> trials, bool revisits = false)
    {
        ArgumentNullException.ThrowIfNull(trials);
        if (trials.Count == 0 || trials.Any(t => t.Dimension != trials[0].Dimension))
            throw new ArgumentException("Expected one or more series of the same variables.", nameof(trials));
        int variables = trials[0].Dimension;
        List<TimeSeries> pieces = Pieces(trials, Math.Min(MostRows, MostValues / variables));
        if (pieces.Count == 0)
            return null;
        IReadOnlyList<double> deviations = Standardization.Of(pieces).Scale;
        FilterChoice?[] choices = new FilterChoice?[variables];
        bool[] bends = new bool[variables];
        for (int n = 0; n < variables; n++)
            choices[n] = FilterChoice.For([.. pieces.Select(piece => piece.Column(n))], deviations[n], out bends[n]);
        RevisitAverage? average = revisits && bends.Contains(true)
            ? RevisitAverage.For(pieces, deviations, [.. choices.Select(c => c?.Error ?? double.PositiveInfinity)])
            : null;
        for (int n = 0; n < variables; n++)
            if (average?.Noise[n] > 0)
                choices[n] = null;
        return choices.All(c => c is null) && average is null
            ? null
            : new(
                [.. choices.Select(c => c?.Filter)],
                [.. choices.Select((c, n) => c?.Noise ?? average?.Noise[n] ?? 0)])
            {
                Revisits = average
            };
    }

    /// <summary>The data without it.</summary>
    /// <param name="series">T x N; each stretch without missing values is smoothed by itself, those shorter than a window are left.</param>
    /// <exception cref="ArgumentException">The series has another number of variables.</exception>
    public TimeSeries Apply(TimeSeries series)
    {
        ArgumentNullException.ThrowIfNull(series);
        if (series.Dimension != Filters.Count)
            throw new ArgumentException($"Expected a series of {Filters.Count} variables, found {series.Dimension}.", nameof(series));
        double[] values = series.Values.ToArray();
        foreach ((int start, int length) in series.WholeStretches())
        {
            Revisits?.Apply(series.Slice(start, length)).CopyTo(values, start * series.Dimension);
            for (int n = 0; n < Filters.Count; n++)
            {
                if (Filters[n] is not { } filter || length < filter.Window)
                    continue;
                double[] smooth = filter.Apply(series.Slice(start, length).Column(n));
                for (int t = 0; t < length; t++)
                    values[((start + t) * series.Dimension) + n] = smooth[t];
            }
        }
        return series.With(values, series.Standardization);
    }

    // The first whole stretches with so many rows together.
    private static List<TimeSeries> Pieces(IReadOnlyList<TimeSeries> trials, int rows)
    {
        List<TimeSeries> pieces = [];
        foreach (TimeSeries trial in trials)
            foreach ((int start, int length) in trial.WholeStretches())
            {
                int taken = Math.Min(length, rows);
                if (taken == 0)
                    return pieces;
                pieces.Add(trial.Slice(start, taken));
                rows -= taken;
            }
        return pieces;
    }
}
