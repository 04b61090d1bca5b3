using System.Numerics;
using Attractor.Data.Sequences;
using Attractor.Learning.Minibatches;
using Attractor.Models.Recurrent.Driven;

namespace Attractor.Learning.Driven;

/// <summary>The squared errors of the answers of a driven network at the ends of some sequences.</summary>
internal sealed class DrivenObjective(DrivenNetwork network, SequenceSet sequences, IReadOnlyList<double[]> targets) : IObjective
{
    public int SampleCount => sequences.Count;

    public IShard<T> CreateShard<T>(int mostSamples)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => new DrivenShard<T>(network, sequences, targets);
}
