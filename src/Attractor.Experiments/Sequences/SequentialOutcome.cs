using Attractor.Learning;
using Attractor.Models;

namespace Attractor.Experiments;

/// <summary>A trained sequential autoencoder and what is measured of it.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Run">Its folder.</param>
/// <param name="Model">The model.</param>
/// <param name="Epochs">The epochs of its training.</param>
/// <param name="Errors">Mean square of what its reconstruction misses, for each variable.</param>
/// <param name="Variances">The variances of those variables.</param>
/// <param name="Sample">A sample as long as the truth.</param>
/// <param name="Score">The sample against the truth.</param>
/// <param name="Exponent">The largest exponent of the learnt map per unit of time; null without one.</param>
internal sealed record SequentialOutcome(
    string Name,
    string Run,
    SequentialVariationalAutoencoder Model,
    IReadOnlyList<EpochPoint> Epochs,
    double[] Errors,
    double[] Variances,
    TimeSeries Sample,
    Reconstruction Score,
    double? Exponent)
{
    /// <summary>Of the last epoch, nats per time step.</summary>
    public double Bound => -Epochs[^1].Loss;

    /// <summary>The part of the variance of a variable that is missed, of the worst one.</summary>
    public double WorstShare => Errors.Zip(Variances, (e, v) => e / v).Max();
}
