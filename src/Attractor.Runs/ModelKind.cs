using Attractor.Data;
using Attractor.Models;

namespace Attractor.Runs;

/// <summary>
/// A kind of model, from data to report: its name, its settings, how its data are read, how it is made and
/// learnt, and what may be asked of it afterwards.
/// </summary>
/// <remarks>
/// A kind answers for itself: <see cref="ModelKinds"/> lists them, and the command, the reports and whatever else stands on runs know no
/// other. What a kind cannot do is not among its <see cref="Capabilities"/> and is refused in one sentence.
/// </remarks>
public abstract class ModelKind
{
    /// <summary>As commands and files name it.</summary>
    public abstract string Name { get; }

    /// <summary>What it is, in a sentence.</summary>
    public abstract string Description { get; }

    /// <summary>What data it takes.</summary>
    public virtual string DataDescription => $"series as {DataFiles.Series}";

    /// <summary>Its settings.</summary>
    public abstract SettingsForm Settings { get; }

    /// <summary>What can be asked of a trained model of this kind.</summary>
    public abstract IReadOnlyList<Capability> Capabilities { get; }

    /// <summary>Whether several processes can share one training of this kind.</summary>
    public virtual bool CanBeDistributed => false;

    /// <summary>Whether a training needs no data that somebody names.</summary>
    public virtual bool HasDataOfItsOwn => false;

    /// <summary>What the data are, given what is named as such and the settings that somebody gave.</summary>
    /// <exception cref="ArgumentException">Nothing is, or two things are.</exception>
    public virtual string DataOf(string? named, ModelSettings given)
        => named ?? throw new ArgumentException($"which data? attractor train {Name} data.npy");

    /// <summary>Reads the data that the settings name.</summary>
    /// <param name="settings">Settings of this kind.</param>
    /// <param name="progress">How far a long reading has come.</param>
    /// <param name="cancellationToken">Ends it before its time.</param>
    public abstract TrainingData Read(ModelSettings settings, IProgress<TableProgress>? progress, CancellationToken cancellationToken);

    /// <summary>Resolves the settings, makes the model and checks that it can learn from the data.</summary>
    /// <exception cref="ArgumentException">It cannot; the message says how to mend it.</exception>
    public abstract ModelTraining Prepare(ModelSettings settings, TrainingData data);

    /// <summary>What somebody chooses of a file of data that a trained model is asked about.</summary>
    /// <exception cref="ArgumentException">The kind has other means to choose.</exception>
    internal virtual DataSelection? Chosen(DataSelection? selection) => selection;

    /// <summary>
    /// What reads the model from a checkpoint of a run, with the updates it took; null where checkpoints hold none that goes on by itself.
    /// </summary>
    /// <param name="settings">The run's, resolved.</param>
    /// <param name="data">What it learns from.</param>
    internal virtual Func<string, (IGenerativeModel Model, long Update)>? AtCheckpoint(ModelSettings settings, TrainingData data) => null;

    /// <summary>
    /// What draws the model of a checkpoint of a run, or the trained one, by its file; null where nothing is drawn but what it does by
    /// itself.
    /// </summary>
    /// <param name="settings">The run's, resolved.</param>
    /// <param name="data">What it learns from.</param>
    internal virtual Func<string, ModelFigures>? FiguresAt(ModelSettings settings, TrainingData data) => null;

    /// <summary>The model as a map, to ask about its dynamics.</summary>
    /// <exception cref="ArgumentException">It has none.</exception>
    internal virtual MapSource ToMap(TrainedModel model, string subject, double? dt)
        => new(subject, model.Generative, model.StateOnAttractor(), dt ?? model.Dt, null);

    /// <summary>What a trained model is where one that goes on by itself is wanted, unless it is one.</summary>
    internal virtual string WhyNotGenerative => "which has no dynamics";

    /// <summary>The capability behind a verb; null if the kind lacks it.</summary>
    public Capability? Find(string verb) => Capabilities.FirstOrDefault(c => c.Verb == verb);

    /// <summary>What may be typed with a run of this kind, besides repeating, resuming and reporting.</summary>
    /// <param name="run">The run's folder, quoted.</param>
    /// <param name="settings">Its settings.</param>
    public abstract IEnumerable<(string Purpose, string Command)> Uses(string run, ModelSettings settings);
}
