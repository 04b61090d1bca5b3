using System.Numerics;
using Attractor.Numerics;

namespace Attractor.Learning;

/// <summary>
/// What is minimised over which samples, for a training on minibatches. An objective without buffers of its own is written more shortly as
/// a <see cref="MinibatchObjective"/>.
/// </summary>
public interface IMinibatchObjective
{
    /// <summary>N, how many samples there are.</summary>
    int SampleCount { get; }

    /// <summary>The work on parts of at most so many samples. There are several parts at once, each on a thread of its own.</summary>
    /// <param name="mostSamples">The most samples of a part.</param>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    IMinibatchShard<T> CreateShard<T>(int mostSamples)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>The order in which an epoch goes through the samples: N numbers from 0, each once.</summary>
    /// <param name="seed">The seed of the training.</param>
    /// <param name="epoch">The epoch, from 0.</param>
    internal int[] Order(ulong seed, int epoch)
        => Permutation.Draw(SampleCount, new(seed, MinibatchTrainer.OrderOfSamples, (ulong)epoch));
}
