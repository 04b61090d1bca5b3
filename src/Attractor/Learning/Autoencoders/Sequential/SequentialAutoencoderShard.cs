using System.Numerics;
using Attractor.Data;
using Attractor.Differentiation;
using Attractor.Models;
using Attractor.Numerics;

namespace Attractor.Learning;

/// <summary>The negative bound of a sequential variational autoencoder on a part of a batch.</summary>
internal sealed class SequentialAutoencoderShard<T>(SequentialVariationalAutoencoder model, SequenceSamples samples, ulong seed)
    : IMinibatchShard<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly RandomStream _trainingNoise = new(seed, "noise of the posterior"),
        _evaluationNoise = new(seed, "noise of the evaluation");
    private T[] _noise = [];

    public Variable<T> Loss(TapeParameters<T> parameters, ReadOnlySpan<int> batch, BatchPlace place, out BoundSums sums)
    {
        TimeSeries[] sequences = new TimeSeries[batch.Length];
        for (int i = 0; i < sequences.Length; i++)
            sequences[i] = samples[batch[i], place.Epoch];
        PackedSequences packed = new(sequences);
        SequenceBound<T> bound = model.Bound(
            parameters, SequenceInput<T>.Of(parameters.Tape, packed), Noise(parameters.Tape, packed.Layout.Rows, place));
        Variable<T> logLikelihood = bound.LogLikelihood.Sum(), divergence = bound.Divergence().Sum();
        double likelihood = double.CreateTruncating(logLikelihood.Scalar), kl = double.CreateTruncating(divergence.Scalar);
        // What is learnt is the same; what is told is the bound of the data in their own units.
        if (model.Standardization is { } units)
            likelihood -= sequences.Sum(units.LogScaleOf);
        sums = new(likelihood - kl, likelihood, kl, packed.Layout.Rows);
        return (divergence * place.Beta) - logLikelihood;
    }

    public void Dispose()
    {
    }

    private Variable<T> Noise(Tape<T> tape, int rows, BatchPlace place)
    {
        int count = rows * model.Latent;
        if (_noise.Length < count)
            _noise = new T[count];
        RandomStream random = place.Training ? _trainingNoise : _evaluationNoise;
        random.Seek(place.Part);
        NormalNoise.Fill(random, _noise.AsSpan(0, count));
        return tape.Constant(new(rows, model.Latent), _noise.AsSpan(0, count));
    }
}
