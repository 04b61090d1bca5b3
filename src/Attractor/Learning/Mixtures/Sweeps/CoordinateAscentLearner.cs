using Attractor.Data;
using Attractor.Models;

namespace Attractor.Learning;

/// <summary>
/// Coordinate ascent from several starts as the loop sees it: a stretch is a sweep after which there is another one to come, so that the
/// state is always that of a fit under way.
/// </summary>
internal sealed class CoordinateAscentLearner : Learner<MixtureState, SweepPoint>
{
    private readonly Mixture _mixture;
    private readonly CoordinateAscentOptions _options;
    private readonly Ascent _ascent;
    private readonly Starts _starts;
    private readonly MixtureTraces _traces;
    private readonly int _restarts;
    private double[] _counts = [];
    private int _restart, _sweep, _lastSweep;
    private bool _isAscending;

    public CoordinateAscentLearner(
        Mixture mixture, IRowSource rows, ExpectationStep step, CoordinateAscentOptions options, MixtureState? resume)
    {
        (_mixture, _options, _ascent, _starts, _traces) = (mixture, options, new(mixture, step), new(mixture, rows), new(resume));
        _restarts = options.Responsibilities is null ? options.Restarts : 1;
        Best = resume?.Best;
        _restart = _traces.Count;
        if (resume is null || IsDone(resume))
            return;
        _restart--;
        mixture.Restore([.. resume.Parameters]);
        _ascent.Resume();
        _counts = [.. resume.Counts];
        // Someone who resumes with fewer sweeps than there were gets one more, of which the terms of the bound are.
        _sweep = _traces.Sweeps;
        (_lastSweep, _isAscending) = (Math.Max(_sweep, options.MaxSweeps), true);
    }

    /// <summary>The best of the starts that are done.</summary>
    public MixtureOutcome? Best { get; private set; }

    public override long Done => ((long)_restart * _options.MaxSweeps) + (_isAscending ? _sweep - 1 : 0);

    public override long Steps => (long)_restarts * _options.MaxSweeps;

    public override double Loss => -_traces.Bound;

    public override TrainingEnding? Ending => _restart < _restarts ? null : TrainingEnding.Completed;

    /// <summary>What became of the start under way, as far as it has come.</summary>
    public MixtureOutcome Outcome(bool converged)
        => new(_restart, _mixture.Snapshot(), _counts, [.. _ascent.Terms.Select(t => t.Value)], converged);

    public override bool Step(LearningLoop<MixtureState, SweepPoint> loop)
    {
        while (Ending is null)
        {
            if (!_isAscending)
                Begin(loop);
            bool converged = _sweep <= _lastSweep && Sweep(loop);
            if (!converged && _sweep <= _lastSweep)
                return true;
            Conclude(Outcome(converged));
        }
        return true;
    }

    // The mixture itself holds the state, which is whole after every sweep.
    public override void Keep()
    {
    }

    public override void Restore()
    {
    }

    public override MixtureState Export(int divergences) => new()
    {
        Traces = _traces.Copy(),
        Parameters = _mixture.Snapshot(),
        Counts = _counts,
        Best = Best,
        Done = Ending is not null,
    };

    // The best start, if it ran out of sweeps, goes on where more of them are allowed now.
    private bool IsDone(MixtureState state)
        => state is { Done: true, Best: { } best }
            && (best.Converged || best.Restart != state.Traces.Count - 1 || state.Traces[^1].Count > _options.MaxSweeps);

    private void Begin(LearningLoop<MixtureState, SweepPoint> loop)
    {
        _ascent.Begin(_options.Responsibilities is { } given ? Starts.Of(given) : _starts.Draw(_options.Start, _options.Seed, _restart));
        _counts = _ascent.Counts;
        (_sweep, _lastSweep, _isAscending) = (1, _options.MaxSweeps, true);
        loop.Add(_traces.Begin(_ascent.Elbo, loop.Seconds));
    }

    // Whether it has converged.
    private bool Sweep(LearningLoop<MixtureState, SweepPoint> loop)
    {
        double before = _traces.Bound;
        _ascent.Sweep(_sweep);
        double now = _ascent.Elbo, moved = 0;
        double[] after = _ascent.Counts;
        for (int k = 0; k < after.Length; k++)
            moved = Math.Max(moved, Math.Abs(after[k] - _counts[k]));
        _counts = after;
        _sweep++;
        loop.Add(_traces.Add(now, loop.Seconds));
        loop.MayReport();
        return Math.Abs(now - before) <= _options.Tolerance * Math.Abs(now) && moved <= _options.CountTolerance;
    }

    private void Conclude(MixtureOutcome outcome)
    {
        if (Best is null || outcome.Restart == Best.Restart || outcome.Elbo > Best.Elbo)
            Best = outcome;
        _restart++;
        _isAscending = false;
    }
}
