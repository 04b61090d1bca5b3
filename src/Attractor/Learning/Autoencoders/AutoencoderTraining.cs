using System.Globalization;
using Attractor.Models;

namespace Attractor.Learning;

/// <summary>Trains a variational autoencoder on minibatches by ascending its bound.</summary>
public static class AutoencoderTraining
{
    /// <summary>Trains <paramref name="model"/> in place.</summary>
    /// <param name="model">What is learnt; its parameters are read at the start and written at the end.</param>
    /// <param name="samples">Observations of the model's D variables; a missing value is a NaN, and counts in no likelihood.</param>
    /// <param name="test">Others, on which the bound is evaluated after every epoch; null for none.</param>
    /// <param name="options">How it is learnt.</param>
    /// <param name="resume">A state at the end of an epoch to go on from, instead of the start.</param>
    /// <param name="callbacks">Who listens.</param>
    /// <param name="cancellationToken">Ends the training with the state at the end of the last epoch; no exception.</param>
    /// <exception cref="ArgumentException">The samples do not fit the model, or an option is impossible; the message says how.</exception>
    public static MinibatchResult Fit(
        VariationalAutoencoder model,
        SampleSet samples,
        SampleSet? test = null,
        AutoencoderTrainingOptions? options = null,
        TrainingState? resume = null,
        MinibatchCallbacks? callbacks = null,
        CancellationToken cancellationToken = default)
    {
        options ??= new();
        Check(model, samples, test, options);
        AutoencoderObjective objective = new(model, samples.In(model.Units), options.ImportanceSamples, options.Seed);
        // The bound of the test is the evidence lower bound whatever is trained with, so that trainings can be compared.
        AutoencoderObjective? held = test is null ? null : new(model, test.In(model.Units), 1, options.Seed);
        return Minibatches.Fit(model.Parameters, objective, options, held, resume, callbacks, cancellationToken);
    }

    /// <summary>Throws what <see cref="Fit"/> would throw for these samples and options, without training.</summary>
    /// <exception cref="ArgumentException">The samples do not fit the model, or an option is impossible; the message says how.</exception>
    public static void Check(VariationalAutoencoder model, SampleSet samples, SampleSet? test, AutoencoderTrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        if (options.ImportanceSamples < 1)
            throw new ArgumentException($"The number of importance samples must be positive, not {options.ImportanceSamples}.");
        CheckSamples(model, samples, "training");
        if (test is not null)
            CheckSamples(model, test, "test");
    }

    internal static void CheckSamples(VariationalAutoencoder model, SampleSet samples, string which)
    {
        if (samples.Count == 0)
            throw new ArgumentException($"There are no {which} samples.");
        if (samples.Dimension != model.Observed)
            throw new ArgumentException($"The model observes {model.Observed} variables, the {which} samples have {samples.Dimension}.");
        if (samples.FindRefused(x => double.IsNaN(x) ? null : model.Observation.Refusal(x)) is { } refused)
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"Variable {refused.Variable} of {which} sample {refused.Sample} (from 0) is {refused.Value}: {refused.Why}; mend it, or "
                + $"leave the row out."));
    }
}
