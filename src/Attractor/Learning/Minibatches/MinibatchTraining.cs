using System.Diagnostics;
using Attractor.Models;

namespace Attractor.Learning;

/// <summary>The loop of a training on minibatches: epochs, evaluations, checkpoints, divergences undone.</summary>
internal sealed class MinibatchTraining
{
    private static readonly TimeSpan s_reportInterval = TimeSpan.FromMilliseconds(100);

    private readonly MinibatchTrainer _trainer;
    private readonly IMinibatchObjective? _test;
    private readonly MinibatchOptions _options;
    private readonly MinibatchCallbacks _callbacks;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly List<EpochPoint> _epochs = [];
    private readonly long _firstUpdate;
    private TimeSpan _lastReport, _lastSave;
    private int _divergences, _saved;

    private MinibatchTraining(MinibatchTrainer trainer, IMinibatchObjective? test, MinibatchOptions options, TrainingState? resume, MinibatchCallbacks callbacks)
    {
        (_trainer, _test, _options, _callbacks) = (trainer, test, options, callbacks);
        _divergences = resume?.Divergences ?? 0;
        _firstUpdate = trainer.Update;
    }

    /// <summary>Minimises the objective over the parameters, in place.</summary>
    /// <param name="parameters">Read at the start, written at the end.</param>
    /// <param name="training">What is minimised.</param>
    /// <param name="test">What is evaluated after every epoch, if anything.</param>
    /// <param name="options">How.</param>
    /// <param name="resume">A state at the end of an epoch to go on from, instead of the start.</param>
    /// <param name="callbacks">Who listens.</param>
    /// <param name="cancellationToken">Ends the training with the state at the end of the last epoch; no exception.</param>
    public static MinibatchResult Fit(
        ParameterBuffer parameters,
        IMinibatchObjective training,
        IMinibatchObjective? test,
        MinibatchOptions options,
        TrainingState? resume,
        MinibatchCallbacks? callbacks,
        CancellationToken cancellationToken)
    {
        options.Check();
        using MinibatchTrainer trainer = MinibatchTrainer.Create(training, parameters, options, resume);
        if (trainer.Update % trainer.UpdatesPerEpoch != 0)
            throw new ArgumentException($"The state is of update {trainer.Update}, which is not the end of an epoch of {trainer.UpdatesPerEpoch} updates: it is that of a training on other data.", nameof(resume));
        MinibatchTraining loop = new(trainer, test, options, resume, callbacks ?? new());
        TrainingEnding ending = loop.ToTheEnd(cancellationToken);
        TrainingState state = loop.Save();
        parameters.Set(state.Parameters);
        return new(ending, state, loop._epochs, loop._clock.Elapsed.TotalSeconds);
    }

    private TrainingEnding ToTheEnd(CancellationToken cancellationToken)
    {
        while (_trainer.Epoch < _options.Epochs)
        {
            if (!Epoch(cancellationToken, out EpochPoint point))
            {
                _trainer.Restore();
                if (cancellationToken.IsCancellationRequested)
                    return TrainingEnding.Cancelled;
                if (++_divergences > _options.MaxDivergences)
                    return TrainingEnding.Diverged;
                _trainer.LearningRateScale /= 2;
                Report(double.NaN, $"Divergence {_divergences} of at most {_options.MaxDivergences}: back to epoch {_trainer.Epoch} with half the learning rate.");
                continue;
            }
            _trainer.Keep();
            _epochs.Add(point);
            _callbacks.Epoch?.Invoke(point);
            if (_callbacks.Checkpoint is not null && _trainer.Epoch < _options.Epochs && _clock.Elapsed - _lastSave >= _options.CheckpointInterval)
                Save();
        }
        return TrainingEnding.Completed;
    }

    // False if it was cancelled or diverged.
    private bool Epoch(CancellationToken cancellationToken, out EpochPoint point)
    {
        point = null!;
        TimeSpan start = _clock.Elapsed;
        BoundSums sums = default;
        double beta = 0, rate = 0;
        for (long i = 0; i < _trainer.UpdatesPerEpoch; i++)
        {
            if (cancellationToken.IsCancellationRequested || !double.IsFinite(sums.Bound))
                return false;
            (beta, rate) = (_trainer.Beta, _trainer.LearningRate);
            sums += _trainer.Step();
            if (_clock.Elapsed - _lastReport >= s_reportInterval)
                Report(-sums.Bound / sums.Count, null);
        }
        if (!double.IsFinite(sums.Bound) || !_trainer.ParametersAreFinite())
            return false;
        double seconds = (_clock.Elapsed - start).TotalSeconds;
        double? testLoss = null;
        if (_test is not null)
        {
            try
            {
                BoundSums test = _trainer.Evaluate(_test, cancellationToken);
                testLoss = -test.Bound / test.Count;
            }
            catch (OperationCanceledException)
            {
                return false;
            }
        }
        point = new(
            _trainer.Epoch, _trainer.Update, -sums.Bound / sums.Count, -sums.LogLikelihood / sums.Count, sums.Divergence / sums.Count, testLoss, beta, rate,
            _clock.Elapsed.TotalSeconds, seconds);
        Report(point.Loss, null);
        return true;
    }

    private TrainingState Save()
    {
        TrainingState state = _trainer.Export(_divergences);
        _callbacks.Checkpoint?.Invoke(state, _epochs[_saved..]);
        _saved = _epochs.Count;
        _lastSave = _clock.Elapsed;
        return state;
    }

    private void Report(double loss, string? message)
    {
        _lastReport = _clock.Elapsed;
        long updates = _trainer.UpdatesPerEpoch * _options.Epochs;
        double rate = (_trainer.Update - _firstUpdate) / Math.Max(1e-9, _clock.Elapsed.TotalSeconds);
        TimeSpan remaining = rate > 0 ? TimeSpan.FromSeconds(Math.Min(1e9, (updates - _trainer.Update) / rate)) : TimeSpan.Zero;
        _callbacks.Progress?.Report(new(_trainer.Update, updates, loss, _trainer.LearningRate, rate, remaining, message));
    }
}
