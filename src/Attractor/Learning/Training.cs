using System.Diagnostics;
using Attractor.Data;
using Attractor.Models;

namespace Attractor.Learning;

/// <summary>Trains a recurrent model by backpropagation through time over random windows of the data.</summary>
public static class Training
{
    // Updates between two looks at the clock, the token and the parameters: a state is kept at each, to go back to.
    private const int SegmentLength = 100;

    private static readonly TimeSpan s_reportInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>Trains <paramref name="model"/> in place on one series.</summary>
    /// <inheritdoc cref="Fit(RecurrentModel, IReadOnlyList{TimeSeries}, TrainingOptions?, TrainingState?, Action{TrainingState, IReadOnlyList{LossPoint}}?, IProgress{TrainingProgress}?, CancellationToken)"/>
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
    /// <param name="checkpoint">Called with every state worth keeping, the last one included, and the training curve since the call before.</param>
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
        Run run = new(trainer, options, resume?.Divergences ?? 0, checkpoint, progress);
        TrainingEnding ending = run.ToTheEnd(cancellationToken);
        TrainingState state = run.Save();
        model.Parameters.Set(state.Parameters);
        return new(ending, state, run.Losses, run.Seconds);
    }

    /// <summary>Throws what <see cref="Fit(RecurrentModel, IReadOnlyList{TimeSeries}, TrainingOptions?, TrainingState?, Action{TrainingState, IReadOnlyList{LossPoint}}?, IProgress{TrainingProgress}?, CancellationToken)"/> would throw for these data and options, without training.</summary>
    /// <exception cref="ArgumentException">The data do not fit the model or the options; the message says how.</exception>
    public static void Check(RecurrentModel model, IReadOnlyList<TimeSeries> trials, TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(trials);
        ArgumentNullException.ThrowIfNull(options);
        TrainingChecks.Check(model, trials, options);
        _ = new WindowSampler(trials, options.SequenceLength + 1);
    }

    /// <summary>The loss over given windows and its gradient, in float64: what one update of <see cref="Fit(RecurrentModel, TimeSeries, TrainingOptions?, IProgress{TrainingProgress}?, CancellationToken)"/> computes.</summary>
    /// <param name="model">The model, at its present parameters.</param>
    /// <param name="windows">Windows of <see cref="TrainingOptions.SequenceLength"/> + 1 rows each; their number is the batch size.</param>
    /// <param name="options">The forcing, the warm-up and the length of the windows; the rest is not used.</param>
    /// <returns>The mean squared error and its gradient in the order of <see cref="RecurrentModel.Parameters"/>.</returns>
    public static unsafe (double Loss, double[] Gradient) LossAndGradient(
        RecurrentModel model, IReadOnlyList<TimeSeries> windows, TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(windows);
        ArgumentNullException.ThrowIfNull(options);
        TrainingChecks.Check(model, windows, options);
        if (windows.FirstOrDefault(w => w.Length != options.SequenceLength + 1) is { } odd)
            throw new ArgumentException($"Expected windows of {options.SequenceLength + 1} rows, found one of {odd.Length}.", nameof(windows));
        using BackpropagationThroughTime<double> bptt
            = BackpropagationThroughTime<double>.Create(model, new(options.Forcing, options.SequenceLength, options.WarmUp));
        using WindowBatch<double> batch = new(windows, windows.Count, options.SequenceLength, bptt.Lanes, noisyInputs: false);
        batch.Fill([.. Enumerable.Range(0, windows.Count).Select(i => new WindowStart(i, 0))]);
        double[] parameters = model.Parameters.Values.ToArray(), gradient = new double[parameters.Length];
        fixed (double* p = parameters, g = gradient)
            return (bptt.LossAndGradient(p, batch, g), gradient);
    }

    private sealed class Run(
        Trainer trainer,
        TrainingOptions options,
        int divergences,
        Action<TrainingState, IReadOnlyList<LossPoint>>? checkpoint,
        IProgress<TrainingProgress>? progress)
    {
        private readonly Stopwatch _clock = Stopwatch.StartNew();
        private readonly long _firstUpdate = trainer.Update;
        private TimeSpan _lastReport;
        private double _reportedLoss;
        private int _saved;

        public List<LossPoint> Losses { get; } = [];

        public double Seconds => _clock.Elapsed.TotalSeconds;

        public TrainingEnding ToTheEnd(CancellationToken cancellationToken)
        {
            while (trainer.Update < options.Updates)
            {
                if (!Segment(cancellationToken, out double loss))
                {
                    trainer.Restore();
                    if (cancellationToken.IsCancellationRequested)
                        return TrainingEnding.Cancelled;
                    if (++divergences > options.MaxDivergences)
                        return TrainingEnding.Diverged;
                    trainer.LearningRateScale /= 2;
                    Report(
                        loss,
                        $"Divergence {divergences} of at most {options.MaxDivergences}: back to update {trainer.Update} with half the learning rate.");
                    continue;
                }
                trainer.Keep();
                Losses.Add(new(trainer.Update, loss, trainer.LearningRate, Seconds));
                if (options.CheckpointInterval > 0 && trainer.Update < options.Updates
                    && trainer.Update / options.CheckpointInterval != (trainer.Update - SegmentLength) / options.CheckpointInterval)
                    Save();
                if (_clock.Elapsed - _lastReport >= s_reportInterval || trainer.Update >= options.Updates)
                    Report(loss, null);
            }
            return TrainingEnding.Completed;
        }

        public TrainingState Save()
        {
            TrainingState state = trainer.Export(divergences);
            checkpoint?.Invoke(state, Losses[_saved..]);
            _saved = Losses.Count;
            return state;
        }

        // The updates up to the next multiple of the segment's length; false if they were cancelled or diverged.
        private bool Segment(CancellationToken cancellationToken, out double loss)
        {
            long end = Math.Min(options.Updates, ((trainer.Update / SegmentLength) + 1) * SegmentLength);
            long start = trainer.Update;
            double sum = 0;
            while (trainer.Update < end && !cancellationToken.IsCancellationRequested && double.IsFinite(sum))
                sum += trainer.Step();
            loss = sum / Math.Max(1, trainer.Update - start);
            return trainer.Update == end && double.IsFinite(sum) && trainer.ParametersAreFinite();
        }

        private void Report(double loss, string? message)
        {
            _lastReport = _clock.Elapsed;
            _reportedLoss = loss;
            double rate = (trainer.Update - _firstUpdate) / Math.Max(1e-9, Seconds);
            TimeSpan remaining = rate > 0 ? TimeSpan.FromSeconds(Math.Min(1e9, (options.Updates - trainer.Update) / rate)) : TimeSpan.Zero;
            progress?.Report(new(trainer.Update, options.Updates, _reportedLoss, trainer.LearningRate, rate, remaining, message));
        }
    }
}
