using System.Globalization;
using System.Text.Json.Nodes;
using Attractor.Data;
using Attractor.Learning;
using Attractor.Runs;

namespace Attractor.Experiments;

/// <summary>
/// The networks of an experiment, each in a run folder of its own beside the report: one that is finished is not trained again, one that
/// was interrupted goes on, and all of them can be generated from and evaluated afterwards.
/// </summary>
internal sealed class TrainedRuns(ExperimentSession session)
{
    private static readonly TimeSpan s_betweenMessages = TimeSpan.FromSeconds(10);

    /// <summary>The folder of a run.</summary>
    public string PathOf(string name) => Path.Combine(session.Runs, name);

    /// <summary>Writes data that the experiment makes itself, so that a run can name them; the same data give the same file.</summary>
    public string Write(string name, TimeSeries series)
    {
        Directory.CreateDirectory(session.Runs);
        string path = PathOf(name);
        SeriesFile.Write(path, series);
        return path;
    }

    /// <summary>Does what is asked of each of several networks, side by side on all cores.</summary>
    /// <param name="count">How many there are.</param>
    /// <param name="measure">Trains one and looks at it.</param>
    /// <param name="diverged">Told of one whose training diverged instead: it is one of the findings, the others go on.</param>
    /// <param name="token">Ends all.</param>
    public static void Each(int count, Action<int> measure, Action<int> diverged, CancellationToken token)
    {
        Parallel.For(
            0, count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = token }, i =>
            {
                try
                {
                    measure(i);
                }
                catch (TrainingDivergedException)
                {
                    diverged(i);
                }
            });
        token.ThrowIfCancellationRequested();
    }

    /// <summary>Measures a network of each seed.</summary>
    /// <param name="seeds">The seeds.</param>
    /// <param name="measure">Trains the network of one and says what it is.</param>
    /// <param name="token">Ends all.</param>
    /// <returns>What was measured, in the order of the seeds, and the seeds whose training diverged.</returns>
    /// <exception cref="ArithmeticException">All of them diverged.</exception>
    public (T[] Measured, long[] Diverged) EachSeed<T>(IReadOnlyList<long> seeds, Func<long, T> measure, CancellationToken token)
        where T : class
    {
        T?[] measured = new T?[seeds.Count];
        Each(
            seeds.Count,
            i => measured[i] = measure(seeds[i]),
            i => session.Say(FormattableString.Invariant($"seed {seeds[i],2}: the training diverged")),
            token);
        long[] diverged = [.. seeds.Where((_, i) => measured[i] is null)];
        return diverged.Length < seeds.Count
            ? ([.. measured.OfType<T>()], diverged)
            : throw new ArithmeticException($"the training of every seed diverged ({string.Join(", ", seeds)}): try others");
    }

    /// <summary>What is said of seeds that are missing among what was measured, after a sentence; nothing of none.</summary>
    public static string Missing(long[] diverged) => diverged.Length == 0 ? ""
        : $" The training of seed {string.Join(", ", diverged)} diverged: what is said is of the others.";

    /// <summary>Trains a network, or takes the one that is there.</summary>
    /// <param name="name">The name of its folder.</param>
    /// <param name="kind">The kind of model.</param>
    /// <param name="data">Its data; null where the settings name them.</param>
    /// <param name="settings">Its settings.</param>
    /// <param name="token">Ends the training with a checkpoint that the same command goes on from.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="TrainingDivergedException">The training diverged.</exception>
    public Run Train(string name, string kind, string? data, ModelSettings settings, CancellationToken token)
    {
        string path = PathOf(name);
        ModelKind found = ModelKinds.Find(kind);
        found.Settings.Check(settings);
        settings = settings with { Model = kind, Data = found.DataOf(data, settings) };
        using TrainingData read = found.Read(settings, null, token);
        bool isThere = File.Exists(Path.Combine(path, RunLayout.Config));
        if (isThere && !session.Overwrite)
            RequireSame(path, found, found.Prepare(settings, read).Settings);
        if (isThere && !session.Overwrite && File.Exists(Path.Combine(path, RunLayout.Model)))
        {
            session.Progress($"{path}: finished before");
            return Run.Open(path);
        }
        bool resumes = isThere && !session.Overwrite;
        using (Run run = Run.Prepare(path, settings, read, resumes, session.Overwrite))
        {
            if (resumes)
                session.Progress($"{path}: goes on from its last checkpoint");
            Outcome outcome = run.Train(new Messages(session, path), token);
            if (outcome.Ending is TrainingEnding.Cancelled)
                session.Progress($"{path}: interrupted, the same command goes on from there");
            token.ThrowIfCancellationRequested();
            if (outcome.Ending is TrainingEnding.Diverged)
                throw new TrainingDivergedException(path);
        }
        return Run.Open(path);
    }

    // The settings and the kind say what a network is; where it lies and which machine it was learnt on do not.
    private void RequireSame(string path, ModelKind kind, ModelSettings wanted)
    {
        ModelSettings there = RunConfig.Settings(path);
        if (there.Model != wanted.Model)
            throw Other($"a {there.Model}");
        if (there.DataEntry != wanted.DataEntry)
            throw Other($"of {there.DataEntry}");
        foreach (Setting setting in kind.Settings.All)
            if (!JsonNode.DeepEquals(Entry(setting, there), Entry(setting, wanted)))
                throw Other($"with {setting.Key} {Entry(setting, there)}");

        RunExistsException Other(string what) => new(SettingSentence.Join(
            $"{path} holds a network {what}, not the one that is asked for: ",
            $"name another report, or {nameof(session.Overwrite):setting} it"));
    }

    private static JsonNode? Entry(Setting setting, ModelSettings settings)
        => settings.WhyUnused(setting.Property) is null ? setting.Write(setting.Get(settings)) : null;

    /// <summary>A line every few seconds.</summary>
    private sealed class Messages(ExperimentSession session, string path) : IProgress<TrainingProgress>
    {
        private DateTime _next = DateTime.UtcNow + s_betweenMessages;

        public void Report(TrainingProgress value)
        {
            if (value.Message is null && DateTime.UtcNow < _next)
                return;
            _next = DateTime.UtcNow + s_betweenMessages;
            session.Progress(string.Create(
                CultureInfo.InvariantCulture,
                $"{path}: {value.Update:N0} of {value.Updates:N0} {value.Unit}, loss {value.Loss:G4}, about {value.Remaining:hh\\:mm\\:ss} "
                + $"left{(value.Message is { } message ? ": " + message : "")}"));
        }
    }
}
