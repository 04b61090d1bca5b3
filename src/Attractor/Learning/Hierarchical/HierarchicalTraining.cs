using System.Globalization;
using Attractor.Data;
using Attractor.Models;

namespace Attractor.Learning;

/// <summary>
/// Teacher-forced training of a hierarchical model: what subjects share and the features of each are learnt together, from windows of all
/// of them (Brenner et al., ICLR 2025).
/// </summary>
public static class HierarchicalTraining
{
    /// <summary>Trains <paramref name="model"/> in place.</summary>
    /// <param name="model">What is learnt; its parameters are read at the start and written at the end.</param>
    /// <param name="subjects">A series of the N observed variables for each of the model's subjects, in their order. All in the same
    /// units: what tells subjects apart is lost where each is standardised by itself.</param>
    /// <param name="options">How it is learnt.</param>
    /// <param name="resume">A state to go on from, instead of the start.</param>
    /// <param name="checkpoint">Called with every state worth keeping, the last one included, and the training curve since the call
    /// before.</param>
    /// <param name="progress">Called about ten times a second, on the training thread.</param>
    /// <param name="cancellationToken">Ends the training with a state that can be resumed; no exception.</param>
    /// <returns>How it ended, the last good state and the training curve.</returns>
    /// <exception cref="ArgumentException">The data do not fit the model or the options; the message says how.</exception>
    public static TrainingResult Fit(
        HierarchicalShallowPlrnn model,
        IReadOnlyList<TimeSeries> subjects,
        HierarchicalTrainingOptions? options = null,
        TrainingState? resume = null,
        Action<TrainingState, IReadOnlyList<LossPoint>>? checkpoint = null,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        options ??= new();
        Check(model, subjects, options);
        using Trainer trainer = options.Precision == Precision.Float32
            ? new HierarchicalTrainer<float>(model, subjects, options, resume)
            : new HierarchicalTrainer<double>(model, subjects, options, resume);
        LearningLoop<TrainingState, LossPoint> loop = new(
            new TeacherForcedLearner(trainer, options.OfOne(), null, null),
            new()
            {
                MaxDivergences = options.MaxDivergences,
                Divergences = resume?.Divergences ?? 0,
                CheckpointSteps = options.CheckpointInterval,
            },
            new() { Progress = progress, Checkpoint = checkpoint });
        (TrainingEnding ending, TrainingState state) = loop.Drive(cancellationToken);
        // To the bit, though the updates may have seen what is shared in float32.
        double[] learnt = options.LearnShared
            ? state.Parameters
            : [.. model.Parameters.Values[..model.SharedCount], .. state.Parameters.AsSpan(model.SharedCount)];
        model.Parameters.Set(learnt);
        return new(ending, state, loop.Points, loop.Seconds);
    }

    /// <summary>
    /// The features of a subject that a trained model has not seen, from a recording that may be short: what the subjects share stays as
    /// it is.
    /// </summary>
    /// <param name="model">The trained model, which is left as it is.</param>
    /// <param name="subject">The name of the subject.</param>
    /// <param name="series">Its recording, in the units of the model.</param>
    /// <param name="options">How they are learnt; null for 1,000 updates with windows of at most 30 steps that the recording
    /// holds.</param>
    /// <returns>The model of this subject alone.</returns>
    /// <exception cref="ArgumentException">The recording does not fit the model or the options; the message says how.</exception>
    public static HierarchicalShallowPlrnn FitSubject(
        HierarchicalShallowPlrnn model, string subject, TimeSeries series, HierarchicalTrainingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(series);
        HierarchicalShallowPlrnn fitted = model.WithSubjects([subject]);
        options ??= new() { Updates = 1_000, SequenceLength = Math.Clamp(series.Length - 1, 1, 30) };
        Fit(fitted, [series], options with { LearnShared = false });
        return fitted;
    }

