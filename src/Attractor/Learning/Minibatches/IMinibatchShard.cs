using System.Numerics;
using Attractor.Differentiation;
using Attractor.Models;

namespace Attractor.Learning;

/// <summary>The work on one part of a minibatch, with the buffers that it needs. One thread at a time.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public interface IMinibatchShard<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Computes the loss on the tape of the parameters.</summary>
    /// <param name="parameters">On an empty tape.</param>
    /// <param name="samples">Which samples, from 0.</param>
    /// <param name="place">Where in the training, which keys the noise.</param>
    /// <param name="sums">What was summed over them.</param>
    /// <returns>The sum over the samples of what is to be minimised, 1 x 1.</returns>
    Variable<T> Loss(TapeParameters<T> parameters, ReadOnlySpan<int> samples, BatchPlace place, out BoundSums sums);
}
