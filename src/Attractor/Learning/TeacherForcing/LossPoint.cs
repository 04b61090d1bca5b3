namespace Attractor.Learning;

/// <summary>One point of the training curve: the mean loss over the updates since the point before.</summary>
public readonly record struct LossPoint(long Update, double Loss, double LearningRate, double Seconds)
{
    /// <summary>alpha, where the strength of forcing follows the network; else null.</summary>
    public double? Alpha { get; init; }
}
