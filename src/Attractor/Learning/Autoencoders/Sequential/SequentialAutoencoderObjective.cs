using System.Numerics;
using Attractor.Models;

namespace Attractor.Learning;

/// <summary>The negative bound of a sequential variational autoencoder over some sequences.</summary>
internal sealed class SequentialAutoencoderObjective(SequentialVariationalAutoencoder model, SequenceSamples samples, ulong seed)
    : IMinibatchObjective
{
    public int SampleCount => samples.Count;

    public IMinibatchShard<T> CreateShard<T>(int mostSamples)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => new SequentialAutoencoderShard<T>(model, samples, seed);
}
