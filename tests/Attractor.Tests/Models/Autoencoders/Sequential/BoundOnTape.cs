using Attractor.Data;
using Attractor.Differentiation;
using Attractor.Models;
using Attractor.Numerics;

namespace Attractor.Tests.Models.Autoencoders.Sequential;

/// <summary>The bound of a sequential autoencoder in float64, at any parameters and any noise.</summary>
internal static unsafe class BoundOnTape
{
    /// <summary>The bound summed over all steps, and its gradient with respect to the parameters.</summary>
    public static (double Bound, double[] Gradient) Of(
        SequentialVariationalAutoencoder model, ReadOnlySpan<double> parameters, PackedSequences packed, double[] noise)
    {
        using Tape<double> tape = new();
        using AlignedBuffer<double> values = new(parameters.Length), gradient = new(parameters.Length);
        parameters.CopyTo(values.Span);
        TapeParameters<double> onTape = new(tape, model.Parameters.Tensors);
        onTape.Put(values.Pointer, gradient.Pointer);
        SequenceBound<double> bound = model.Bound(
            onTape, SequenceInput<double>.Of(tape, packed), tape.Constant(new(packed.Layout.Rows, model.Latent), noise));
        Variable<double> sum = (bound.LogLikelihood - bound.Divergence()).Sum();
        tape.Backward(sum);
        return (sum.Scalar, gradient.Span.ToArray());
    }

    /// <summary>The bound at the model's parameters, row by row.</summary>
    public static double[] Rows(SequentialVariationalAutoencoder model, PackedSequences packed, double[] noise, bool logWeights = false)
        => Rows(model, packed, noise, null, logWeights);

    /// <summary>The same for a posterior of given means and log variances, rows x L.</summary>
    public static double[] Rows(
        SequentialVariationalAutoencoder model,
        PackedSequences packed,
        double[] noise,
        (double[] Means, double[] LogVariances)? posterior,
        bool logWeights = false)
    {
        using Tape<double> tape = new();
        using AlignedBuffer<double> values = new(model.ParameterCount);
        model.Parameters.Values.CopyTo(values.Span);
        TapeParameters<double> onTape = new(tape, model.Parameters.Tensors);
        onTape.Put(values.Pointer, null);
        Shape shape = new(packed.Layout.Rows, model.Latent);
        Variable<double> noiseOnTape = tape.Constant(shape, noise);
        SequenceInput<double> input = SequenceInput<double>.Of(tape, packed);
        SequenceBound<double> bound;
        if (posterior is { } given)
        {
            Attractor.Models.DiagonalPosterior<double> moments = new(
                tape.Constant(shape, given.Means), tape.Constant(shape, given.LogVariances));
            bound = model.Bound(onTape, input, new(moments.Reparameterize(noiseOnTape), moments), noiseOnTape);
        }
        else
        {
            bound = model.Bound(onTape, input, noiseOnTape);
        }
        return (logWeights ? bound.LogWeight() : bound.LogLikelihood - bound.Divergence()).Value.ToArray();
    }
}
