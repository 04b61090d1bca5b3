using Attractor.Models;

namespace Attractor.Learning;

/// <summary>Training on minibatches of anything that is written on a tape.</summary>
public static class Minibatches
{
    /// <summary>Minimises an objective over parameters, in place.</summary>
    /// <param name="parameters">Read at the start, written at the end.</param>
    /// <param name="objective">What is minimised, over its samples.</param>
    /// <param name="options">How.</param>
    /// <param name="test">What is evaluated after every epoch, such as the same loss on other samples; null for none.</param>
    /// <param name="resume">A state at the end of an epoch to go on from, instead of the start.</param>
    /// <param name="callbacks">Who listens.</param>
    /// <param name="cancellationToken">Ends the training with the state at the end of the last epoch; no exception.</param>
    /// <returns>How it ended, the last good state and the epochs. The same seed gives the same bits on any number of threads.</returns>
    /// <exception cref="ArgumentException">There are no samples, an option is impossible, or the state is that of another training; the
    /// message says how.</exception>
    public static MinibatchResult Fit(
        ParameterBuffer parameters,
        IMinibatchObjective objective,
        MinibatchOptions? options = null,
        IMinibatchObjective? test = null,
        TrainingState? resume = null,
        MinibatchCallbacks? callbacks = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(objective);
        foreach (IMinibatchObjective samples in (IEnumerable<IMinibatchObjective>)(test is null ? [objective] : [objective, test]))
            if (samples.SampleCount < 1)
                throw new ArgumentException(
                    $"An objective needs samples, {samples.GetType().Name} has {samples.SampleCount}.",
                    samples == test ? nameof(test) : nameof(objective));
        options ??= new();
        options.Check();
        cancellationToken = options.Ranks?.Watch(cancellationToken) ?? cancellationToken;
        using MinibatchTrainer trainer = MinibatchTrainer.Create(objective, parameters, options, resume);
        if (trainer.Update % trainer.UpdatesPerEpoch != 0)
            throw new ArgumentException(
                $"The state is of update {trainer.Update}, which is not the end of an epoch of {trainer.UpdatesPerEpoch} updates: it is "
                + $"that of a training on other data.",
                nameof(resume));
        LearningLoop<TrainingState, EpochPoint> loop = new(
            new MinibatchLearner(trainer, test, options),
            new()
            {
                MaxDivergences = options.MaxDivergences,
                Divergences = resume?.Divergences ?? 0,
                CheckpointInterval = options.CheckpointInterval
            },
            new() { Progress = callbacks?.Progress, Point = callbacks?.Epoch, Checkpoint = callbacks?.Checkpoint });
        (TrainingEnding ending, TrainingState state) = loop.Drive(cancellationToken);
        parameters.Set(state.Parameters);
        return new(ending, state, loop.Points, loop.Seconds);
    }
}
