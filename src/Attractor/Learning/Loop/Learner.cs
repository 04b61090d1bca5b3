namespace Attractor.Learning;

/// <summary>What the loop drives: something that learns in stretches, each of which ends in a state worth keeping.</summary>
/// <remarks>A stretch is the learner's own notion: some updates, an epoch, a sweep, a window of steps.</remarks>
/// <typeparam name="TState">What goes on from where it stopped, to the same bits.</typeparam>
/// <typeparam name="TPoint">A point of the curve that it leaves.</typeparam>
internal abstract class Learner<TState, TPoint>
{
    /// <summary>Steps done.</summary>
    public abstract long Done { get; }

    /// <summary>Steps in all, at most.</summary>
    public abstract long Steps { get; }

    /// <summary>The loss as it was last known.</summary>
    public abstract double Loss { get; }

    /// <summary>The rate of the next step; NaN where there is none.</summary>
    public virtual double LearningRate => double.NaN;

    /// <summary>How it has ended; null while there is more to learn.</summary>
    public abstract TrainingEnding? Ending { get; }

    /// <summary>Learns for a stretch.</summary>
    /// <param name="loop">Takes the points of the curve, and knows whether the stretch is to be broken off.</param>
    /// <returns>False if it was broken off, or diverged: what was done since the last state kept is to be undone.</returns>
    public abstract bool Step(LearningLoop<TState, TPoint> loop);

    /// <summary>Keeps the state in memory as the one to go back to.</summary>
    public abstract void Keep();

    /// <summary>Goes back to the state last kept.</summary>
    public abstract void Restore();

    /// <summary>The state last kept.</summary>
    /// <param name="divergences">Divergences undone so far.</param>
    public abstract TState Export(int divergences);

    /// <summary>Halves the learning rate after a divergence.</summary>
    /// <returns>Where the learner is back, such as "update 100".</returns>
    public virtual string Slow() => throw new NotSupportedException("What has no learning rate undoes no divergence.");
}
