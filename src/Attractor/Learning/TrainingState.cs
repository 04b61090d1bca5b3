namespace Attractor.Learning;

/// <summary>Everything that a training needs to go on to the same bits, and nothing else.</summary>
public sealed record TrainingState
{
    /// <summary>Updates done.</summary>
    public required long Update { get; init; }

    /// <summary>The flat parameter buffer, in the model's order; exact also when training ran in float32.</summary>
    public required double[] Parameters { get; init; }

    /// <summary>The optimiser's moments, each as long as <see cref="Parameters"/>; none for plain gradient descent.</summary>
    public required double[][] Moments { get; init; }

    /// <summary>Factor on the learning rate: halved by every divergence that was undone.</summary>
    public double LearningRateScale { get; init; } = 1;

    /// <summary>Divergences undone so far.</summary>
    public int Divergences { get; init; }
}