    /// <summary>Throws what <see cref="Fit"/> would throw for these data and options, without training.</summary>
    /// <exception cref="ArgumentException">The data do not fit the model or the options; the message says how.</exception>
    public static void Check(HierarchicalShallowPlrnn model, IReadOnlyList<TimeSeries> subjects, HierarchicalTrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(subjects);
        ArgumentNullException.ThrowIfNull(options);
        if (subjects.Count != model.Subjects.Count)
            throw new ArgumentException($"The model is of {model.Subjects.Count} subjects, the data are of {subjects.Count}.");
        CheckOptions(options);
        RecurrentModel network = RecurrentModel.CreateBlank(ShallowPlrnn.Cell.Name, model.Sizes);
        TrainingChecks.Check(network, subjects, options.OfOne());
        for (int s = 0; s < subjects.Count; s++)
            try
            {
                _ = new WindowSampler([subjects[s]], options.SequenceLength + 1, options.Missing == MissingValues.Model);
            }
            catch (ArgumentException)
            {
                throw new ArgumentException(
                    $"No window of {options.SequenceLength + 1} rows fits the subject '{model.Subjects[s]}', which has "
                    + $"{subjects[s].Length.ToString("N0", CultureInfo.InvariantCulture)} rows: ask for shorter windows, or leave it out.");
            }
    }

    /// <summary>
    /// The mean over the subjects of the loss over given windows, and its gradient, in float64: what one update of <see cref="Fit"/>
    /// computes.
    /// </summary>
    /// <param name="model">The model, at its present parameters.</param>
    /// <param name="windows">For each subject windows of <see cref="HierarchicalTrainingOptions.SequenceLength"/> + 1 rows.</param>
    /// <param name="options">Forcing (<see cref="HierarchicalTrainingOptions.Alpha"/>), the length of the windows, and what is learnt; the
    /// rest is not used.</param>
    /// <returns>The loss, and its gradient in the order of <see cref="HierarchicalShallowPlrnn.Parameters"/>.</returns>
    /// <exception cref="ArgumentException">The windows do not fit the model or the options.</exception>
    public static unsafe (double Loss, double[] Gradient) LossAndGradient(
        HierarchicalShallowPlrnn model, IReadOnlyList<IReadOnlyList<TimeSeries>> windows, HierarchicalTrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(windows);
        ArgumentNullException.ThrowIfNull(options);
        CheckOptions(options);
        if (windows.Count != model.Subjects.Count)
            throw new ArgumentException($"The model is of {model.Subjects.Count} subjects, the windows are of {windows.Count}.");
        foreach (TimeSeries window in windows.SelectMany(w => w))
            if (window.Length != options.SequenceLength + 1 || window.Dimension != model.Observed)
                throw new ArgumentException(
                    $"Expected windows of {options.SequenceLength + 1} rows and {model.Observed} variables, found one of {window.Length} "
                    + $"and {window.Dimension}.",
                    nameof(windows));
        using SubjectGradients<double> subjects = new(model, windows, [.. windows.Select(w => w.Count)], windows.Count, options);
        for (int s = 0; s < windows.Count; s++)
            subjects.Windows(s).Fill([.. Enumerable.Range(0, windows[s].Count).Select(i => new WindowStart(i, 0))]);
        double[] parameters = model.Parameters.Values.ToArray(), gradient = new double[parameters.Length];
        fixed (double* p = parameters, g = gradient)
            return (subjects.Compute(p, [.. Enumerable.Range(0, windows.Count)], options.Alpha, g), gradient);
    }

    private static void CheckOptions(HierarchicalTrainingOptions options)
    {
        if (!(options.Alpha is >= 0 and <= 1) || !(options.AlphaEnd is >= 0 and <= 1))
            throw new ArgumentException(FormattableString.Invariant(
                $"The strength of forcing is within 0 to 1, not {options.Alpha} to {options.AlphaEnd}."));
        if (options.Alpha != options.AlphaEnd && (options.Alpha == 0 || options.AlphaEnd == 0))
            throw new ArgumentException("A strength of forcing that falls by a factor neither begins nor ends at 0: take a small one.");
        if (options.BatchSubjects < 1)
            throw new ArgumentException($"The number of subjects of an update must be positive, not {options.BatchSubjects}.");
        if (options.Threads is < 1)
            throw new ArgumentException($"The number of threads must be positive, not {options.Threads}.");
        double rate = options.FeatureLearningRate.At(0, options.Updates);
        if (!(rate > 0) || !double.IsFinite(rate))
            throw new ArgumentException(FormattableString.Invariant(
                $"The learning rate of the features must be a positive number, not {rate}."));
    }
}
