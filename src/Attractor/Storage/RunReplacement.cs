using Attractor.Data;

namespace Attractor.Storage;

/// <summary>How one run takes the place of another in a folder: the one is whole until the other is.</summary>
/// <remarks>
/// The new run is written to a folder within. Renaming that folder decides: from there on whoever opens the run completes what a process
/// that was killed has begun, and before it drops what was not decided. Each step can be done again.
/// </remarks>
internal static class RunReplacement
{
    /// <summary>The model of a finished run that learns on.</summary>
    public const string ShorterModel = "model.shorter.safetensors";

    private const string New = ".new", Decided = ".decided", Moving = ".moving", Checkpoint = "checkpoint", Race = "race";

    // What belongs to a run; in the order in which the new ones come: the config first, which says whose the others are.
    private static readonly string[] s_files =
    [
        "config.json", "command.txt", "metrics.jsonl", Path.Combine(Checkpoint, "state.safetensors"), "model.safetensors", "report.html",
        ShorterModel,
    ];

    // A new run has these from the beginning, so that they replace the old ones.
    private static readonly string[] s_lasting = ["config.json", "command.txt"];

    /// <summary>Makes the folder that a new run is written to.</summary>
    public static string Begin(string run)
    {
        Abandon(run);
        string folder = Path.Combine(run, New);
        Directory.CreateDirectory(Path.Combine(folder, Checkpoint));
        return folder;
    }

    /// <summary>Drops the new run.</summary>
    public static void Abandon(string run)
    {
        string folder = Path.Combine(run, New);
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    /// <summary>Decides for the new run, and moves it to where the old one was.</summary>
    public static void Complete(string run)
    {
        FileSteps.Announce("rename", Path.Combine(run, New));
        Directory.Move(Path.Combine(run, New), Path.Combine(run, Decided));
        Finish(run);
    }

    /// <summary>Completes what was decided, and drops what was not.</summary>
    public static void Recover(string run)
    {
        Finish(run);
        Abandon(run);
    }

    /// <summary>The config that counts.</summary>
    public static string ConfigOf(string run)
    {
        foreach (string folder in (string[])[Decided, Moving])
            if (Path.Combine(run, folder, s_files[0]) is var decided && File.Exists(decided))
                return decided;
        return Path.Combine(run, s_files[0]);
    }

    /// <summary>Removes what is left of an earlier run, its config and commands excepted: those of the next replace them.</summary>
    public static void Clear(string run)
    {
        foreach (string file in s_files.Except(s_lasting))
            if (File.Exists(Path.Combine(run, file)))
            {
                FileSteps.Announce("delete", file);
                File.Delete(Path.Combine(run, file));
            }
        if (Directory.Exists(Path.Combine(run, Race)))
            Directory.Delete(Path.Combine(run, Race), recursive: true);
    }

    /// <summary>Refuses a folder whose parts lie elsewhere: what is written or removed there is no part of the run.</summary>
    /// <exception cref="IOException">A part is a link, or no file.</exception>
    public static void RefuseLinks(string run)
    {
        foreach (string part in (string[])[".lock", .. s_files, Checkpoint, Race, New, Decided, Moving])
        {
            string path = Path.Combine(run, part);
            if (new FileInfo(path).LinkTarget is { } target)
                throw new IOException(
                    $"{path} is a link to {target}: a run writes and removes only what lies in its own folder; replace it by what it "
                    + "links to");
            if (PathKinds.Of(path) is PathKind.Pipe or PathKind.Device)
                throw new IOException($"{path} is a {PathKinds.Name(PathKinds.Of(path))}, not a file of a run: remove it");
        }
    }

    private static void Finish(string run)
    {
        string decided = Path.Combine(run, Decided), moving = Path.Combine(run, Moving);
        if (Directory.Exists(decided))
        {
            Clear(run);
            FileSteps.Announce("rename", decided);
            Directory.Move(decided, moving);
        }
        if (!Directory.Exists(moving))
            return;
        foreach (string file in s_files)
            if (File.Exists(Path.Combine(moving, file)))
            {
                FileSteps.Announce("rename", file);
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(run, file))!);
                File.Move(Path.Combine(moving, file), Path.Combine(run, file), overwrite: true);
            }
        if (Directory.Exists(Path.Combine(moving, Race)))
            Directory.Move(Path.Combine(moving, Race), Path.Combine(run, Race));
        FileSteps.Announce("delete", moving);
        Directory.Delete(moving, recursive: true);
    }
}
