using System.Numerics;
using Attractor.Data;
using Attractor.Models;

namespace Attractor.Learning;

/// <summary>The squared errors of the answers of a driven network at the ends of some sequences.</summary>
internal sealed class DrivenObjective(DrivenNetwork network, SequenceSet sequences, IReadOnlyList<double[]> targets) : IMinibatchObjective
{
    public int SampleCount => sequences.Count;

    public IMinibatchShard<T> CreateShard<T>(int mostSamples)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => new DrivenShard<T>(network, sequences, targets);
}
