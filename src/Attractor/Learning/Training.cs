using Attractor.Data;
using Attractor.Models.Recurrent;

namespace Attractor.Learning;

/// <summary>Trains a recurrent model by backpropagation through time over random windows of the data.</summary>
public static class Training
{
    /// <summary>Trains <paramref name="model"/> in place on one series.</summary>
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
    public static TrainingResult Fit(
        RecurrentModel model,
        IReadOnlyList<TimeSeries> trials,
        TrainingOptions? options = null,
        TrainingState? resume = null,
        Action<TrainingState, IReadOnlyList<LossPoint>>? checkpoint = null,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
        => throw new NotImplementedException();
}
