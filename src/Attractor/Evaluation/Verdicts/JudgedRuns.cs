using Attractor.Systems;

namespace Attractor.Evaluation;

/// <summary>How free runs of a model compare with pieces of the data as long: geometry and spectra, beside floor and ceiling.</summary>
internal sealed class JudgedRuns
{
    private const int MostPieces = 4, RowsOfFourPieces = 4000;

    private readonly JoinedTrials _trials;
    private readonly TimeSeries _data;
    private readonly (int Start, TimeSeries Rows)[] _pieces;
    private readonly DivergenceForm _form;
    private readonly double _smoothing = new EvaluationOptions().SpectrumSmoothing;

    /// <param name="data">T x N, complete, no variable constant.</param>
    /// <param name="mostRows">The most rows of a piece, and of a run.</param>
    public JudgedRuns(TimeSeries data, int mostRows)
        : this(JoinedTrials.Of(data), mostRows)
    {
    }

    /// <param name="trials">Recordings, complete, no variable constant.</param>
    /// <param name="mostRows">The most rows of a piece, and of a run.</param>
    public JudgedRuns(JoinedTrials trials, int mostRows)
    {
        TimeSeries data = trials.Rows;
        (_trials, _data) = (trials, data);
        int count = data.Length >= RowsOfFourPieces ? MostPieces : 2, rows = Math.Min(mostRows, data.Length / count);
        // From the first row to the last, all apart from each other.
        _pieces = [.. Enumerable.Range(0, count)
            .Select(i => (int)((long)i * (data.Length - rows) / (count - 1)))
            .Select(start => (start, data.Slice(start, rows)))];
        // The rows of one piece are what fills the bins.
        _form = DivergenceForm.Of(_pieces[0].Rows);
        (int, int)[] pairs = [.. Enumerable.Range(0, count)
            .SelectMany(i => Enumerable.Range(0, count).Where(j => j != i).Select(j => (i, j)))];
        Floor = Median(pairs.Select(p => Divergence(p.Item1, _pieces[p.Item2].Rows)));
        SpectrumFloor = Median(pairs.Where(p => p.Item1 < p.Item2).Select(p => Spectrum(p.Item1, _pieces[p.Item2].Rows)));
        IReadOnlyList<TimeSeries>[] without = [.. _pieces.Select((p, i) => OrbitsWithoutDynamics.All(p.Rows, (ulong)i))];
        double Without(int kind) => Median(pairs.Select(p => Divergence(p.Item1, without[p.Item2][kind])));
        Surrogate = Without(2);
        Ceiling = Math.Min(Surrogate, Math.Min(Without(0), Without(1)));
    }

    /// <summary>D_stsp of a piece of the data from another: what a perfect model scores.</summary>
    public double Floor { get; }

    /// <summary>D_H of a piece of the data from another.</summary>
    public double SpectrumFloor { get; }

    /// <summary>D_stsp of the phase-randomised surrogate.</summary>
    public double Surrogate { get; }

    /// <summary>The lowest D_stsp of an orbit without dynamics.</summary>
    public double Ceiling { get; }

    /// <summary>Medians over runs as long as the pieces, each from the first row of its piece that the model can set out from.</summary>
    public (double Divergence, double Spectrum) Judge(IObservedMap model, CancellationToken cancellationToken)
    {
        int rows = _pieces[0].Rows.Length;
        IEnumerable<int> starts = _pieces.Select(p => Math.Clamp(p.Start, Math.Min(model.WarmUp, _data.Length / 2), _data.Length - 1));
        TimeSeries[] runs =
            [.. FreeRuns.Of(starts.Select(start => _trials.After(model, start)), rows, dropped: rows / 4, cancellationToken)];
        return (Median(runs.Select((run, i) => Divergence(i, run))), Median(runs.Select((run, i) => Spectrum(i, run))));
    }

    /// <summary>Medians over pieces of an orbit, each beside a piece of the data.</summary>
    public (double Divergence, double Spectrum) Judge(TimeSeries orbit)
    {
        int rows = Math.Min(_pieces[0].Rows.Length, orbit.Length), last = Math.Max(1, _pieces.Length - 1);
        TimeSeries[] runs =
            [.. Enumerable.Range(0, _pieces.Length).Select(i => orbit.Slice((int)((long)i * (orbit.Length - rows) / last), rows))];
        return (Median(runs.Select((run, i) => Divergence(i, run))), Median(runs.Select((run, i) => Spectrum(i, run))));
    }

    private double Divergence(int piece, TimeSeries orbit)
        => ComparedRows.AnyConstant(_pieces[piece].Rows) ? double.NaN : _form.Between(_pieces[piece].Rows, orbit);

    // Spectra are those of stretches within a recording, each beside as many rows of the orbit.
    private double Spectrum(int piece, TimeSeries orbit)
    {
        (int start, TimeSeries rows) = _pieces[piece];
        double sum = 0;
        int at = 0;
        foreach (TimeSeries stretch in _trials.Stretches(start, rows.Length))
        {
            if (stretch.Length == rows.Length)
                return HellingerDistance.Between(stretch, orbit, _smoothing);
            int count = Math.Min(stretch.Length, orbit.Length - at);
            if (count < 2)
                continue;
            double distance = HellingerDistance.Between(stretch, orbit.Slice(at, count), _smoothing);
            (sum, at) = (sum + (distance * count), at + count);
        }
        return at == 0 ? double.NaN : sum / at;
    }

    // What is not a number is worse than any.
    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Select(v => double.IsNaN(v) ? double.PositiveInfinity : v).Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
