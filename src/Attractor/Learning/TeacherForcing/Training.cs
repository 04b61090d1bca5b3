using Attractor.Data;
using Attractor.Models;

namespace Attractor.Learning;

/// <summary>
/// Teacher-forced training of a recurrent model: backpropagation through time over random windows of the data, which guide the states as
/// <see cref="TrainingOptions.Forcing"/> says.
/// </summary>
public static class Training
{
    /// <summary>Trains <paramref name="model"/> in place on one series.</summary>
    /// <inheritdoc cref="Fit(RecurrentModel, IReadOnlyList{TimeSeries}, TrainingOptions?, TrainingState?,
    /// Action{TrainingState, IReadOnlyList{LossPoint}}?, IProgress{TrainingProgress}?, CancellationToken)"/>
    public static TrainingResult Fit(
        RecurrentModel model,
        TimeSeries data,
        TrainingOptions? options = null,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
        => Fit(model, [data], options, null, null, progress, cancellationToken);

    /// <summary>Trains <paramref name="model"/> in place on several trials.</summary>
    /// <param name="model">What is learnt; its parameters are read at the start and written at the end.</param>
    /// <param name="trials">Series of the model's N observed variables; windows never cross from one to the next.</param>
    /// <param name="options">How it is learnt.</param>
    /// <param name="resume">A state to go on from, instead of the start.</param>
    /// <param name="checkpoint">Called with every state worth keeping, the last one included, and the
    /// training curve since the call before.</param>
    /// <param name="progress">Called about ten times a second, on the training thread.</param>
    /// <param name="cancellationToken">Ends the training with a state that can be resumed; no exception.</param>
    /// <returns>How it ended, the last good state and the training curve.</returns>
    /// <exception cref="ArgumentException">The data do not fit the model or the options; the message says how.</exception>
    public static TrainingResult Fit(
        RecurrentModel model,
        IReadOnlyList<TimeSeries> trials,
        TrainingOptions? options = null,
        TrainingState? resume = null,
        Action<TrainingState, IReadOnlyList<LossPoint>>? checkpoint = null,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(trials);
        options ??= new();
        TrainingChecks.Check(model, trials, options);
        using Trainer trainer = Trainer.Create(model, trials, options, resume);
        LearningLoop<TrainingState, LossPoint> loop = new(
            new TeacherForcedLearner(trainer, options, model, resume?.Selected),
            new()
            {
                MaxDivergences = options.MaxDivergences,
                Divergences = resume?.Divergences ?? 0,
                CheckpointSteps = options.CheckpointInterval
            },
            new() { Progress = progress, Checkpoint = checkpoint });
        (TrainingEnding ending, TrainingState state) = loop.Drive(cancellationToken);
        model.Parameters.Set(state.Selected?.Parameters ?? state.Parameters);
        return new(ending, state, loop.Points, loop.Seconds);
    }

    /// <summary>
    /// Throws what
    /// <see cref="Fit(RecurrentModel, IReadOnlyList{TimeSeries}, TrainingOptions?, TrainingState?,
    /// Action{TrainingState, IReadOnlyList{LossPoint}}?, IProgress{TrainingProgress}?, CancellationToken)"/>
    /// would throw for these data and options, without training.
    /// </summary>
    /// <exception cref="ArgumentException">The data do not fit the model or the options; the message says how.</exception>
    public static void Check(RecurrentModel model, IReadOnlyList<TimeSeries> trials, TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(trials);
        ArgumentNullException.ThrowIfNull(options);
        TrainingChecks.Check(model, trials, options);
        _ = new WindowSampler(trials, options.SequenceLength + 1, options.Missing == MissingValues.Model);
    }

    /// <summary>
    /// The loss over given windows and its gradient, in float64: what one update of
    /// <see cref="Fit(RecurrentModel, TimeSeries, TrainingOptions?, IProgress{TrainingProgress}?, CancellationToken)"/> computes.
    /// </summary>
    /// <param name="model">The model, at its present parameters.</param>
    /// <param name="windows">Windows of <see cref="TrainingOptions.SequenceLength"/> + 1 rows each; their number is the batch size.</param>
    /// <param name="options">The forcing, the warm-up, the length of the windows, the weights of the loss, and the seed of the signals of
    /// an encoder; the rest is not used.</param>
    /// <returns>The mean squared error, or the loss of an observation model, and its gradient in the order of
    /// <see cref="RecurrentModel.Parameters"/>.</returns>
    public static unsafe (double Loss, double[] Gradient) LossAndGradient(
        RecurrentModel model, IReadOnlyList<TimeSeries> windows, TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(windows);
        ArgumentNullException.ThrowIfNull(options);
        TrainingChecks.Check(model, windows, options);
        if (windows.FirstOrDefault(w => w.Length != options.SequenceLength + 1) is { } odd)
            throw new ArgumentException(
                $"Expected windows of {options.SequenceLength + 1} rows, found one of {odd.Length}.", nameof(windows));
        using BackpropagationThroughTime<double> bptt
            = BackpropagationThroughTime<double>.Create(
                model, new(options.Forcing, options.SequenceLength, options.WarmUp), options.SignalLoss);
        bool fills = options.Missing == MissingValues.Model;
        if (fills && windows.FirstOrDefault(w => w.Slice(0, 1).CountMissing() > 0) is { } open)
            throw new ArgumentException(
                $"A window begins with {open.Slice(0, 1).FindNonFinite()}, expected a complete row.", nameof(windows));
        using WindowBatch<double> batch
            = new(
                windows, windows.Count, options.SequenceLength, bptt.Lanes, noisyInputs: false, fills, ExternalInputs.Of(model, windows));
        batch.Fill([.. Enumerable.Range(0, windows.Count).Select(i => new WindowStart(i, 0))]);
        if (model.Readout is { } readout)
            batch.DrawSignalNoise(readout.Read, new(options.Seed, "signal noise"));
        double[] parameters = model.Parameters.Values.ToArray(), gradient = new double[parameters.Length];
        fixed (double* p = parameters, g = gradient)
            return (bptt.LossAndGradient(p, batch, g), gradient);
    }
}
