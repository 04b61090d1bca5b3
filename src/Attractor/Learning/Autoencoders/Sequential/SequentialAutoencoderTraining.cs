using Attractor.Data;
using Attractor.Models;

namespace Attractor.Learning;

/// <summary>Trains a sequential variational autoencoder by ascending its bound.</summary>
public static class SequentialAutoencoderTraining
{
    /// <summary>Trains <paramref name="model"/> in place.</summary>
    /// <param name="model">What is learnt; its parameters are read at the start and written at the end.</param>
    /// <param name="sequences">Sequences of the model's D variables; a missing value is a NaN.</param>
    /// <param name="validation">Others, on which the bound is evaluated after every epoch (in consecutive windows, if there are windows);
    /// null for none.</param>
    /// <param name="options">How it is learnt.</param>
    /// <param name="resume">A state at the end of an epoch to go on from, instead of the start.</param>
    /// <param name="callbacks">Who listens.</param>
    /// <param name="cancellationToken">Ends the training with the state at the end of the last epoch; no exception.</param>
    /// <exception cref="ArgumentException">The sequences do not fit the model, or an option is
    /// impossible; the message says how.</exception>
    public static MinibatchResult Fit(
        SequentialVariationalAutoencoder model,
        SequenceSet sequences,
        SequenceSet? validation = null,
        SequentialAutoencoderTrainingOptions? options = null,
        TrainingState? resume = null,
        MinibatchCallbacks? callbacks = null,
        CancellationToken cancellationToken = default)
    {
        options ??= new();
        Check(model, sequences, validation, options);
        sequences = sequences.In(model.Standardization);
        validation = validation?.In(model.Standardization);
        SequentialAutoencoderObjective objective = new(model, new(sequences, options.WindowLength, options.Seed), options.Seed);
        SequentialAutoencoderObjective? held = validation is null
            ? null
            : new(model, new(options.WindowLength is { } length ? validation.Cut(length) : validation, null, options.Seed), options.Seed);
        return Minibatches.Fit(model.Parameters, objective, options, held, resume, callbacks, cancellationToken);
    }

    /// <summary>Throws what <see cref="Fit"/> would throw for these sequences and options, without training.</summary>
    /// <exception cref="ArgumentException">The sequences do not fit the model, or an option is
    /// impossible; the message says how.</exception>
    public static void Check(
        SequentialVariationalAutoencoder model,
        SequenceSet sequences,
        SequenceSet? validation,
        SequentialAutoencoderTrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(sequences);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        if (options.WindowLength < 1)
            throw new ArgumentException($"A window has at least 1 step, not {options.WindowLength}.");
        CheckSequences(model, sequences, "training");
        if (validation is not null)
            CheckSequences(model, validation, "validation");
    }

    internal static void CheckSequences(SequentialVariationalAutoencoder model, SequenceSet sequences, string which)
    {
        if (sequences.Dimension != model.Observed)
            throw new ArgumentException(
                $"The model observes {model.Observed} variables, the {which} sequences have {sequences.Dimension}.");
        for (int i = 0; i < sequences.Count; i++)
        {
            TimeSeries sequence = sequences[i];
            for (int t = 0; t < sequence.Length; t++)
                for (int j = 0; j < sequence.Dimension; j++)
                    if (!double.IsNaN(sequence[t, j]) && model.Observation.Refusal(sequence[t, j]) is { } refusal)
                        throw new ArgumentException(FormattableString.Invariant(
                            $"Variable {j} at step {t} of {which} sequence {i} (from 0) is {sequence[t, j]}: {refusal}."));
        }
    }
}
