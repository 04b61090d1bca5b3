using System.Diagnostics;
using System.Text.Json;
using Attractor.Models;
using Attractor.Runs;
using Attractor.Storage;
using Attractor.Studio.Curves;
using Attractor.Systems;

namespace Attractor.Studio.Folders;

/// <summary>A run that somebody looks at: its curves as far as they go, and what its model does by itself at the last checkpoint.</summary>
/// <remarks>Nothing is looked at while nobody watches. What is computed takes a twentieth of one core at most.</remarks>
internal sealed class RunWatch(StudioFolder folder, RunList list, string id)
{
    private const int Rows = 4000, Share = 20;
    private const long MostData = 256L << 20;
    private const string Model = "model.safetensors", Checkpoint = "checkpoint/state.safetensors";

    private static readonly TimeSpan s_period = TimeSpan.FromMilliseconds(500);

    private readonly Lock _lock = new(), _looking = new();
    private Action? _changed;
    private bool _isRunning;
    private MetricsTail? _metrics;
    private TimeSeries? _truth;
    private Func<string, (IGenerativeModel Model, long Update)>? _atCheckpoint;
    private Func<string, ModelFigures>? _figuresAt;
    private bool _isPrepared;
    private string _grownFrom = "";

    /// <summary>The run as the list has it; null once it is gone.</summary>
    public RunEntry? Entry { get; private set; }

    /// <summary>Its settings, as they are written.</summary>
    public IReadOnlyList<(string Key, string Value)> Settings { get; private set; } = [];

    /// <summary>What is typed to repeat it, resume it and ask it.</summary>
    public IReadOnlyList<(string Purpose, string Command)> Commands { get; private set; } = [];

    /// <summary>Its curves.</summary>
    public IReadOnlyList<(string Key, ExtremesCurve Curve)> Curves => _metrics?.Curves ?? [];

    /// <summary>Lines of its metrics.</summary>
    public long Lines => _metrics?.Lines ?? 0;

    /// <summary>What the model does by itself, beside the data; null where it is not known.</summary>
    public Regrown? Orbit { get; private set; }

    /// <summary>What else shows the model: a latent plane, components, the path of a readout; null where nothing does.</summary>
    public ShownModel? Shown { get; private set; }

    /// <summary>Whether the trained model has linear regions, of which there is an atlas.</summary>
    public bool HasRegions { get; private set; }

    /// <summary>Why there is none.</summary>
    public string? WhyNoOrbit { get; private set; }

    /// <summary>Held by whoever reads the curves.</summary>
    public Lock Reading { get; } = new();

    /// <summary>Whether somebody watches.</summary>
    public bool IsWatched => _changed is not null;

    /// <summary>Calls whenever something has changed, until it is disposed.</summary>
    public IDisposable Watch(Action changed)
    {
        lock (_lock)
        {
            _changed += changed;
            if (!_isRunning)
            {
                _isRunning = true;
                _ = Task.Run(Loop);
            }
        }
        return new End(() =>
        {
            lock (_lock)
                _changed -= changed;
        });
    }

    private async Task Loop()
    {
        while (true)
        {
            Action? changed;
            lock (_lock)
            {
                changed = _changed;
                if (changed is null)
                {
                    _isRunning = false;
                    return;
                }
            }
            Stopwatch clock = Stopwatch.StartNew();
            if (Look())
                changed();
            TimeSpan first = clock.Elapsed;
            if (Regrow())
                changed();
            TimeSpan grown = (clock.Elapsed - first) * Share;
            await Task.Delay(grown > s_period ? grown : s_period).ConfigureAwait(false);
        }
    }

    /// <summary>Looks at what has changed on the disk. Whoever asks meanwhile waits, and looks after it.</summary>
    public bool Look()
    {
        lock (_looking)
            return LookAlone();
    }

    private bool LookAlone()
    {
        RunEntry? before = Entry;
        Entry = list.Find(id);
        if (Entry is not { } entry)
            return before is not null;
        if (_metrics is null)
            ReadConfig(entry);
        _metrics ??= new(Path.Combine(entry.Path, "metrics.jsonl"));
        bool read = false;
        try
        {
            lock (Reading)
                read = _metrics.Read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is being replaced: the next look finds it.
        }
        return read || !ReferenceEquals(before, entry);
    }

