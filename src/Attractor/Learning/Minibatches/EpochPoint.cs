namespace Attractor.Learning;

/// <summary>One epoch of a training on minibatches. Bounds are in nats per sample: per image, or per time step of a sequence.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Update">Updates done at its end.</param>
/// <param name="Loss">The mean negative bound over the samples of the epoch, of each batch before its update, with the divergence at its
/// full weight 1.</param>
/// <param name="Reconstruction">The part of it that is -E[log p(x | z)].</param>
/// <param name="Divergence">The part of it that is KL(q || p).</param>
/// <param name="TestLoss">The same mean over the test samples, after the epoch; null without any.</param>
/// <param name="Beta">The weight of the divergence at the last update.</param>
/// <param name="LearningRate">The rate of the last update.</param>
/// <param name="Seconds">Wall time of this process at its end, evaluation included.</param>
/// <param name="EpochSeconds">Wall time of its updates.</param>
public sealed record EpochPoint(
    int Epoch, long Update, double Loss, double Reconstruction, double Divergence, double? TestLoss, double Beta, double LearningRate,
    double Seconds, double EpochSeconds);
