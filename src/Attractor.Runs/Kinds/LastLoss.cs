using Attractor.Learning;
using Attractor.Storage;

namespace Attractor.Runs;

/// <summary>The loss that a training ended with.</summary>
internal static class LastLoss
{
    /// <summary>Of a run that was gone on with where nothing was left to do it is in its curve; null where there is none.</summary>
    /// <param name="result">What the training came to.</param>
    /// <param name="run">The run's folder.</param>
    public static double? Of(TrainingResult result, string run) => result.Losses.Count > 0
        ? result.Losses[^1].Loss
        : RunFolder.ReadLosses(run) is { Count: > 0 } written ? written[^1].Loss : null;
}
