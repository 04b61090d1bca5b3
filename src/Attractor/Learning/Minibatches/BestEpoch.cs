namespace Attractor.Learning;

/// <summary>Keeps the state of the epoch with the lowest loss on the samples that are held out: the choice of when to stop.</summary>
/// <remarks>
/// It sees the states that a training hands out: those of all epochs with a <see cref="MinibatchOptions.CheckpointInterval"/> of zero.
/// </remarks>
public sealed class BestEpoch
{
    /// <summary>The epoch; null before the first, and without held-out samples.</summary>
    public EpochPoint? Point { get; private set; }

    /// <summary>Its state, whose parameters are to be set to use it.</summary>
    public TrainingState? State { get; private set; }

    /// <summary>Callbacks of a training that keep the best epoch and call the others.</summary>
    public MinibatchCallbacks Listening(MinibatchCallbacks? others = null) => (others ?? new()) with
    {
        Checkpoint = (state, epochs) =>
        {
            Compare(state, epochs);
            others?.Checkpoint?.Invoke(state, epochs);
        },
    };

    private void Compare(TrainingState state, IReadOnlyList<EpochPoint> epochs)
    {
        if (epochs.Count > 0 && epochs[^1] is { TestLoss: { } loss } last && !(loss >= Point?.TestLoss))
            (Point, State) = (last, state);
    }
}
