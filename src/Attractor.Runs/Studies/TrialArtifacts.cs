using Attractor.Data;
using Attractor.Storage;

namespace Attractor.Runs;

/// <summary>The files of a trial in its store, for workers that share no file system: another one goes on from them.</summary>
/// <remarks>
/// A snapshot is of one instant and replaces the last as a whole, under the lease: a worker that is late keeps nothing. What a worker has
/// of its own of a trial that it takes again is not looked at; the store is the newer.
/// </remarks>
internal static class TrialArtifacts
{
    private const string Record = "record.json";

    // Whatever else a store names is not written anywhere.
    private static readonly string[] s_files =
        [RunLayout.Config, "command.txt", "metrics.jsonl", RunLayout.Checkpoint, RunLayout.Model];

    /// <summary>Puts what is there of a trial into the store.</summary>
    /// <exception cref="InvalidOperationException">It is more than a store takes.</exception>
    /// <exception cref="LeaseLostException">It is another worker's.</exception>
    public static void Keep(Study study, TrialLease lease)
    {
        string folder = study.FolderOf(lease.Number);
        bool isFinished = File.Exists(Path.Combine(folder, RunLayout.Model));
        List<(string Name, string Path)> there =
        [
            // What a finished run would go on from is of no use to a study.
            .. s_files.Where(f => !isFinished || f != RunLayout.Checkpoint).Select(f => (f, Path.Combine(folder, f))),
            (Record, StudyFolder.RecordOf(study.Path, lease.Number)),
        ];
        there.RemoveAll(f => !File.Exists(f.Path));
        long bytes = there.Sum(f => new FileInfo(f.Path).Length);
        if (bytes > StudyStore.MostArtifactBytes)
            throw new InvalidOperationException(FormattableString.Invariant(
                $"its files have {bytes:N0} bytes, and a store keeps {StudyStore.MostArtifactBytes:N0} of a trial: let the workers share ")
                + "a file system instead");
        study.Store.Keep(lease, [.. there.Select(f => (f.Name, File.ReadAllBytes(f.Path)))]);
    }

    /// <summary>Makes the folder of a trial what the store has of it, or nothing where it has nothing.</summary>
    /// <param name="study">The study.</param>
    /// <param name="number">The trial.</param>
    /// <exception cref="RunInUseException">Somebody on this machine works in it.</exception>
    /// <exception cref="InvalidDataException">What the store has is damaged; the folder is as it was.</exception>
    public static void Fetch(Study study, long number)
    {
        StudyFolder.RequireOwn(study.Path, number);
        string folder = study.FolderOf(number), record = StudyFolder.RecordOf(study.Path, number);
        IReadOnlyList<(string Name, byte[] Content)> files = study.Store.Artifacts(number);
        if (Directory.Exists(folder))
        {
            using (RunFolder.Open(folder))
            {
                // In use, it is refused here.
            }
            Directory.Delete(folder, recursive: true);
        }
        File.Delete(record);
        foreach ((string name, byte[] content) in files)
        {
            if (name != Record && !s_files.Contains(name))
                continue;
            string path = name == Record ? record : Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            AtomicFile.Write(path, stream => stream.Write(content));
        }
    }
}
