using System.Diagnostics;

namespace Attractor.Learning;

/// <summary>
/// The loop around everything that learns: the clock, progress, cancellation, divergences undone, checkpoints, and how it ended.
/// </summary>
internal sealed class LearningLoop<TState, TPoint>
{
    private static readonly TimeSpan s_reportInterval = TimeSpan.FromMilliseconds(100);

    private readonly Learner<TState, TPoint> _learner;
    private readonly LoopOptions _options;
    private readonly LoopListener<TState, TPoint> _listener;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly List<TPoint> _points = [];
    private readonly long _first;
    private TimeSpan _lastReport, _lastSave;
    private long _reported = -1;
    private int _divergences, _saved;

    public LearningLoop(Learner<TState, TPoint> learner, LoopOptions options, LoopListener<TState, TPoint> listener)
    {
        (_learner, _options, _listener) = (learner, options, listener);
        (_divergences, _first) = (options.Divergences, learner.Done);
    }

    /// <summary>The curve since the loop began.</summary>
    public IReadOnlyList<TPoint> Points => _points;

    /// <summary>Wall time since the loop began.</summary>
    public double Seconds => _clock.Elapsed.TotalSeconds;

    /// <summary>What breaks a stretch off.</summary>
    public CancellationToken CancellationToken { get; private set; }

    /// <summary>Lets the learner learn until it ends, is cancelled, or diverges too often.</summary>
    /// <param name="cancellationToken">Ends it with the last state kept; no exception.</param>
    /// <returns>How it ended, and the state, which has been handed to the listener as well.</returns>
    public (TrainingEnding Ending, TState State) Drive(CancellationToken cancellationToken)
    {
        CancellationToken = cancellationToken;
        TrainingEnding ending = ToTheEnd();
        return (ending, Save());
    }

    /// <summary>A point of the curve.</summary>
    public void Add(TPoint point)
    {
        _points.Add(point);
        _listener.Point?.Invoke(point);
    }

    /// <summary>Tells how far the learner is, if that was not told a moment ago.</summary>
    public void MayReport()
    {
        if (_clock.Elapsed - _lastReport >= s_reportInterval)
            Report();
    }

    /// <summary>Tells how far the learner is.</summary>
    /// <param name="message">What happened, if anything did.</param>
    public void Report(string? message = null)
    {
        (_lastReport, _reported) = (_clock.Elapsed, _learner.Done);
        double rate = (_learner.Done - _first) / Math.Max(1e-9, Seconds);
        TimeSpan remaining = rate > 0 ? TimeSpan.FromSeconds(Math.Min(1e9, (_learner.Steps - _learner.Done) / rate)) : TimeSpan.Zero;
        _listener.Progress?.Report(new(_learner.Done, _learner.Steps, _learner.Loss, _learner.LearningRate, rate, remaining, message));
    }

    private TrainingEnding ToTheEnd()
    {
        while (_learner.Ending is null)
        {
            long before = _learner.Done;
            if (!_learner.Step(this))
            {
                _learner.Restore();
                if (CancellationToken.IsCancellationRequested)
                    return TrainingEnding.Cancelled;
                if (++_divergences > _options.MaxDivergences)
                    return TrainingEnding.Diverged;
                string place = _learner.Slow();
                Report($"Divergence {_divergences} of at most {_options.MaxDivergences}: back to {place} with half the learning rate.");
                continue;
            }
            _learner.Keep();
            MayReport();
            if (_learner.Ending is not null)
                break;
            if (CancellationToken.IsCancellationRequested)
                return TrainingEnding.Cancelled;
            if (IsCheckpointDue(before))
                Save();
        }
        if (_reported != _learner.Done && _learner.Done > _first)
            Report();
        return _learner.Ending.Value;
    }

    private bool IsCheckpointDue(long before)
    {
        if (_listener.Checkpoint is null)
            return false;
        return _options.CheckpointSteps is { } steps
            ? steps > 0 && _learner.Done / steps != before / steps
            : _clock.Elapsed - _lastSave >= _options.CheckpointInterval;
    }

    private TState Save()
    {
        TState state = _learner.Export(_divergences);
        _listener.Checkpoint?.Invoke(state, _points[_saved..]);
        (_saved, _lastSave) = (_points.Count, _clock.Elapsed);
        return state;
    }
}
