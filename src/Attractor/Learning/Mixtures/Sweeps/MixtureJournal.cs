using System.Diagnostics;
using Attractor.Models;

namespace Attractor.Learning;

/// <summary>What a fit has been through, and who is told.</summary>
internal sealed class MixtureJournal(MixtureCallbacks callbacks)
{
    private static readonly TimeSpan s_reportInterval = TimeSpan.FromMilliseconds(100);

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly List<List<double>> _traces = [];
    private readonly List<SweepPoint> _unsaved = [];
    private TimeSpan _lastReport, _lastSave;
    private long _first = -1;

    /// <summary>The bounds of all starts so far, the last of them the current one.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Traces => _traces;

    public double Seconds => _clock.Elapsed.TotalSeconds;

    /// <summary>Goes on from a state.</summary>
    public void Take(MixtureState? state)
    {
        foreach (IReadOnlyList<double> trace in state?.Traces ?? [])
            _traces.Add([.. trace]);
    }

    /// <summary>A new start, and its bound after the first update of the parameters.</summary>
    public void Begin(double elbo)
    {
        _traces.Add([]);
        Add(elbo);
    }

    /// <summary>A sweep or epoch of the current start.</summary>
    /// <param name="elbo">The bound after it.</param>
    /// <param name="done">How far the fit is ...</param>
    /// <param name="all">... of how far it may go.</param>
    public void Add(double elbo, long done, long all)
    {
        Add(elbo);
        Report(done, all);
    }

    /// <summary>Tells how far the fit is, if it was not told a moment ago.</summary>
    /// <inheritdoc cref="Add(double, long, long)"/>
    public void Report(long done, long all)
    {
        if (_first < 0)
            _first = done;
        if (callbacks.Progress is null || _clock.Elapsed - _lastReport < s_reportInterval)
            return;
        _lastReport = _clock.Elapsed;
        double rate = Math.Max(1e-9, (done - _first) / Seconds);
        callbacks.Progress.Report(new(done, all, -_traces[^1][^1], double.NaN, rate, TimeSpan.FromSeconds(Math.Min(1e8, (all - done) / rate))));
    }

    /// <summary>A checkpoint, if the last one is long enough ago.</summary>
    public void MaySave(Mixture mixture, double[] counts, MixtureOutcome? best)
    {
        if (callbacks.Checkpoint is not null && _clock.Elapsed - _lastSave >= callbacks.CheckpointInterval)
            Save(mixture, counts, best, false);
    }

    /// <summary>A checkpoint.</summary>
    public MixtureState Save(Mixture mixture, double[] counts, MixtureOutcome? best, bool done)
    {
        MixtureState state = new() { Traces = [.. _traces.Select(t => (double[])[.. t])], Parameters = mixture.Snapshot(), Counts = counts, Best = best, Done = done };
        callbacks.Checkpoint?.Invoke(state, [.. _unsaved]);
        _unsaved.Clear();
        _lastSave = _clock.Elapsed;
        return state;
    }

    private void Add(double elbo)
    {
        _traces[^1].Add(elbo);
        SweepPoint point = new(_traces.Count - 1, _traces[^1].Count - 1, _traces.Sum(t => (long)t.Count), elbo, Seconds);
        _unsaved.Add(point);
        callbacks.Sweep?.Invoke(point);
    }
}
