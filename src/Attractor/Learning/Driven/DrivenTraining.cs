using Attractor.Data;
using Attractor.Differentiation;
using Attractor.Models;

namespace Attractor.Learning;

/// <summary>Trains a driven network: the mean squared error of its answers at the ends of sequences.</summary>
/// <remarks>
/// It is the training on minibatches of everything that runs on a tape; the recurrence is one operation of it, with the fused kernels of
/// backpropagation through time. (The trainer of autonomous networks takes windows of one series, whose data are targets and forcing at
/// once; a network with inputs and one answer has neither.) With the batch size at the number of sequences every update sees all of them,
/// as <see cref="Rprop"/> wants it.
/// </remarks>
public static class DrivenTraining
{
    /// <summary>Trains <paramref name="network"/> in place.</summary>
    /// <param name="network">What is learnt; its parameters are read at the start and written at the end.</param>
    /// <param name="sequences">Sequences of the network's K inputs, without missing values.</param>
    /// <param name="targets">What to answer at the end of each: N values.</param>
    /// <param name="options">How it is learnt. There is no divergence from a prior to be weighted.</param>
    /// <param name="resume">A state at the end of an epoch to go on from, instead of the start.</param>
    /// <param name="callbacks">Who listens.</param>
    /// <param name="cancellationToken">Ends the training with the state at the end of the last epoch; no exception.</param>
    /// <exception cref="ArgumentException">The sequences or targets do not fit the network, or an option is
    /// impossible; the message says how.</exception>
    public static MinibatchResult Fit(
        DrivenNetwork network,
        SequenceSet sequences,
        IReadOnlyList<double[]> targets,
        MinibatchOptions? options = null,
        TrainingState? resume = null,
        MinibatchCallbacks? callbacks = null,
        CancellationToken cancellationToken = default)
    {
        Check(network, sequences, targets);
        return Minibatches.Fit(
            network.Parameters,
            new DrivenObjective(network, sequences, targets),
            options ?? new(),
            null,
            resume,
            callbacks,
            cancellationToken);
    }

    /// <summary>
    /// The mean squared error over the sequences and its gradient, in float64: what one update of
    /// <see cref="Fit"/> on all of them computes.
    /// </summary>
    /// <param name="network">The network, at its present parameters.</param>
    /// <param name="sequences">Sequences of the network's K inputs, without missing values.</param>
    /// <param name="targets">What to answer at the end of each: N values.</param>
    /// <returns>The error and its gradient in the order of <see cref="DrivenNetwork.Parameters"/>.</returns>
    /// <exception cref="ArgumentException">The sequences or targets do not fit the network; the message says how.</exception>
    public static (double Loss, double[] Gradient) LossAndGradient(
        DrivenNetwork network, SequenceSet sequences, IReadOnlyList<double[]> targets)
    {
        Pass pass = Differentiate(network, sequences, targets);
        return (pass.Loss / sequences.Count, [.. pass.Gradient.Select(g => g / sequences.Count)]);
    }

    /// <summary>The gradient of the squared error of each sequence with respect to its state at every step, in float64.</summary>
    /// <param name="network">The network, at its present parameters.</param>
    /// <param name="sequences">Sequences of the network's K inputs, without missing values.</param>
    /// <param name="targets">What to answer at the end of each: N values.</param>
    /// <returns>
    /// For each sequence (T + 1) x M values: row t is the gradient with respect to z_t, row 0 that with respect to the state 0 it sets out
    /// from. Of the mean over S sequences it is 1 / S of that.
    /// </returns>
    /// <exception cref="ArgumentException">The sequences or targets do not fit the network; the message says how.</exception>
    public static IReadOnlyList<TimeSeries> StateGradients(DrivenNetwork network, SequenceSet sequences, IReadOnlyList<double[]> targets)
    {
        Pass pass = Differentiate(network, sequences, targets);
        int units = network.Units;
        double[] jacobian = new double[units * units];
        network.Cell().Jacobian(new double[units], jacobian);
        TimeSeries[] gradients = new TimeSeries[sequences.Count];
        for (int i = 0; i < gradients.Length; i++)
        {
            int[] rows = pass.Layout.RowsOf(i);
            double[] values = new double[(rows.Length + 1) * units];
            for (int t = 0; t < rows.Length; t++)
                pass.DriveGradient.AsSpan(rows[t] * units, units).CopyTo(values.AsSpan((t + 1) * units));
            // J(0)' g_1
            for (int row = 0; row < units; row++)
                for (int column = 0; column < units; column++)
                    values[column] += jacobian[(row * units) + column] * values[units + row];
            int sequence = pass.Layout.Order[i];
            gradients[sequence] = new(values, units, sequences[sequence].Dt);
        }
        return gradients;
    }

    private static unsafe Pass Differentiate(DrivenNetwork network, SequenceSet sequences, IReadOnlyList<double[]> targets)
    {
        Check(network, sequences, targets);
        double[] values = network.Parameters.Values.ToArray(), gradient = new double[values.Length];
        using DrivenShard<double> shard = new(network, sequences, targets);
        using Tape<double> tape = new();
        fixed (double* v = values, g = gradient)
        {
            TapeParameters<double> parameters = new(tape, network.Parameters.Tensors);
            parameters.Put(v, g);
            (Variable<double> loss, Variable<double> drive, SequenceLayout layout) = shard.Record(
                parameters, [.. Enumerable.Range(0, sequences.Count)]);
            tape.Backward(loss);
            return new(loss.Scalar, gradient, drive.Gradient.ToArray(), layout);
        }
    }

    private static void Check(DrivenNetwork network, SequenceSet sequences, IReadOnlyList<double[]> targets)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(sequences);
        ArgumentNullException.ThrowIfNull(targets);
        if (sequences.Dimension != network.Inputs)
            throw new ArgumentException(
                $"The network reads {network.Inputs} variables, the sequences have {sequences.Dimension}.", nameof(sequences));
        if (sequences.Missing > 0)
            throw new ArgumentException(
                $"The sequences hold {sequences.Missing} missing values; a driven network needs them all.", nameof(sequences));
        if (targets.Count != sequences.Count)
            throw new ArgumentException($"There are {sequences.Count} sequences and {targets.Count} targets.", nameof(targets));
        for (int i = 0; i < targets.Count; i++)
            if (targets[i].Length != network.Outputs || !targets[i].All(double.IsFinite))
                throw new ArgumentException(
                    $"The target of sequence {i} is not {network.Outputs} finite value{(network.Outputs == 1 ? "" : "s")}.",
                    nameof(targets));
    }

    // Of the sum over the sequences.
    private sealed record Pass(double Loss, double[] Gradient, double[] DriveGradient, SequenceLayout Layout);
}
