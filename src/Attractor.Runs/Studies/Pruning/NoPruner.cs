namespace Attractor.Runs;

/// <summary>All trials are trained to their end.</summary>
public sealed class NoPruner : StudyPruner
{
    /// <inheritdoc/>
    public override string Name => "none";

    /// <inheritdoc/>
    public override bool Prunes => false;

    /// <inheritdoc/>
    public override bool IsToBePruned(PrunedCurve trial, IReadOnlyList<PrunedCurve> others, PruningSchedule schedule) => false;
}
