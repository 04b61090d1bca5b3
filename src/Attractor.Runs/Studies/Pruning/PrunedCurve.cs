namespace Attractor.Runs;

/// <summary>The intermediate values of a trial, as a pruner sees them.</summary>
/// <param name="Number">The trial.</param>
/// <param name="IsCompleted">Whether it was trained to its end.</param>
/// <param name="Values">Values by step, in order, each such that less is better.</param>
public sealed record PrunedCurve(long Number, bool IsCompleted, IReadOnlyList<(long Step, double Value)> Values)
{
    /// <summary>The value at a step; null if there is none.</summary>
    public double? At(long step)
    {
        foreach ((long at, double value) in Values)
            if (at == step)
                return value;
        return null;
    }
}
