using Attractor.Learning;
using Attractor.Models;
using Attractor.Runs;

namespace Attractor.Experiments;

/// <summary>One trained autoencoder.</summary>
/// <param name="Seed">Its seed.</param>
/// <param name="Run">Its folder.</param>
/// <param name="Model">The model.</param>
/// <param name="Epochs">All epochs of its training.</param>
/// <param name="Images">How many images it learnt from.</param>
/// <param name="Batch">Images of an update.</param>
internal sealed record AutoencoderOutcome(
    long Seed, string Run, VariationalAutoencoder Model, IReadOnlyList<EpochPoint> Epochs, int Images, int Batch)
{
    /// <summary>The loss of an epoch as the document counts it: divided by one batch too few.</summary>
    public double AsPrinted(EpochPoint epoch) => EpochRows.PrintedLoss(epoch.Loss, Images, Batch) ?? epoch.Loss;
}