    private void ReadConfig(RunEntry entry)
    {
        try
        {
            JsonElement config = RunFolder.ReadConfig(entry.Path);
            Settings = [.. RunConfig.Entries(config)];
            string path = CommandWords.Of(entry.Id);
            Commands = [.. RunCommands.For(path, RunConfig.Settings(entry.Path))];
        }
        catch (Exception e) when (e is IOException or InvalidDataException or ArgumentException or UnauthorizedAccessException)
        {
            WhyNoOrbit = e.Message;
        }
    }

    /// <summary>Lets the model run anew where there is a newer one.</summary>
    public bool Regrow()
    {
        if (Entry is not { Fault: null } entry || WhyNoOrbit is not null)
            return false;
        string? file = StudioFolder.FileIn(entry.Path, Model) ?? StudioFolder.FileIn(entry.Path, Checkpoint);
        if (file is null || new FileInfo(file) is var info && $"{file} {info.Length} {info.LastWriteTimeUtc.Ticks}" == _grownFrom)
            return false;
        _grownFrom = $"{file} {info.Length} {info.LastWriteTimeUtc.Ticks}";
        try
        {
            if (!_isPrepared)
                Prepare(entry);
            bool isFinal = file.EndsWith(Model, StringComparison.Ordinal);
            if (WhyNoOrbit is not null)
                return true;
            Shown = _figuresAt?.Invoke(file) is { } figures ? new(figures) : null;
            if (_truth is null || (!isFinal && _atCheckpoint is null))
                return Shown is not null;
            (IGenerativeModel model, long? update) = isFinal
                ? (TrainedModel.Load(entry.Path).Generative, (long?)null)
                : _atCheckpoint!(file);
            HasRegions = isFinal && model is IPiecewiseLinearMap;
            Orbit = new(model, _truth, update, Rows);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Replaced at this moment: the next look finds it.
            _grownFrom = "";
            return false;
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentException or ArithmeticException or OutOfMemoryException)
        {
            WhyNoOrbit = e.Message;
            return true;
        }
    }

    private void Prepare(RunEntry entry)
    {
        _isPrepared = true;
        ModelKind kind = ModelKinds.Find(entry.Model);
        ModelSettings settings = RunConfig.Settings(entry.Path);
        // What the program draws itself is read from nowhere.
        if (kind.HasDataOfItsOwn && entry.Data == kind.DataOf(null, (ModelSettings)kind.Settings.Defaults))
            _isPrepared = true;
        else if (!File.Exists(entry.Data))
            WhyNoOrbit = $"Its data, {entry.Data}, are not there any more.";
        else if (!folder.AllowsData(entry.Data))
            WhyNoOrbit = $"Its data, {entry.Data}, lie outside of the folder of this studio: start it with a folder that holds both, "
                + "or allow to read them, attractor studio FOLDER --data FOLDER";
        else if (new FileInfo(entry.Data).Length > MostData)
            WhyNoOrbit = $"Its data have more than {MostData >> 20} MB: they are too many to be shown live; the report has them.";
        else if (Others(kind, settings).FirstOrDefault(f => !folder.AllowsData(f)) is { } other)
            WhyNoOrbit = $"It names {other}, which lies outside of the folder of this studio: allow to read it, "
                + "attractor studio FOLDER --data FOLDER";
        if (WhyNoOrbit is not null)
            return;
        TrainingData data = kind.Read(settings, null, CancellationToken.None);
        _figuresAt = kind.FiguresAt(settings, data);
        if (!GenerativeCapabilities.Has(kind) || data is not SeriesData series)
            return;
        _truth = series.Trials.MaxBy(t => t.Length);
        _atCheckpoint = kind.AtCheckpoint(settings, data);
    }

    // Files of data beside the first: a run may name any.
    private static IEnumerable<string> Others(ModelKind kind, ModelSettings settings)
        => kind.Settings.All.Select(s => s.Get(settings)).OfType<string>().Where(Path.Exists);

    private sealed class End(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
