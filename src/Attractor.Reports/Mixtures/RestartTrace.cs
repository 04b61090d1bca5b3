namespace Attractor.Reports;

/// <summary>The bound during learning from one start.</summary>
/// <param name="Steps">When it was measured: sweeps, or epochs.</param>
/// <param name="Bounds">The ELBO then, in nats.</param>
public sealed record RestartTrace(IReadOnlyList<double> Steps, IReadOnlyList<double> Bounds)
{
    /// <summary>The last bound.</summary>
    public double Last => Bounds.Count == 0 ? double.NegativeInfinity : Bounds[^1];

    /// <summary>A trace measured after every sweep.</summary>
    /// <param name="bounds">The ELBO after sweep 1, 2 .., in nats.</param>
    public static RestartTrace OfSweeps(IReadOnlyList<double> bounds)
    {
        ArgumentNullException.ThrowIfNull(bounds);
        return new([.. Enumerable.Range(1, bounds.Count).Select(i => (double)i)], bounds);
    }
}
