using Attractor.Models;

namespace Attractor.Learning;

/// <summary>Inputs and the outputs that are wanted for them, row by row.</summary>
/// <param name="Inputs">T x the network's inputs, complete. A network without inputs takes only their
/// number of rows: any column will do.</param>
/// <param name="Targets">T x K: row t is wanted once row t of the inputs has been taken in. A row with a missing value (NaN) is masked: it
/// drives, but is not fitted.</param>
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
            : throw new ArgumentException(
                $"A series of {series.Length} rows has no next row to predict: at least 2 are needed.", nameof(series));
    }

    /// <summary>
    /// The same of a series with missing values: each stretch without any, of at least so many rows, by itself, so that nothing is learnt
    /// from one side of a gap to the other.
    /// </summary>
    /// <param name="series">T x N.</param>
    /// <param name="rows">At least 2; a washout of w states leaves something of w + 2.</param>
    public static IEnumerable<TeachingSeries> Stretches(TimeSeries series, int rows = 2)
    {
        ArgumentNullException.ThrowIfNull(series);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 2);
        foreach ((int start, int length) in series.WholeStretches())
            if (length >= rows)
                yield return NextStep(length == series.Length ? series : series.Slice(start, length));
    }

    /// <summary>Throws unless the series fit the network and one of them is longer than the washout.</summary>
    /// <exception cref="ArgumentException">They do not; the message says how.</exception>
    internal static void Check(IReadOnlyList<TeachingSeries> series, EchoStateNetwork network, int washout)
    {
        if (series.Count == 0)
            throw new ArgumentException("There is no series to train on.", nameof(series));
        foreach (TeachingSeries pair in series)
            pair.Check(network);
        int longest = series.Max(s => s.Inputs.Length);
        if (longest <= washout)
        {
            throw new ArgumentException(
                $"The washout of {washout} states leaves nothing of {longest} pairs to train on: shorten it, or bring a longer series.",
                nameof(series));
        }
    }

    private void Check(EchoStateNetwork network)
    {
        if (network.Inputs > 0 && Inputs.Dimension != network.Inputs)
            throw new ArgumentException($"The network has {network.Inputs} inputs, the data {Inputs.Dimension} variables.");
        if (Targets.Dimension != network.Outputs)
            throw new ArgumentException($"The network has {network.Outputs} outputs, the targets {Targets.Dimension} variables.");
        if (Targets.Length != Inputs.Length)
            throw new ArgumentException(
                $"Inputs and targets go row by row: expected {Inputs.Length} rows of targets, found {Targets.Length}.");
        if (Weights is { } weights && (weights.Count != Inputs.Length || weights.Any(w => !(w >= 0) || !double.IsFinite(w))))
            throw new ArgumentException($"Expected {Inputs.Length} weights that are numbers of at least 0.");
        if (network.Inputs > 0 && Inputs.FindNonFinite() is { } found)
            throw new ArgumentException(
                $"The inputs hold {found}: a reservoir cannot be driven with gaps; fill them (targets may be missing).");
        if (Targets.FindNonFinite() is { Infinite: > 0 } infinite)
            throw new ArgumentException($"The targets hold {infinite}: remove the infinite values.");
    }
}
