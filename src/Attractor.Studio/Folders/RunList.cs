using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Attractor.Storage;

namespace Attractor.Studio.Folders;

/// <summary>All runs of the folder, looked at again and again as long as somebody watches.</summary>
/// <param name="folder">The folder, which is the truth: whoever trains, wherever.</param>
internal sealed class RunList(StudioFolder folder) : IDisposable
{
    private const int Tail = 4096;

    private static readonly TimeSpan s_period = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, (string Stamp, RunEntry Entry)> _known = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _lock = new();
    private Action? _changed;
    private Task? _loop;

    /// <summary>As they were seen last.</summary>
    public IReadOnlyList<RunEntry> Current { get; private set; } = [];

    /// <summary>Calls whenever something has changed, until it is disposed.</summary>
    public IDisposable Watch(Action changed)
    {
        lock (_lock)
        {
            _changed += changed;
            _loop ??= Task.Run(Loop);
        }
        return new Watcher(() =>
        {
            lock (_lock)
                _changed -= changed;
        });
    }

    /// <summary>Looks now.</summary>
    /// <returns>Whether something has changed.</returns>
    public bool Refresh()
    {
        RunLocks locks = RunLocks.Read(folder.Root);
        (string Id, string Path)[] found = [.. folder.FindRuns()];
        RunEntry[] entries = new RunEntry[found.Length];
        for (int i = 0; i < found.Length; i++)
            entries[i] = Look(found[i].Id, found[i].Path, locks);
        HashSet<string> ids = [.. found.Select(f => f.Id)];
        foreach (string gone in _known.Keys.Where(k => !ids.Contains(k)))
            _known.TryRemove(gone, out _);
        IReadOnlyList<RunEntry> before = Current;
        Current = entries;
        return !before.SequenceEqual(entries, ReferenceEqualityComparer.Instance);
    }

    /// <summary>A run; null if there is none of that name.</summary>
    public RunEntry? Find(string id)
        => folder.FindRun(id) is { } path ? Look(id, path, RunLocks.Read(folder.Root)) : null;

    /// <summary>Reads the answers to a run anew.</summary>
    public void Forget(string id) => _known.TryRemove(id, out _);

    public void Dispose()
    {
        _end.Cancel();
        _end.Dispose();
    }

    private async Task Loop()
    {
        CancellationToken token = _end.Token;
        while (!token.IsCancellationRequested)
        {
            Stopwatch clock = Stopwatch.StartNew();
            Action? changed = _changed;
            if (changed is not null && Refresh())
                changed();
            // A folder that takes long to look at is looked at seldom: a twentieth of one core at most.
            TimeSpan pause = clock.Elapsed * 20 is var long_ && long_ > s_period ? long_ : s_period;
            await Task.Delay(pause, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private RunEntry Look(string id, string path, RunLocks locks)
    {
        FileInfo config = new(Path.Combine(path, "config.json")), metrics = new(Path.Combine(path, "metrics.jsonl"));
        FileInfo model = new(Path.Combine(path, "model.safetensors"));
        DateTime changed = new[] { config, metrics, model }.Where(f => f.Exists).Select(f => f.LastWriteTimeUtc).DefaultIfEmpty().Max();
        (bool held, int? process) = locks.Of(path, model.Exists ? DateTime.MinValue : changed);
        RunStatus status = held ? RunLocks.IsHeldStill(process) ? RunStatus.Paused : RunStatus.Training
            : model.Exists ? RunStatus.Finished
            : RunStatus.Stopped;
        string stamp = FormattableString.Invariant(
            $"{Stamp(config)} {Stamp(metrics)} {Stamp(model)} {NoteStore.Stamp(folder, id)} {status} {process}");
        if (_known.TryGetValue(id, out (string Stamp, RunEntry Entry) known) && known.Stamp == stamp)
            return known.Entry;
        RunEntry entry;
        try
        {
            entry = Read(id, path, metrics, status) with
            {
                Process = process,
                Began = config.LastWriteTimeUtc,
                Changed = changed,
            };
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException or FormatException)
        {
            entry = new(id, path, RunStatus.Damaged, "", "") { Fault = e.Message, Changed = changed };
        }
        entry = entry with { Note = NoteStore.Read(folder, id) };
        _known[id] = (stamp, entry);
        return entry;
    }

    private RunEntry Read(string id, string path, FileInfo metrics, RunStatus status)
    {
        JsonElement config = RunFolder.ReadConfig(path);
        (long? update, double? loss, bool isBound) = LastLine(metrics);
        RunEntry entry = new(id, path, status, Word(config, "model"), Word(config, "data"))
        {
            Update = update,
            Updates = Whole(config, "updates"),
            Parameters = Whole(config, "parameters"),
            Loss = loss,
            LossName = isBound ? "ELBO" : "loss",
        };
        if (status != RunStatus.Finished || AnswerStore.Read(folder, id, path, Runs.Verbs.Evaluate) is not { } answer)
            return entry;
        (string? verdict, IReadOnlyList<ScoreValue> scores) = AnswerStore.Scores(answer);
        return entry with { Verdict = verdict, Scores = scores };
    }

    // The end of the file alone: the list never reads a curve.
    private static (long? Update, double? Loss, bool IsBound) LastLine(FileInfo file)
    {
        if (!file.Exists || file.LinkTarget is not null || file.Length == 0)
            return (null, null, false);
        using FileStream stream = new(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        stream.Seek(Math.Max(0, stream.Length - Tail), SeekOrigin.Begin);
        byte[] bytes = new byte[Tail];
        string text = Encoding.UTF8.GetString(bytes, 0, stream.ReadAtLeast(bytes, Tail, throwOnEndOfStream: false));
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Reverse())
            try
            {
                using JsonDocument json = JsonDocument.Parse(line);
                JsonElement root = json.RootElement;
                if (root.ValueKind == JsonValueKind.Object && Whole(root, "update") is { } update)
                    return Number(root, "loss") is { } loss ? (update, loss, false) : (update, Number(root, "elbo"), true);
            }
            catch (JsonException)
            {
                // Half of a line, at either end.
            }
        return (null, null, false);
    }

    /// <summary>Another stamp is another file.</summary>
    internal static string Stamp(FileInfo? file)
        => file is { Exists: true } ? FormattableString.Invariant($"{file.Length}-{file.LastWriteTimeUtc.Ticks}") : "-";

    private static string Word(JsonElement json, string key)
        => json.TryGetProperty(key, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static long? Whole(JsonElement json, string key)
        => json.TryGetProperty(key, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long whole)
            ? whole : null;

    private static double? Number(JsonElement json, string key)
        => json.TryGetProperty(key, out JsonElement value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    private sealed class Watcher(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
