using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Attractor.Data;
using Attractor.Learning;
using Attractor.Models;

namespace Attractor.Storage;

/// <summary>
/// A run as a folder: <c>config.json</c>, <c>metrics.jsonl</c>, <c>model.safetensors</c>, <c>checkpoint/state.safetensors</c>,
/// <c>report.html</c>, <c>command.txt</c>. Held open, it is locked against every other process.
/// </summary>
/// <remarks>
/// Whatever is replaced is replaced as a whole, so killing the process at any instant loses at most the work since the last
/// checkpoint. The lock is the operating system's and dies with the process. A run that replaces another is written beside it, and takes
/// its place with its first checkpoint or model.
/// </remarks>
public sealed class RunFolder : IDisposable
{
    /// <summary>The version of the layout.</summary>
    public const int FormatVersion = 1;

    // What opening a locked file gives: EWOULDBLOCK on Linux and on macOS, ERROR_SHARING_VIOLATION on Windows.
    private static readonly int[] s_sharingViolations = [11, 35, unchecked((int)0x80070020)];

    private static readonly JsonWriterOptions s_indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly FileStream _lock;

    private RunFolder(string path, FileStream held) => (Path, WorkPath, _lock) = (path, path, held);

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>
    /// Where the run is written: the folder, or one within it as long as the run that it is to replace is still there.
    /// </summary>
    public string WorkPath { get; private set; }

    /// <summary>Whether the run that this one is to replace is still there, whole.</summary>
    public bool IsReplacing => WorkPath != Path;

    /// <summary>The file of the trained model.</summary>
    public string ModelPath => In("model.safetensors");

    /// <summary>The file of the report.</summary>
    public string ReportPath => In("report.html");

    private string ShorterModelPath => In(RunReplacement.ShorterModel);

    private string CheckpointPath => In("checkpoint", "state.safetensors");

    private string ConfigPath => In("config.json");

    private string MetricsPath => In("metrics.jsonl");

    /// <summary>Called after each checkpoint, on the thread that trains.</summary>
    public Action? CheckpointSaved { get; set; }

    /// <summary>Whether a run was begun here.</summary>
    public bool IsBegun => File.Exists(ConfigPath);

    /// <summary>Whether the run was finished.</summary>
    public bool IsFinished => File.Exists(ModelPath);

