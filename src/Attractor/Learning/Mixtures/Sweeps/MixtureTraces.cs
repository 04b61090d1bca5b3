namespace Attractor.Learning;

/// <summary>The bounds of all starts of a fit so far, the last of them the current one.</summary>
internal sealed class MixtureTraces
{
    private readonly List<List<double>> _traces;

    /// <param name="resume">A state to go on from.</param>
    public MixtureTraces(MixtureState? resume) => _traces = [.. (resume?.Traces ?? []).Select(t => t.ToList())];

    /// <summary>How many starts there have been.</summary>
    public int Count => _traces.Count;

    /// <summary>The bounds there are of the current one: that of sweep 0, and of each sweep or epoch since.</summary>
    public int Sweeps => _traces[^1].Count;

    /// <summary>The last of them; NaN before the first.</summary>
    public double Bound => _traces is [.., [.., var bound]] ? bound : double.NaN;

    /// <summary>The last but one, if there are two.</summary>
    public double? BoundBefore => _traces is [.., [.., var before, _]] ? before : null;

    /// <summary>A new start, and its bound after the first update of the parameters.</summary>
    public SweepPoint Begin(double elbo, double seconds)
    {
        _traces.Add([]);
        return Add(elbo, seconds);
    }

    /// <summary>A sweep or epoch of the current start.</summary>
    public SweepPoint Add(double elbo, double seconds)
    {
        _traces[^1].Add(elbo);
        return new(Count - 1, Sweeps - 1, _traces.Sum(t => (long)t.Count), elbo, seconds);
    }

    /// <summary>The bounds, for a state.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Copy() => [.. _traces.Select(t => (double[])[.. t])];
}
