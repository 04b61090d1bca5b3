using System.Text.Json;
using Attractor.Data;
using Attractor.Models;
using Attractor.Storage;
using Attractor.Systems;

namespace Attractor.Runs;

/// <summary>A trained model from a run folder or a bare safetensors file, with what its run says of it.</summary>
public sealed class TrainedModel
{
    private ModelSettings? _settings;

    private TrainedModel(string path, ILearntModel model, JsonElement? config)
        => (Path, Model, Config, Kind) = (path, model, config, ModelKinds.Find(model.Kind));

    /// <summary>The folder or file.</summary>
    public string Path { get; }

    /// <summary>The last part of the path, as titles name it.</summary>
    internal string Name => System.IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator(Path));

    /// <summary>The model.</summary>
    public ILearntModel Model { get; }

    /// <summary>Its kind.</summary>
    public ModelKind Kind { get; }

    /// <summary>The run's <c>config.json</c>; null of a bare file.</summary>
    public JsonElement? Config { get; }

    /// <summary>Whether there is a run around it.</summary>
    public bool IsRun => Config is not null;

    /// <summary>The settings of its run; null of a bare file.</summary>
    public ModelSettings? Settings => IsRun ? _settings ??= RunConfig.Settings(Path) : null;

    /// <summary>Time between two rows, if the run says so.</summary>
    public double? Dt => Settings?.TimeStep is > 0 and var dt ? dt : null;

    /// <summary>The model, as one that goes on by itself in time.</summary>
    /// <exception cref="ArgumentException">It is not one.</exception>
    public IGenerativeModel Generative => Model as IGenerativeModel
        ?? throw new ArgumentException(
            $"{Path} holds a {Model.Kind}, {Kind.WhyNotGenerative}: attractor {And(Kind.Capabilities.Select(c => c.Verb))} take it");

    /// <summary>Reads a model.</summary>
    /// <param name="path">A run folder, one that holds a model alone, or a safetensors file.</param>
    /// <exception cref="IOException">There is none, or the run is not finished.</exception>
    /// <exception cref="InvalidDataException">The file is not a model.</exception>
    public static TrainedModel Load(string path)
    {
        if (!Directory.Exists(path))
            return new(path, Checked(path), null);
        if (!File.Exists(System.IO.Path.Combine(path, RunLayout.Config)))
        {
            // As an import leaves it: a bare file in a folder of its own.
            if (File.Exists(System.IO.Path.Combine(path, RunLayout.Model)))
                return new(path, Checked(System.IO.Path.Combine(path, RunLayout.Model)), null);
            throw RunLayout.Seeds(path).FirstOrDefault() is { } seed
                ? new IOException($"{path} holds several runs: name one of them, such as {seed}")
                : new FileNotFoundException($"{path} is not a run: it has no {RunLayout.Config}");
        }
        JsonElement config = RunFolder.ReadConfig(path);
        string model = System.IO.Path.Combine(path, RunLayout.Model);
        if (!File.Exists(model))
            throw new IOException($"{path} is not finished: attractor train --resume {RunCommands.Quote(path)} goes on with it");
        return new(path, Checked(model), config);
    }

    /// <summary>What its kind can do, by verb.</summary>
    /// <exception cref="ArgumentException">It cannot do that.</exception>
    public Capability Require(string verb) => Kind.Find(verb) ?? throw new ArgumentException(
        $"{Path} holds a {Model.Kind}, not a "
        + $"{string.Join(" or ", ModelKinds.All.Where(k => k.Find(verb) is not null).Select(k => k.Name))}: attractor "
        + $"{verb} takes no other");

    /// <summary>
    /// Whether the word names a file or folder with a model, rather than a system of the catalogue or a file of equations.
    /// </summary>
    /// <exception cref="FileNotFoundException">It can only be a path, and there is nothing there.</exception>
    internal static bool IsNamedBy(string subject)
    {
        if (SystemSource.IsFile(subject))
            return false;
        if (File.Exists(subject) || Directory.Exists(subject))
            return true;
        return subject.Contains('.', StringComparison.Ordinal)
            || subject.Contains(System.IO.Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? throw new FileNotFoundException($"there is no run or file {subject}")
            : false;
    }

    /// <summary>The data the run was trained on: of several trials the longest.</summary>
    internal TimeSeries TrainingData() => TrainingTrials().Longest;

    /// <summary>The data the run was trained on.</summary>
    internal DataReading TrainingTrials()
    {
        if (Config is not { } config || !config.TryGetProperty("data", out JsonElement data) || data.ValueKind != JsonValueKind.String)
            throw new ArgumentException($"{Path} does not say what it was trained on: name a file of data");
        return Trials(data.GetString()!, null, (Settings as SeriesSettings)?.Selection);
    }

    /// <summary>The names of the variables as the run learnt them; x1, x2, ... of one that does not say.</summary>
    /// <param name="observed">How many the model observes.</param>
    internal IReadOnlyList<string> Variables(int observed)
        => Config is { } config && config.TryGetProperty("variables", out JsonElement names) && names.ValueKind == JsonValueKind.Array
            && names.GetArrayLength() == observed && names.EnumerateArray().All(name => name.ValueKind == JsonValueKind.String)
            ? [.. names.EnumerateArray().Select(name => name.GetString()!)]
            : [.. Enumerable.Range(1, observed).Select(n => FormattableString.Invariant($"x{n}"))];

    /// <summary>What the model sets out from where nothing else is said: the run's training data, for a bare file the mean.</summary>
    internal TimeSeries StartingData() => IsRun ? TrainingData() : new(
        Generative is StandardizedModel model ? [.. model.Standardization.Mean] : new double[Generative.Observed], Generative.Observed);

    /// <summary>
    /// The model and a series as they are scored: distances and divergences are those of standardised variables, whatever the units.
    /// </summary>
    internal (IGenerativeModel Model, IReadOnlyList<TimeSeries> Truth) ToScore(IReadOnlyList<TimeSeries> truth)
        => Generative switch
        {
            StandardizedModel model => (model.Model, [.. truth.Select(model.Standardization.Apply)]),
            // Counts are held against counts.
            RecurrentModel { Modalities.Count: > 0 } network => (network.Drawn(), truth),
            _ => (Generative, truth),
        };

    /// <summary>The rows from one on that drive the model beforehand: as many as it asks for, or as there are.</summary>
    internal int WarmUp(TimeSeries data, int row = 0) => Math.Min(Generative.WarmUp, data.Length - 1 - row);

    /// <summary>A state to ask about its dynamics from.</summary>
    /// <remarks>What a reservoir makes of no history is far from its attractor; the data it was trained on lead there.</remarks>
    internal double[] StateOnAttractor()
    {
        // Of counts a state is told by many rows.
        if (IsRun && Generative is RecurrentModel { Modalities.Count: > 0 } && StartingData() is var counts)
            return FreeRun.StateAt(Generative, counts, Math.Min(2 * RecurrentModel.EncodedRows, counts.Length - 1));
        if (Generative.WarmUp == 0)
            return Lyapunov.StartingState(Generative);
        TimeSeries data = StartingData();
        return FreeRun.StateAt(Generative, data, WarmUp(data));
    }

    /// <summary>A series that the model can be compared with or started from: of several trials the longest.</summary>
    internal TimeSeries Read(string file, double? dt, DataSelection? selection = null, IProgress<string>? messages = null)
        => Trials(file, dt, selection, messages, RecordingSource.DescribeLongest).Longest;

    /// <summary>The recordings of a file that the model can be compared with.</summary>
    internal DataReading Trials(
        string file,
        double? dt,
        DataSelection? selection = null,
        IProgress<string>? messages = null,
        Func<DataReading, FormattableString>? remark = null)
    {
        DataReading reading = Recordings(file, (Model as IGenerativeModel)?.Observed, dt, selection);
        _ = Generative;
        messages?.Report(SettingSentence.Render(SettingSentence.Join(
            RecordingSource.Describe(file, reading), remark is null ? (FormattableString)$"" : remark(reading))));
        return reading;
    }

    /// <summary>The recordings of a file, with the variables of the model: found by name where the file has names.</summary>
    /// <param name="file">The file.</param>
    /// <param name="observed">How many variables the model observes; null of one that is none in time.</param>
    /// <param name="dt">Time between two rows; null for what the run says.</param>
    /// <param name="selection">What of the file is taken; null for what it holds.</param>
    /// <exception cref="InvalidDataException">The file lacks a variable, or has another number of columns.</exception>
    /// <exception cref="ArgumentException">The columns that are asked for are of another number.</exception>
    internal DataReading Recordings(string file, int? observed, double? dt, DataSelection? selection)
    {
        SeriesSettings? run = Settings as SeriesSettings;
        DataSelection wanted = selection ?? new();
        IReadOnlyList<string>? inputs = InputColumns(wanted);
        DataReading reading = DataFile.Read(file, wanted with
        {
            Time = wanted.Time ?? run?.Time,
            Trial = wanted.Trial ?? run?.Selection.TrialColumn,
            Group = wanted.Group ?? run?.Group,
            Inputs = inputs,
            Resample = wanted.Resample ?? run?.Resample,
            MayLack = wanted is { Time: null, Trial: null, Group: null },
            Dt = dt ?? Dt,
            Variables = observed is { } count ? Variables(count) : null,
        });
        return observed is null || reading.Variables.Count == observed
            ? reading
            : throw new ArgumentException($"{file} has {reading.Variables.Count} columns, the model observes {observed} variables");
    }

    /// <summary>Whether inputs drive the model.</summary>
    internal bool IsDriven => Model is IDrivenMap { Inputs: > 0 };

    /// <summary>The columns of a file that drive the model: those that are asked for, else those of its run; null for none.</summary>
    /// <exception cref="ArgumentException">The model has another number of inputs, or nothing says which columns they are.</exception>
    internal IReadOnlyList<string>? InputColumns(DataSelection? wanted)
    {
        int inputs = (Model as IDrivenMap)?.Inputs ?? 0;
        IReadOnlyList<string>? columns = wanted?.Inputs ?? (Settings as SeriesSettings)?.InputColumns;
        if (inputs == 0)
            return wanted?.Inputs is null ? null : throw new SettingException(
                $"{Path} holds a model without inputs: leave {nameof(RecurrentSettings.Inputs):setting} out");
        return columns?.Count == inputs ? columns : throw new SettingException(SettingSentence.Join(
            $"{Path} holds a model that {inputs} {(inputs == 1 ? "input drives" : "inputs drive")}: ",
            $"{nameof(RecurrentSettings.Inputs):setting} names the columns of the data that they are"));
    }

    /// <summary>Inputs that are known to come, from a file that may hold other columns beside them.</summary>
    internal TimeSeries FutureInputs(string file, DataSelection? selection)
    {
        IReadOnlyList<string> names = InputColumns(selection)
            ?? throw new SettingException($"{Path} holds a model without inputs: leave {nameof(OrbitOptions.InputsFrom):setting} out");
        // A file of as many columns as inputs needs no names.
        DataSelection wanted = new() { Dt = Dt, Time = selection?.Time, Array = selection?.Array };
        DataReading whole = DataFile.Read(file, wanted);
        return (whole.NamedVariables is null && whole.Variables.Count == names.Count
            ? whole
            : DataFile.Read(file, wanted with { Columns = names })).Longest;
    }

    // A network of other inputs than outputs is a model as well, only not one that any command can let run.
    private static ILearntModel Checked(string path)
    {
        ILearntModel model = ModelFile.Load(path);
        return model is EchoStateNetwork { Inputs: > 0 } network && network.Inputs != network.Outputs
            ? throw new InvalidDataException(
                $"{path} has {network.Inputs} inputs and {network.Outputs} outputs: only a network that predicts its own next "
                + $"input can go on by itself")
            : model;
    }

    private static string And(IEnumerable<string> words)
    {
        string[] all = [.. words];
        return all.Length == 1 ? all[0] : $"{string.Join(", ", all[..^1])} and {all[^1]}";
    }
}
