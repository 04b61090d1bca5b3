namespace Attractor.Learning;

/// <summary>
/// How a sequential variational autoencoder is trained: minibatches of whole sequences, or of windows of long ones. Losses are per time
/// step, gradients per sequence.
/// </summary>
public sealed record SequentialAutoencoderTrainingOptions : MinibatchOptions
{
    /// <summary>100 epochs of batches of 20 sequences, gradients clipped to 10 nats a sequence.</summary>
    public SequentialAutoencoderTrainingOptions() => (Epochs, BatchSize, GradientClip) = (100, 20, 10);

    /// <summary>
    /// Steps of the windows that sequences are cut into, with random starts at every epoch; those that are not longer stay whole. Null to
    /// train on whole sequences.
    /// </summary>
    public int? WindowLength { get; init; }
}
