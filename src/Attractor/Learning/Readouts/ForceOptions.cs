namespace Attractor.Learning;

/// <summary>How a readout is trained online.</summary>
public sealed record ForceOptions
{
    /// <summary>delta, on the sum of the squared errors: the ridge lambda that recursive least squares begins with.</summary>
    public double Delta { get; init; } = 1e-2;

    /// <summary>The forgetting factor, above 0 and at most 1: what a sample counts one update later.</summary>
    public double Forgetting { get; init; } = 1;

    /// <summary>The weights are updated at every row whose number is a multiple of this.</summary>
    public int Interval { get; init; } = 1;

    /// <summary>
    /// Rows at the beginning of each series that drive the reservoir and are not learnt from; the targets are fed back there.
    /// </summary>
    public int Washout { get; init; } = 100;

    /// <summary>
    /// Whether the network's own output is fed back while it learns (FORCE), errors and all, or the target (teacher forcing). Without
    /// feedback it makes no difference.
    /// </summary>
    public bool ClosedLoop { get; init; } = true;

    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    internal void Check()
    {
        RecursiveLeastSquares.CheckDelta(Delta);
        RecursiveLeastSquares.CheckForgetting(Forgetting);
        if (Interval < 1)
            throw new ArgumentException($"The interval of the updates must be at least 1, not {Interval}.");
        if (Washout < 0)
            throw new ArgumentException($"The washout must be at least 0, not {Washout}.");
    }
}
