using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Attractor.Data;
using Attractor.Storage;

namespace Attractor.Runs;

/// <summary>Many runs of one kind of model at points of a space, by one worker or by thousands.</summary>
/// <remarks>
/// A study is a folder: <c>study.json</c> is its plan, <c>trials</c> has a run folder for each trial with a record beside it, and the
/// store, <c>study.db</c> or a PostgreSQL database, says who works on what. The store is an index: <see cref="Rebuild"/> makes it anew from
/// the folders. Thread-safe.
/// </remarks>
public sealed class Study : IDisposable
{
    private readonly StudyStore _store;

    private Study(string path, StudyPlan plan, StudyStore store) => (Path, Plan, _store) = (path, plan, store);

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>What it is of, resolved.</summary>
    public StudyPlan Plan { get; }

    /// <summary>The store, without a password.</summary>
    public string StoreName => _store.Name;

    /// <summary>All trials that were begun or queued, in order.</summary>
    public IReadOnlyList<StudyTrial> Trials => _store.Trials();

    internal StudyStore Store => _store;

    /// <summary>Makes a study.</summary>
    /// <param name="path">Its folder, which is made; it must not hold anything.</param>
    /// <param name="plan">What it is of.</param>
    /// <param name="store">
    /// A database, <c>postgres://user@host/database</c>; null for a file in the folder. A password is not written down.
    /// </param>
    /// <exception cref="ArgumentException">The plan is none; the message says how to mend it.</exception>
    /// <exception cref="IOException">The folder or the store holds something.</exception>
    public static Study Create(string path, StudyPlan plan, string? store = null)
    {
        ArgumentNullException.ThrowIfNull(plan);
        path = System.IO.Path.TrimEndingDirectorySeparator(path);
        if (File.Exists(path) || (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any()))
            throw new IOException(StudyFolder.IsOne(path)
                ? $"{path} holds a study already: attractor study add {RunCommands.Quote(path)} asks it for more trials"
                : $"{path} is there already: a study makes a folder of its own");
        StoreAddress? address = store is null ? null : StoreAddress.Parse(store);
        StudyPlan resolved = PlanCheck.Resolved(plan, System.IO.Path.GetFileName(System.IO.Path.GetFullPath(path)));
        JsonObject written = PlanFile.Write(resolved, address?.ToString());
        Directory.CreateDirectory(StudyFolder.TrialsOf(path));
        StudyStore opened = StoreOf(path, resolved.Name, address);
        try
        {
            opened.Open();
            opened.Create(written.ToJsonString(), resolved.Trials!.Value);
            byte[] bytes = Json.Bytes(written);
            AtomicFile.Write(StudyFolder.PlanOf(path), stream => stream.Write(bytes));
            return new(path, ReadPlan(path).Plan, opened);
        }
        catch
        {
            opened.Dispose();
            StudyFolder.Abandon(path);
            throw;
        }
    }

