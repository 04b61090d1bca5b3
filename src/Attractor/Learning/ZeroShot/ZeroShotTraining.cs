using Attractor.Models;

namespace Attractor.Learning;

/// <summary>
/// Trains a zero-shot model: one that continues a context of a system that it has not seen (Hemmer and Durstewitz, "True zero-shot
/// inference of dynamical systems preserving long-term statistics", 2025).
/// </summary>
/// <remarks>
/// Windows of many recordings, each standardised by a context of the same recording, are predicted with sparse teacher forcing (Mikhaeil,
/// Monfared and Durstewitz, NeurIPS 2022).
/// </remarks>
public static class ZeroShotTraining
{
    /// <summary>Trains a model.</summary>
    /// <param name="model">What it begins as; it is left as it is.</param>
    /// <param name="recordings">Series of at least N variables without missing values, of
    /// <see cref="ZeroShotTrainingOptions.RowsNeeded"/> rows or more.</param>
    /// <param name="options">How it is learnt.</param>
    /// <param name="resume">A state to go on from, instead of the start.</param>
    /// <param name="checkpoint">Called with every state worth keeping, the last one included, and the training curve since the call
    /// before.</param>
    /// <param name="progress">Called about ten times a second, on the training thread.</param>
    /// <param name="cancellationToken">Ends the training with a state that can be resumed; no exception.</param>
    /// <exception cref="ArgumentException">The recordings do not fit the model or the options; the message says how.</exception>
    public static ZeroShotResult Fit(
        DynaMixModel model,
        IReadOnlyList<TimeSeries> recordings,
        ZeroShotTrainingOptions? options = null,
        TrainingState? resume = null,
        Action<TrainingState, IReadOnlyList<LossPoint>>? checkpoint = null,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        options ??= new();
        Check(model, recordings, options);
        recordings = [.. recordings.Select(recording => recording.Standardize())];
        using Trainer trainer = options.Precision == Precision.Float32
            ? new ZeroShotTrainer<float>(model, recordings, options, resume)
            : new ZeroShotTrainer<double>(model, recordings, options, resume);
        LearningLoop<TrainingState, LossPoint> loop = new(
            new TeacherForcedLearner(trainer, new() { Updates = options.Updates }, null, null),
            new()
            {
                MaxDivergences = options.MaxDivergences,
                Divergences = resume?.Divergences ?? 0,
                CheckpointSteps = options.CheckpointInterval,
            },
            new() { Progress = progress, Checkpoint = checkpoint });
        (TrainingEnding ending, TrainingState state) = loop.Drive(cancellationToken);
        return new(
            new(new DynaMixLayout(model.Parameters).Unpack(state.Parameters)), new(ending, state, loop.Points, loop.Seconds));
    }

    /// <summary>Throws what <see cref="Fit"/> would throw for these recordings and options, without training.</summary>
    /// <exception cref="ArgumentException">They do not fit; the message says how.</exception>
    public static void Check(DynaMixModel model, IReadOnlyList<TimeSeries> recordings, ZeroShotTrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(recordings);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        if (recordings.Count == 0)
            throw new ArgumentException("There is no recording to learn from.", nameof(recordings));
        for (int r = 0; r < recordings.Count; r++)
        {
            TimeSeries recording = recordings[r];
            if (recording.Dimension < model.Observed)
                throw new ArgumentException(
                    $"Recording {r + 1} has {recording.Dimension} variables: the model takes {model.Observed} of them.");
            if (recording.Length < options.RowsNeeded)
                throw new ArgumentException(
                    $"Recording {r + 1} has {recording.Length} rows: contexts and windows take {options.RowsNeeded} at the largest "
                    + "stride.");
            if (recording.FindNonFinite() is { } found)
                throw new ArgumentException($"Recording {r + 1} holds {found}: take a stretch without.");
        }
    }

    /// <summary>
    /// The loss over the windows of an update and its gradient, in float64: what one update of <see cref="Fit"/> computes.
    /// </summary>
    /// <param name="model">The model, at its present parameters.</param>
    /// <param name="recordings">As <see cref="Fit"/> takes them.</param>
    /// <param name="options">How windows are drawn, and how states are forced.</param>
    /// <param name="update">The update, counted from 0.</param>
    /// <param name="parameters">Other parameters than the model's, in the order of the gradient; null for those of the model.</param>
    /// <returns>The loss, and its gradient: A, W, h, conv_w, conv_b, D, mlp1, mlp2, temp1, temp2, sigma, obs_L and C, where they are
    /// there, each row-major.</returns>
    /// <exception cref="ArgumentException">The recordings do not fit the model or the options.</exception>
    public static unsafe (double Loss, double[] Gradient) LossAndGradient(
        DynaMixModel model,
        IReadOnlyList<TimeSeries> recordings,
        ZeroShotTrainingOptions options,
        long update = 0,
        double[]? parameters = null)
    {
        Check(model, recordings, options);
        DynaMixLayout layout = new(model.Parameters);
        parameters ??= layout.Pack(model.Parameters);
        if (parameters.Length != layout.Count)
            throw new ArgumentException($"The model has {layout.Count} parameters, not {parameters.Length}.", nameof(parameters));
        using ZeroShotGradients<double> gradients = new(
            model.Parameters, [.. recordings.Select(recording => recording.Standardize())], options);
        double[] gradient = new double[layout.Count];
        fixed (double* p = parameters, g = gradient)
            return (gradients.Compute(update, p, g), gradient);
    }
}