    /// <summary>Opens a folder, made if it is not there, and locks it.</summary>
    /// <exception cref="IOException">
    /// Another process works in it, or it is not a run folder, or it cannot be written, or a part of it lies elsewhere by a link.
    /// </exception>
    /// <exception cref="InvalidDataException">It is a run of another format version, or damaged.</exception>
    public static RunFolder Open(string path)
    {
        path = System.IO.Path.TrimEndingDirectorySeparator(path);
        if (File.Exists(path))
            throw new IOException($"{path} is a file; a run needs a folder.");
        bool foreign = Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any()
            && !File.Exists(System.IO.Path.Combine(path, "config.json"))
            && !File.Exists(System.IO.Path.Combine(path, ".lock"));
        if (foreign)
            throw new IOException($"{path} is not empty and not a run: name another folder.");
        Directory.CreateDirectory(path);
        RunReplacement.RefuseLinks(path);
        RunFolder folder = new(path, Lock(path));
        try
        {
            RunReplacement.Recover(path);
            folder.CheckVersion();
            Directory.CreateDirectory(folder.In("checkpoint"));
            folder.RemoveLeftovers();
            return folder;
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>The config of a run, without locking it.</summary>
    /// <exception cref="IOException">There is no run.</exception>
    /// <exception cref="InvalidDataException">The config is damaged or of another format version.</exception>
    public static JsonElement ReadConfig(string path)
    {
        string file = RunReplacement.ConfigOf(path);
        if (!File.Exists(file))
            throw new FileNotFoundException($"{path} is not a run: it has no config.json.");
        JsonElement root = JsonFile.ReadObject(file);
        if (!root.TryGetProperty("format", out JsonElement format) || format.ValueKind != JsonValueKind.Number
            || !format.TryGetInt32(out int version) || version != FormatVersion)
            throw new InvalidDataException(
                $"{path} is a run of another format version "
                + $"({(format.ValueKind == JsonValueKind.Undefined ? "none" : format.GetRawText())}); this "
                + $"program reads version {FormatVersion}.");
        return root;
    }

    /// <summary>Writes the config and the commands of a new run; one that was there is kept until <see cref="Replace"/>.</summary>
    /// <param name="config">One JSON object with everything that is needed to repeat the run; the version of the layout is added.</param>
    /// <param name="commands">The text of <c>command.txt</c>.</param>
    /// <exception cref="ArgumentException">The config says that it is of another version: nobody could open the folder.</exception>
    public void Begin(JsonObject config, string commands)
    {
        byte[] text = TextOf(config);
        if (IsBegun || IsFinished)
            WorkPath = RunReplacement.Begin(Path);
        else
            RunReplacement.Clear(Path);
        WriteText("command.txt", Encoding.UTF8.GetBytes(commands));
        WriteText("config.json", text);
    }

    private static byte[] TextOf(JsonObject config)
    {
        ArgumentNullException.ThrowIfNull(config);
        if (config["format"] is { } format && !JsonNode.DeepEquals(format, FormatVersion))
            throw new ArgumentException(
                $"The config is of version {format.ToJsonString()} of the layout; this program writes version {FormatVersion}.",
                nameof(config));
        config["format"] = FormatVersion;
        using MemoryStream text = new();
        using (Utf8JsonWriter writer = new(text, s_indented))
            config.WriteTo(writer);
        return text.ToArray();
    }

    /// <summary>
    /// Makes a run that is there one of a longer training: it is unfinished again, from its last checkpoint on. The model that it had is
    /// kept beside it until the longer training has finished.
    /// </summary>
    /// <inheritdoc cref="Begin"/>
    public void Extend(JsonObject config, string commands)
    {
        byte[] text = TextOf(config);
        // Without a model the run is unfinished, and of the length that the config says: from either instant it can go on.
        if (IsFinished)
        {
            FileSteps.Announce("rename", ModelPath);
            File.Move(ModelPath, ShorterModelPath, overwrite: true);
        }
        WriteText("command.txt", Encoding.UTF8.GetBytes(commands));
        WriteText("config.json", text);
    }

    /// <summary>
    /// Lets the new run take the place of the one that was there. The first checkpoint and the model do that by themselves.
    /// </summary>
    public void Replace()
    {
        if (!IsReplacing)
            return;
        RunReplacement.Complete(Path);
        WorkPath = Path;
    }

    /// <summary>
    /// Undoes <see cref="Begin"/> for a run that can come to nothing: the folder is free for another, or holds the run that it held.
    /// </summary>
    public void Abandon()
    {
        if (IsReplacing)
        {
            RunReplacement.Abandon(Path);
            WorkPath = Path;
            return;
        }
        foreach (string file in (string[])[ConfigPath, In("command.txt")])
        {
            FileSteps.Announce("delete", file);
            File.Delete(file);
        }
    }

    /// <summary>Writes a checkpoint and the training curve up to it.</summary>
    public void Save(TrainingState state, IReadOnlyList<LossPoint> losses)
    {
        ArgumentNullException.ThrowIfNull(losses);
        Save(state, losses.Select(MetricsLine.Of));
    }

    /// <summary>Writes a checkpoint and the epochs up to it.</summary>
    public void Save(TrainingState state, IReadOnlyList<EpochPoint> epochs)
    {
        ArgumentNullException.ThrowIfNull(epochs);
        Save(state, epochs.Select(MetricsLine.Of));
    }

    /// <summary>Writes a checkpoint and the sweeps up to it.</summary>
    public void Save(MixtureState state, IReadOnlyList<SweepPoint> sweeps)
    {
        ArgumentNullException.ThrowIfNull(sweeps);
        Save(state, sweeps.Select(MetricsLine.Of));
    }

    /// <summary>Writes the model: the run is finished.</summary>
    public void Finish(ILearntModel model)
    {
        ModelFile.Save(ModelPath, model);
        Replace();
        if (File.Exists(ShorterModelPath))
        {
            FileSteps.Announce("delete", ShorterModelPath);
            File.Delete(ShorterModelPath);
        }
    }

    /// <summary>Writes how the fit ended, and the mixture: the run is finished.</summary>
    public void Finish(MixtureFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        Append([MetricsLine.Of(new FitSummary(fit.Restart, fit.Converged, fit.Reason))]);
        Finish(fit.Mixture);
    }

    /// <summary>Writes what each ridge parameter scored, if several were tried, and the model: the run is finished.</summary>
    public void Finish(ILearntModel model, IReadOnlyList<RidgePoint> path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path.Count > 0)
            WriteText("metrics.jsonl", Encoding.UTF8.GetBytes(string.Concat(path.Select(p => MetricsLine.Of(p) + "\n"))));
        Finish(model);
    }

    /// <summary>The last checkpoint, or null if there is none; the training curve is cut to it.</summary>
    public TrainingState? Resume() => Resume<TrainingState>((line, state) => MetricsLine.ReadLoss(line)?.Update <= state.Update);

    /// <summary>The last checkpoint of a mixture, or null if there is none; the sweeps are cut to it.</summary>
    public MixtureState? ResumeMixture() => Resume<MixtureState>((line, state) => MetricsLine.ReadSweep(line)?.Update <= state.Updates);

    /// <summary>The training curve of a run, as far as it is whole.</summary>
    public static IReadOnlyList<LossPoint> ReadLosses(string path) => [.. Lines(path).Select(MetricsLine.ReadLoss).OfType<LossPoint>()];

    /// <summary>The epochs of a run that has any, as far as they are whole.</summary>
    public static IReadOnlyList<EpochPoint> ReadEpochs(string path) => [.. Lines(path).Select(MetricsLine.ReadEpoch).OfType<EpochPoint>()];

    /// <summary>The sweeps of the fit of a mixture, as far as they are whole.</summary>
    public static IReadOnlyList<SweepPoint> ReadSweeps(string path) => [.. Lines(path).Select(MetricsLine.ReadSweep).OfType<SweepPoint>()];

    /// <summary>What each ridge parameter scored that the fit of a readout tried; none if it was given one.</summary>
    public static IReadOnlyList<RidgePoint> ReadRidgePath(string path)
        => [.. Lines(path).Select(MetricsLine.ReadRidge).OfType<RidgePoint>()];

    /// <summary>How the fit of a mixture ended; null if that is not known.</summary>
    public static FitSummary? ReadSummary(string path) => Lines(path).Select(MetricsLine.ReadSummary).LastOrDefault(s => s is not null);

    /// <summary>Unlocks the folder. A run that was to replace another and came to no checkpoint is gone, the other one is there.</summary>
    public void Dispose()
    {
        try
        {
            if (IsReplacing)
                RunReplacement.Abandon(Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Whoever opens the folder next removes it.
        }
        _lock.Dispose();
    }

    private static IEnumerable<string> Lines(string path)
    {
        string file = System.IO.Path.Combine(path, "metrics.jsonl");
        return MetricsLine.ReadAll(file);
    }

    private TState? Resume<TState>(Func<string, TState, bool> isKept)
        where TState : class, ILearnerState<TState>
    {
        if (!File.Exists(CheckpointPath))
        {
            FileSteps.Announce("delete", MetricsPath);
            File.Delete(MetricsPath);
            return null;
        }
        TState state = Checkpoint.Load<TState>(CheckpointPath);
        Cut(line => isKept(line, state));
        return state;
    }

    private void Save<TState>(TState state, IEnumerable<string> lines)
        where TState : ILearnerState<TState>
    {
        Append(lines);
        Checkpoint.Save(CheckpointPath, state);
        Replace();
        CheckpointSaved?.Invoke();
    }

    // Before the checkpoint: what the curve holds beyond it is cut off when the run goes on.
    private void Append(IEnumerable<string> lines)
    {
        FileSteps.Announce("append", MetricsPath);
        using FileStream stream = new(MetricsPath, FileMode.Append, FileAccess.Write, FileShare.Read);
        Stream watched = FileSteps.Watch(stream, MetricsPath);
        foreach (string line in lines)
            watched.Write(Encoding.UTF8.GetBytes(line + "\n"));
        FileSteps.Announce("flush", MetricsPath);
        stream.Flush(flushToDisk: true);
    }

    private void Cut(Func<string, bool> isKept)
    {
        StringBuilder kept = new();
        foreach (string line in MetricsLine.ReadAll(MetricsPath))
            if (isKept(line))
                kept.Append(line).Append('\n');
        WriteText("metrics.jsonl", Encoding.UTF8.GetBytes(kept.ToString()));
    }

    private string In(params ReadOnlySpan<string> parts) => System.IO.Path.Combine([WorkPath, .. parts]);

    private void WriteText(string name, byte[] bytes) => AtomicFile.Write(In(name), stream => stream.Write(bytes));

    private static FileStream Lock(string path)
    {
        try
        {
            return new(System.IO.Path.Combine(path, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (s_sharingViolations.Contains(e.HResult))
        {
            throw new RunInUseException(path);
        }
    }

    private void CheckVersion()
    {
        if (IsBegun)
            ReadConfig(Path);
    }

    // Temporary files of a process that was killed while it replaced something.
    private void RemoveLeftovers()
    {
        foreach (string folder in (string[])[Path, In("checkpoint")])
            foreach (string file in Directory.EnumerateFiles(folder, ".*.tmp"))
                File.Delete(file);
    }
}
