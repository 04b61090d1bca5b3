using Attractor.Numerics;

namespace Attractor.Runs;

/// <summary>Every coordinate drawn independently.</summary>
public sealed class RandomSampler : StudySampler
{
    private const string Purpose = "search";

    /// <inheritdoc/>
    public override string Name => "random";

    /// <inheritdoc/>
    public override bool Learns => false;

    /// <inheritdoc/>
    public override double[] Sample(StudySpace space, long seed, long number, IReadOnlyList<SampledTrial> ended)
    {
        ArgumentNullException.ThrowIfNull(space);
        RandomStream random = new((ulong)seed, Purpose, (ulong)number);
        // Those that are not there are drawn too: what follows them does not depend on it.
        return space.Masked([.. space.Dimensions.Select(d => d.Draw(random))]);
    }
}
