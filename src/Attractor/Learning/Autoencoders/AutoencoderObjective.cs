using System.Numerics;
using Attractor.Models;

namespace Attractor.Learning;

/// <summary>The negative bound of a variational autoencoder over some observations.</summary>
internal sealed class AutoencoderObjective(VariationalAutoencoder model, SampleSet samples, int importanceSamples, ulong seed)
    : IMinibatchObjective
{
    public int SampleCount => samples.Count;

    int[] IMinibatchObjective.Order(ulong seed, int epoch) => samples.Order(seed, epoch);

    public IMinibatchShard<T> CreateShard<T>(int mostSamples)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => new AutoencoderShard<T>(model, samples, importanceSamples, seed, mostSamples);
}
