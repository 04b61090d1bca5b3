using System.Numerics;
using Attractor.Data;
using Attractor.Differentiation;
using Attractor.Models;

namespace Attractor.Learning;

/// <summary>
/// The squared error of a driven network on a part of a batch: for each sequence the mean over the N values
/// of its answer, summed over the sequences.
/// </summary>
internal sealed class DrivenShard<T>(DrivenNetwork network, SequenceSet sequences, IReadOnlyList<double[]> targets) : IMinibatchShard<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public Variable<T> Loss(TapeParameters<T> parameters, ReadOnlySpan<int> samples, BatchPlace place, out BoundSums sums)
    {
        Variable<T> loss = Record(parameters, samples).Loss;
        double error = double.CreateTruncating(loss.Scalar);
        // What a bound is to a model with latent variables: the larger the better.
        sums = new(-error, -error, 0, samples.Length);
        return loss;
    }

    /// <summary>Puts the sequences and the network on the tape of the parameters.</summary>
    /// <returns>The loss, the drive, which is a node of the tape of its own, and how the sequences lie in its rows.</returns>
    public (Variable<T> Loss, Variable<T> Drive, SequenceLayout Layout) Record(TapeParameters<T> parameters, ReadOnlySpan<int> samples)
    {
        PackedSequences packed = PackedSequences.Of(sequences, samples);
        SequenceLayout layout = packed.Layout;
        Variable<T> drive = network.Drive(parameters, Constant(parameters.Tape, new(layout.Rows, network.Inputs), packed.Values));
        Variable<T> states = network.States(parameters, drive, layout);
        int[] last = new int[layout.Sequences];
        double[] expected = new double[last.Length * network.Outputs];
        for (int i = 0; i < last.Length; i++)
        {
            last[i] = layout.Offsets[layout.Lengths[i] - 1] + i;
            targets[samples[layout.Order[i]]].CopyTo(expected, i * network.Outputs);
        }
        Variable<T> answers = states.GatherRows(last).SliceColumns(0, network.Outputs);
        Variable<T> residuals = answers - Constant(parameters.Tape, answers.Shape, expected);
        return (residuals.Square().Sum() / network.Outputs, drive, layout);
    }

    public void Dispose()
    {
    }

    private static Variable<T> Constant(Tape<T> tape, Shape shape, ReadOnlySpan<double> values)
    {
        T[] converted = new T[values.Length];
        for (int i = 0; i < converted.Length; i++)
            converted[i] = T.CreateTruncating(values[i]);
        return tape.Constant(shape, converted);
    }
}