    /// <summary>Opens a study that is there.</summary>
    /// <param name="path">Its folder.</param>
    /// <param name="store">Its database, with a password if need be; null for the one that its plan names.</param>
    /// <param name="awaited">Given: a store that does not answer yet is waited for.</param>
    /// <exception cref="IOException">There is none, or its store does not answer.</exception>
    /// <exception cref="InvalidDataException">It is damaged, or of another version.</exception>
    /// <exception cref="OperationCanceledException">It was waited for and that was ended.</exception>
    public static Study Open(string path, string? store = null, StoreWait? awaited = null)
    {
        path = System.IO.Path.TrimEndingDirectorySeparator(path);
        if (store is not null && !Directory.Exists(path))
            TakePlan(path, StoreAddress.Parse(store), awaited);
        (StudyPlan plan, StoreAddress? address) = ReadPlan(path, store);
        StudyStore opened = StoreOf(path, plan.Name, address);
        try
        {
            if (address is null && !File.Exists(opened.Name))
                throw new FileNotFoundException(
                    $"{path} has no {StudyFolder.Database}: attractor study rebuild {RunCommands.Quote(path)} makes it from the trials");
            opened.Open(awaited);
            return opened.Plan() is not null ? new(path, plan, opened) : throw new InvalidDataException(
                $"{opened.Name} knows no study '{plan.Name}': attractor study rebuild {RunCommands.Quote(path)} puts it there");
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <summary>Makes the store anew from the folders of the trials. Nobody may work on the study meanwhile.</summary>
    /// <param name="path">The study's folder.</param>
    /// <param name="store">As in <see cref="Open"/>.</param>
    /// <returns>The study, and what of its folders could not be read.</returns>
    public static (Study Study, IReadOnlyList<string> LeftOut) Rebuild(string path, string? store = null)
    {
        path = System.IO.Path.TrimEndingDirectorySeparator(path);
        (StudyPlan plan, StoreAddress? address) = ReadPlan(path, store);
        if (address is null)
            foreach (string ending in (string[])["", "-wal", "-shm"])
                File.Delete(System.IO.Path.Combine(path, StudyFolder.Database + ending));
        StudyStore opened = StoreOf(path, plan.Name, address);
        try
        {
            List<string> leftOut = [];
            opened.Open();
            if (plan.Artifacts)
                new Study(path, plan, opened).Fetch();
            opened.Clear();
            opened.Create(PlanFile.Write(plan, address?.ToString()).ToJsonString(), plan.Trials!.Value);
            foreach (string file in StudyFolder.Records(path).Order(StringComparer.Ordinal))
                try
                {
                    (StudyTrial trial, IReadOnlyList<(long, double)> reports) = TrialRecord.Read(file);
                    if (file != StudyFolder.RecordOf(path, trial.Number))
                        throw new InvalidDataException($"{file} is the record of trial {trial.Number}, whose name it has not");
                    opened.Restore(trial.HasEnded ? trial : trial with { State = TrialState.Waiting }, reports);
                }
                catch (InvalidDataException e)
                {
                    leftOut.Add(e.Message);
                }
            opened.QueueMissing();
            return (new(path, plan, opened), leftOut);
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <summary>Writes the run folders of trials whose files the store keeps, in place of what is here of them.</summary>
    /// <param name="numbers">Which; null for all.</param>
    /// <returns>Those that there were.</returns>
    /// <exception cref="InvalidDataException">The files of one are damaged.</exception>
    public IReadOnlyList<long> Fetch(IReadOnlyCollection<long>? numbers = null)
    {
        long[] there = [.. _store.WithArtifacts().Where(n => numbers?.Contains(n) != false)];
        foreach (long number in there)
            TrialArtifacts.Fetch(this, number);
        return there;
    }

    /// <summary>Asks for more trials.</summary>
    /// <returns>How many there are to be now.</returns>
    /// <exception cref="ArgumentException">The sampler has no more points, or there would be more trials than a study has.</exception>
    public long Add(long trials)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(trials);
        long there = _store.Size().Trials;
        if (trials > PlanCheck.MostTrials - there)
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"a study has at most {PlanCheck.MostTrials:N0} trials, and {there:N0} are there: at most "
                + $"{Math.Max(0, PlanCheck.MostTrials - there):N0} can be added, not {trials:N0}"));
        if (StudySampler.Find(Plan.Sampler).CountOf(Plan.Space) is { } points && there + trials > points)
            throw new ArgumentException(FormattableString.Invariant(
                $"the grid has {points} points and {there} trials: no more can be added"));
        return Asked(_store.Add(trials));
    }

    /// <summary>Queues a trial at a point of one's own.</summary>
    /// <param name="values">Values by settings, as a command line writes them; what is missing is drawn at random.</param>
    /// <returns>Its number.</returns>
    /// <exception cref="ArgumentException">A setting does not vary, or the value is not in the space.</exception>
    public long Add(IReadOnlyDictionary<string, string> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (StudySampler.Find(Plan.Sampler) is GridSampler)
            throw new ArgumentException("a grid has every point of its lists already");
        foreach (string key in values.Keys)
            if (Plan.Space.Dimensions.All(d => d.Setting.Key != key))
                throw new ArgumentException(
                    $"'{key}' does not vary in this study: {string.Join(", ", Plan.Space.Dimensions.Select(d => d.Setting.Key))} do");
        double[] point = new RandomSampler().Sample(Plan.Space, Plan.Seed, _store.Size().Next, []);
        for (int d = 0; d < point.Length; d++)
        {
            StudyDimension dimension = Plan.Space.Dimensions[d];
            if (values.TryGetValue(dimension.Setting.Key, out string? text))
                point[d] = dimension.FromText(text) ?? throw new ArgumentException(
                    $"{dimension.Setting.Key}={text} is not in the space, which has {dimension}");
        }
        long number = _store.Add(Plan.Space.ToJson(Plan.Space.Masked(point)));
        Asked(_store.Size().Trials);
        return number;
    }

    /// <summary>Works on trials until all have ended, in this process.</summary>
    /// <param name="work">How; null for one worker that waits for the trials of others.</param>
    /// <param name="cancellationToken">Hands back what is being worked on, with a checkpoint; no exception.</param>
    /// <returns>How many trials ended by it.</returns>
    public long Run(StudyWork? work = null, CancellationToken cancellationToken = default)
        => new StudyWorker(this, work ?? new()).Run(cancellationToken);

    /// <summary>The run folder of a trial.</summary>
    public string FolderOf(long number) => StudyFolder.RunOf(Path, number);

    /// <summary>The completed trials, the best first: by the objective, of several front by front.</summary>
    public IReadOnlyList<StudyTrial> Ranked() => StudyRanking.Of(this, Trials);

    /// <inheritdoc/>
    public void Dispose() => _store.Dispose();

    // What was asked for is part of the plan: a store that is made anew knows it.
    private long Asked(long trials)
    {
        JsonObject json = TrialText.Object(JsonFile.ReadObject(StudyFolder.PlanOf(Path)).GetRawText());
        json["trials"] = trials;
        byte[] bytes = Json.Bytes(json);
        AtomicFile.Write(StudyFolder.PlanOf(Path), stream => stream.Write(bytes));
        return trials;
    }

    // On a machine that shares no file system the folder is made of what the store knows, under the study's name.
    private static void TakePlan(string path, StoreAddress address, StoreWait? awaited)
    {
        string name = System.IO.Path.GetFileName(System.IO.Path.GetFullPath(path));
        using PostgresStore known = new(address, name);
        known.Open(awaited);
        if (known.Plan() is not { } plan)
            throw new FileNotFoundException(
                $"{path} is not there, and {known.Name} knows no study '{name}': the folder of a study that is taken from its store has "
                + "the study's name");
        JsonObject written = TrialText.Object(plan);
        if (written["artifacts"] is not { } keeps || keeps.GetValueKind() is not JsonValueKind.True)
            throw new FileNotFoundException(
                $"{path} is not there, and {known.Name} keeps no files of this study: its folder must be one that all machines see");
        written["store"] = address.ToString();
        Directory.CreateDirectory(StudyFolder.TrialsOf(path));
        byte[] bytes = Json.Bytes(written);
        AtomicFile.Write(StudyFolder.PlanOf(path), stream => stream.Write(bytes));
    }

    private static (StudyPlan Plan, StoreAddress? Address) ReadPlan(string path, string? store = null)
    {
        string file = StudyFolder.PlanOf(path);
        if (!File.Exists(file))
            throw new FileNotFoundException($"{path} is no study: it has no {StudyFolder.Plan}");
        StudyFolder.RequireOwn(path);
        JsonElement json = JsonFile.ReadObject(file);
        (StudyPlan plan, string? written) = PlanFile.Read(json, file);
        return (plan, (store ?? written) is { } address ? StoreAddress.Parse(address) : null);
    }

    private static StudyStore StoreOf(string path, string name, StoreAddress? address) => address is null
        ? new SqliteStore(System.IO.Path.Combine(path, StudyFolder.Database), name)
        : new PostgresStore(address, name);
}
