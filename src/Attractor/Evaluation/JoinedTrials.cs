using Attractor.Systems;

namespace Attractor.Evaluation;

/// <summary>Recordings one after the other, for what does not depend on the order of rows, and where each of them ends.</summary>
internal sealed class JoinedTrials
{
    private readonly IReadOnlyList<TimeSeries> _trials;
    private readonly int[] _starts;

    private JoinedTrials(IReadOnlyList<TimeSeries> trials)
    {
        _trials = trials;
        _starts = new int[trials.Count];
        for (int i = 1; i < _starts.Length; i++)
            _starts[i] = _starts[i - 1] + trials[i - 1].Length;
        Rows = trials.Count == 1 ? trials[0] : new(
            [.. trials.SelectMany(trial => trial.Values.ToArray())], trials[0].Dimension, trials[0].Dt, trials[0].Names);
    }

    /// <summary>All rows.</summary>
    public TimeSeries Rows { get; }

    /// <summary>The longest recording.</summary>
    public TimeSeries Longest => _trials.MaxBy(trial => trial.Length)!;

    /// <summary>Of a single recording.</summary>
    public static JoinedTrials Of(TimeSeries recording) => new([recording]);

    /// <summary>The complete stretches of recordings.</summary>
    /// <param name="trials">At least one; all have the same variables.</param>
    /// <param name="most">The most rows: of more, each recording gives the same share from its beginning.</param>
    /// <remarks>What inputs drive is judged beside its longest stretch, as a run goes on along its inputs.</remarks>
    public static JoinedTrials Of(IReadOnlyList<TimeSeries> trials, int most)
    {
        TimeSeries[] whole = trials is [var single] || trials.Any(trial => trial.Inputs is not null)
            ? [TimeSeries.LongestWhole(trials)]
            : [.. trials.SelectMany(trial => trial.WholeStretches().Select(part => trial.Slice(part.Start, part.Length)))
                .Where(part => part.Length > 1)];
        if (whole.Length == 0)
            return Of(trials[0].Slice(0, 0));
        long rows = whole.Sum(trial => (long)trial.Length);
        return new(rows <= most ? whole : [.. whole.Select(trial => trial.Slice(0, (int)Math.Max(1, trial.Length * (long)most / rows)))]);
    }

    /// <summary>The same with every recording changed, none in its length.</summary>
    public JoinedTrials Select(Func<TimeSeries, TimeSeries> change) => new([.. _trials.Select(change)]);

    /// <summary>A run from a row on, after as much of what lies before it in its own recording as the model needs.</summary>
    public RunStart After(IObservedMap model, int row)
    {
        (int trial, int own) = Place(row);
        TimeSeries recording = _trials[trial];
        return RunStart.After(model, recording, Math.Max(own, Math.Min(model.WarmUp, recording.Length / 2)));
    }

    /// <summary>Stretches of rows within one recording each, which together are the rows from one on.</summary>
    public IEnumerable<TimeSeries> Stretches(int start, int length)
    {
        (int trial, int own) = Place(start);
        for (int left = length; left > 0; trial++, own = 0)
        {
            int count = Math.Min(left, _trials[trial].Length - own);
            yield return _trials[trial].Slice(own, count);
            left -= count;
        }
    }

    private (int Trial, int Row) Place(int row)
    {
        int trial = Array.BinarySearch(_starts, row);
        trial = trial >= 0 ? trial : ~trial - 1;
        return (trial, row - _starts[trial]);
    }
}
