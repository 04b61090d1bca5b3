using Attractor.Numerics;

namespace Attractor.Runs;

/// <summary>Points that fill the space more evenly than random ones: Sobol's sequence, shifted by the seed.</summary>
public sealed class SobolSampler : StudySampler
{
    private const string Purpose = "sobol";

    /// <inheritdoc/>
    public override string Name => "sobol";

    /// <inheritdoc/>
    public override bool Learns => false;

    /// <inheritdoc/>
    public override long? CountOf(StudySpace space)
    {
        ArgumentNullException.ThrowIfNull(space);
        return space.Dimensions.Count <= SobolSequence.MostDimensions ? SobolSequence.Period : throw new ArgumentException(
            $"sobol takes at most {SobolSequence.MostDimensions} dimensions, not {space.Dimensions.Count}: take random");
    }

    /// <inheritdoc/>
    public override double[] Sample(StudySpace space, long seed, long number, IReadOnlyList<SampledTrial> ended)
    {
        ArgumentNullException.ThrowIfNull(space);
        return space.Masked([.. space.Dimensions.Select((d, i) => d.Draw(
            SobolSequence.At(number, i, (uint)(new RandomStream((ulong)seed, Purpose, (ulong)i).NextUInt64() >> 32))))]);
    }
}
