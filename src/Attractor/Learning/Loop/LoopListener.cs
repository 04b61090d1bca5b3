namespace Attractor.Learning;

/// <summary>Who listens to a loop. All are called on the thread that learns.</summary>
internal sealed record LoopListener<TState, TPoint>
{
    /// <summary>Called about ten times a second.</summary>
    public IProgress<TrainingProgress>? Progress { get; init; }

    /// <summary>Called with every point of the curve.</summary>
    public Action<TPoint>? Point { get; init; }

    /// <summary>Called with states worth keeping, the last one included, and the points since the call before.</summary>
    public Action<TState, IReadOnlyList<TPoint>>? Checkpoint { get; init; }
}
