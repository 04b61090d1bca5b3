using System.Text.Json.Nodes;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Numerics;
using Attractor.Storage;

namespace Attractor.Runs;

/// <summary>One training, checked and ready: the settings are resolved, the model is made, the data are in hand.</summary>
public abstract class ModelTraining
{
    /// <summary>The settings with everything that depends on the data.</summary>
    public abstract ModelSettings Settings { get; }

    /// <summary>What is learnt.</summary>
    public abstract ILearntModel Model { get; }

    /// <summary>Parameters of the model; null where what is learnt says how many.</summary>
    public virtual int? ParameterCount => Model.ParameterCount;

    /// <summary>How many variables are observed.</summary>
    public abstract int Observed { get; }

    /// <summary>What of the data cannot be used; null if all can.</summary>
    internal virtual LeftOut? LeftOut => null;

    /// <summary>Seconds that it is to take, where that is a setting; null where its steps say.</summary>
    internal virtual double? ExpectedSeconds => null;

    /// <summary>Whether it may end before its last step, as what converges does.</summary>
    internal virtual bool MayEndSooner => false;

    /// <summary>Shares the work with other processes that train the same.</summary>
    /// <param name="ranks">They and this one.</param>
    /// <exception cref="ArgumentException">Trainings of this kind are one process's.</exception>
    public virtual void Distribute(Communicator ranks)
        => throw new ArgumentException($"a {Settings.Model} is learnt by one process");

    /// <summary>Takes the last checkpoint of a run that goes on.</summary>
    /// <param name="folder">The run's, locked.</param>
    public abstract void Resume(RunFolder folder);

    /// <summary>Trains, with checkpoints in the folder, and when it is done writes the model there.</summary>
    public abstract TrainingEnding Train(RunFolder folder, IProgress<TrainingProgress> progress, CancellationToken cancellationToken);

    /// <summary>What happened, as entries of a JSON object.</summary>
    /// <param name="run">The run's folder.</param>
    public abstract JsonObject Describe(string run);

    /// <summary>What happened, in words; a setting that they name is formatted as <c>{nameof(Property):setting}</c>.</summary>
    /// <param name="run">The run's folder.</param>
    public abstract FormattableString Sentence(string run);
}
