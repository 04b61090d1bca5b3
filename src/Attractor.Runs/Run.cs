using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Numerics;
using Attractor.Storage;

namespace Attractor.Runs;

/// <summary>A run: a model, from its data to its report, in one folder that says everything about it.</summary>
/// <remarks>
/// The folder is the one that the command writes and reads. A run that is started or resumed locks it until it is disposed; one that is
/// opened reads it only. Not thread-safe; several runs may train at once.
/// </remarks>
public sealed class Run : IDisposable
{
    private readonly ModelTraining? _training;
    private readonly RunFolder? _folder;
    private readonly TrainingData? _data;
    private readonly bool _resumed;
    private readonly TrainingData? _learnt;
    private TrainedModel? _trained;
    private bool _begun, _isExtended;

    private Run(
        string path,
        ModelKind kind,
        ModelSettings settings,
        ModelTraining? training = null,
        RunFolder? folder = null,
        TrainingData? data = null,
        bool resumed = false,
        TrainingData? learnt = null)
    {
        (Path, Kind, Settings) = (path, kind, settings);
        (_training, _folder, _data, _resumed, _learnt) = (training, folder, data, resumed, learnt);
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>The kind of model.</summary>
    public ModelKind Kind { get; }

    /// <summary>The settings, resolved.</summary>
    public ModelSettings Settings { get; }

    /// <summary>Whether the model is there.</summary>
    public bool IsFinished => File.Exists(System.IO.Path.Combine(Path, RunLayout.Model));

    /// <summary>The model and what the run says of it.</summary>
    /// <exception cref="IOException">The run is not finished.</exception>
    public TrainedModel Trained => _trained ??= TrainedModel.Load(Path);

    /// <summary>The model that is being learnt, or was.</summary>
    public ILearntModel Model => _training?.Model ?? Trained.Model;

    /// <summary>
    /// Makes a run ready: reads the data, makes the model, locks the folder. Nothing in the folder changes before <see cref="Train"/>.
    /// </summary>
    /// <param name="path">The folder.</param>
    /// <param name="kind">The kind of model, one of <see cref="ModelKinds.All"/>.</param>
    /// <param name="data">A file of data; null where the kind has data of its own.</param>
    /// <param name="settings">Settings of that kind; its defaults if null.</param>
    /// <param name="overwrite">Whether a run that is there may be replaced.</param>
    /// <param name="cancellationToken">Ends a long reading of data.</param>
    /// <exception cref="ArgumentException">The data or settings do not do; the message says how to mend them.</exception>
    /// <exception cref="RunExistsException">The folder holds a run, which <paramref name="overwrite"/> replaces.</exception>
    /// <exception cref="IOException">The folder holds something else, or is in use.</exception>
    public static Run Start(
        string path,
        string kind,
        string? data,
        ModelSettings? settings = null,
        bool overwrite = false,
        CancellationToken cancellationToken = default)
    {
        ModelKind found = ModelKinds.Find(kind);
        SettingsRecord defaults = found.Settings.Defaults;
        ModelSettings given = settings ?? (ModelSettings)defaults;
        if (given.GetType() != defaults.GetType())
            throw new ArgumentException(
                $"Expected {defaults.GetType().Name} for a {kind}, found {given.GetType().Name}.", nameof(settings));
        found.Settings.Check(given);
        given = given with { Model = kind, Data = found.DataOf(data, given) };
        RunLayout.RequireLasting(given.Data);
        TrainingData read = found.Read(given, null, cancellationToken);
        try
        {
            return Prepare(path, given, read, resume: false, overwrite, ownsData: true);
        }
        catch
        {
            read.Dispose();
            throw;
        }
    }

    /// <summary>Opens a run that is there.</summary>
    /// <exception cref="IOException">There is none.</exception>
    /// <exception cref="InvalidDataException">Its config is damaged, or of another version.</exception>
    public static Run Open(string path)
    {
        ModelSettings settings = RunConfig.Settings(path);
        return new(path, ModelKinds.Find(settings.Model), settings);
    }

    /// <summary>Parameters of the model that is being learnt; null where what is learnt says how many.</summary>
    internal int? ParameterCount => Ready().Training.ParameterCount;

    /// <summary>Seconds that the training is to take; null where its steps say.</summary>
    internal double? ExpectedSeconds => Ready().Training.ExpectedSeconds;

    /// <summary>Whether the training may end before its last step.</summary>
    internal bool MayEndSooner => Ready().Training.MayEndSooner;

    /// <summary>Whether this run was to replace another, which is still there as it was.</summary>
    internal bool KeptTheOther => _folder is { IsReplacing: true };

    /// <summary>Shares the training with other processes, which must be about to train the same.</summary>
    /// <exception cref="ArgumentException">They are not, or trainings of this kind are one process's.</exception>
    internal void Distribute(Communicator ranks)
    {
        (ModelTraining training, _) = Ready();
        JsonObject config = RunConfig.Of(training, _learnt);
        // Where the last bits of sums differ, ranks would soon be about different things.
        ranks.RequireSame("the program", FormattableString.Invariant($"{config["attractor"]} with {Processor.VectorBits()}-bit vectors"));
        config.Remove("processor");
        ranks.RequireSame(
            "what is learnt, by the hash of settings and data,",
            Convert.ToHexStringLower(SHA256.HashData(Json.Bytes(config)))[..16]);
        training.Distribute(ranks);
    }

    /// <summary>Called after each checkpoint of the training.</summary>
    internal Action? Checkpoint
    {
        set => Ready().Folder.CheckpointSaved = value;
    }

    /// <summary>Refuses a folder that a run could not begin in, or go on in; one that is not there yet is not made.</summary>
    /// <exception cref="IOException">It holds something else, or is in use.</exception>
    internal static void RequireFree(string path, bool resume, bool overwrite)
    {
        if (File.Exists(path) || Directory.Exists(path))
            RunLayout.Open(path, resume, overwrite).Dispose();
    }

    /// <summary>Checks everything and locks the folder.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="data">What is learnt from.</param>
    /// <param name="resume">Whether the run is there and goes on.</param>
    /// <param name="overwrite">Whether a run that is there may be replaced.</param>
    /// <param name="ownsData">Whether the run lets go of the data.</param>
    /// <param name="extend">Whether the run, finished or not, goes on for longer than its config says.</param>
    internal static Run Prepare(
        string path, ModelSettings settings, TrainingData data, bool resume, bool overwrite, bool ownsData = false, bool extend = false)
    {
        ModelKind kind = ModelKinds.Find(settings.Model);
        ModelSettings known = settings is SeriesSettings { TimeStep: null } series && data.Understood?.Dt is { } dt
            ? series.WithTimeStep(dt)
            : settings;
        ModelTraining training = kind.Prepare(known, data);
        RunFolder folder = RunLayout.Open(path, resume, overwrite || extend);
        try
        {
            if (resume)
                RunConfig.RequireSameData(path, settings, data);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
        return new(path, kind, training.Settings, training, folder, ownsData ? data : null, resume, data) { _isExtended = extend };
    }

    /// <summary>Why the bits of the model will be others than those of the run that was begun; null if they will not.</summary>
    internal string? Warning => _resumed ? RunConfig.NoteOnProcessor(Path) : null;

    /// <summary>What else whoever begins the run should know.</summary>
    internal IEnumerable<string> Notes
    {
        get
        {
            if (_training?.LeftOut is { } left)
                yield return $"{Path}: {left}";
        }
    }

    /// <summary>Makes the folder ready: goes back to the last checkpoint of a run that is resumed, else replaces what is there.</summary>
    internal void Begin()
    {
        (ModelTraining training, RunFolder folder) = Ready();
        if (_begun)
            return;
        _begun = true;
        if (_resumed)
        {
            training.Resume(folder);
            if (_isExtended)
                folder.Extend(RunConfig.Of(training, _learnt), RunCommands.Text(Path, training.Settings));
        }
        else
            folder.Begin(RunConfig.Of(training, _learnt), RunCommands.Text(Path, training.Settings));
    }

    /// <summary>Trains the model and writes it.</summary>
    /// <param name="progress">Called a few times a second, on the training thread.</param>
    /// <param name="cancellationToken">Ends the training with a state that
    /// <see cref="Resume(CancellationToken)"/> goes on from; no exception.</param>
    /// <returns>How it ended.</returns>
    /// <exception cref="InvalidOperationException">The run was opened, not started.</exception>
    public Outcome Train(IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        (ModelTraining training, RunFolder folder) = Ready();
        Begin();
        TrainingEnding ending;
        try
        {
            ending = training.Train(folder, progress ?? Unheard.Instance, cancellationToken);
        }
        catch (ArgumentException e) when (_resumed && e.ParamName == "resume")
        {
            throw new InvalidDataException(
                $"{System.IO.Path.Combine(Path, RunLayout.Checkpoint)} is of another model than {RunLayout.Config} beside it says: "
                + $"{e.Message.Split(" (Parameter")[0].TrimEnd('.')}; bring back the config that the run began with, or begin a new run",
                e);
        }
        JsonObject json = training.Describe(Path);
        if (training.LeftOut is { } left)
        {
            (json["recordings_left_out"], json["rows_left_out"]) = (left.Recordings, left.Rows);
            if (left.Missing > 0)
                json["missing_values"] = left.Missing;
        }
        return new(ending, json, training.Sentence(Path));
    }

    /// <summary>Goes on with an unfinished run from its last checkpoint, to the same bits as if it had never stopped.</summary>
    /// <inheritdoc cref="Train"/>
    public Outcome Resume(CancellationToken cancellationToken) => Resume(null, cancellationToken);

    /// <inheritdoc cref="Resume(CancellationToken)"/>
    public Outcome Resume(IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        using TrainingData data = Kind.Read(Settings, null, cancellationToken);
        using Run resumed = Prepare(Path, Settings, data, resume: true, overwrite: false);
        return resumed.Train(progress, cancellationToken);
    }

    /// <summary>Scores the model.</summary>
    /// <param name="data">A file of data; null for those of the run, where the kind has a use for them.</param>
    /// <param name="options">Options of the kind's evaluation; its defaults if null.</param>
    /// <param name="cancellationToken">Ends it before its time.</param>
    /// <exception cref="ArgumentException">The kind cannot be evaluated, or the data do not fit.</exception>
    public Scores Evaluate(string? data = null, SettingsRecord? options = null, CancellationToken cancellationToken = default)
        => (Scores)Ask(Verbs.Evaluate, options, new(data, null, null, cancellationToken));

    /// <summary>Writes the report.</summary>
    /// <param name="file">The HTML file; null for <c>report.html</c> in the folder.</param>
    /// <param name="options">Options of the kind's report; its defaults if null.</param>
    /// <param name="cancellationToken">Ends it before its time.</param>
    public void Report(string? file = null, SettingsRecord? options = null, CancellationToken cancellationToken = default)
        => Ask(Verbs.Report, options, new(null, file, null, cancellationToken));

    /// <summary>Lets the model go on by itself, or draws from it, into a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="options">Options of the kind's generation; its defaults if null.</param>
    /// <param name="cancellationToken">Ends it before its time.</param>
    public Answer Generate(string file, SettingsRecord? options = null, CancellationToken cancellationToken = default)
        => Ask(Verbs.Generate, options, new(null, file, null, cancellationToken));

    /// <summary>Asks something of the trained model.</summary>
    /// <param name="verb">One of its kind's <see cref="ModelKind.Capabilities"/>.</param>
    /// <param name="options">Options of that capability; its defaults if null.</param>
    /// <param name="request">What it is about.</param>
    /// <exception cref="ArgumentException">The kind lacks it.</exception>
    public Answer Ask(string verb, SettingsRecord? options, Request request)
    {
        Capability capability = Trained.Require(verb);
        return capability.Ask(Trained, options ?? capability.Options.Defaults, request);
    }

    /// <summary>Unlocks the folder.</summary>
    public void Dispose()
    {
        _folder?.Dispose();
        _data?.Dispose();
    }

    private (ModelTraining Training, RunFolder Folder) Ready() => _training is { } training && _folder is { } folder
        ? (training, folder)
        : throw new InvalidOperationException("This run was opened, not started: Resume goes on with it, Run.Start begins another.");

    private sealed class Unheard : IProgress<TrainingProgress>
    {
        public static Unheard Instance { get; } = new();

        public void Report(TrainingProgress value)
        {
        }
    }
}
