using System.Numerics;
using Attractor.Differentiation;
using Attractor.Models;

namespace Attractor.Learning;

/// <summary>What is minimised over which samples, written on a tape: the sum over samples of a loss of each.</summary>
public abstract class MinibatchObjective : IMinibatchObjective
{
    /// <inheritdoc/>
    public abstract int SampleCount { get; }

    /// <summary>
    /// Computes the loss on the tape of the parameters. It is called on several threads at once, each with a tape of its own.
    /// </summary>
    /// <param name="parameters">On an empty tape.</param>
    /// <param name="samples">Which samples, from 0.</param>
    /// <param name="place">Where in the training: with a seed, it says which noise a part of a batch gets.</param>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <returns>The sum over the samples of what is to be minimised, 1 x 1.</returns>
    public abstract Variable<T> Loss<T>(TapeParameters<T> parameters, ReadOnlySpan<int> samples, BatchPlace place)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    IMinibatchShard<T> IMinibatchObjective.CreateShard<T>(int mostSamples) => new Shard<T>(this);

    private sealed class Shard<T>(MinibatchObjective objective) : IMinibatchShard<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public Variable<T> Loss(TapeParameters<T> parameters, ReadOnlySpan<int> samples, BatchPlace place, out BoundSums sums)
        {
            Variable<T> loss = objective.Loss(parameters, samples, place);
            if (loss.Shape.Count != 1)
                throw new ArgumentException(
                    $"A loss is a single number, the sum over the samples; {objective.GetType().Name} gave {loss.Rows} x {loss.Columns}.");
            double value = double.CreateTruncating(loss.Scalar);
            // What a bound is to a model with latent variables: the larger the better.
            sums = new(-value, -value, 0, samples.Length);
            return loss;
        }

        public void Dispose()
        {
        }
    }
}
