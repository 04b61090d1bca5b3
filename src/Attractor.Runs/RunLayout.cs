using Attractor.Data;
using Attractor.Storage;

namespace Attractor.Runs;

/// <summary>What lies where in a run's folder, and when a run may begin in one.</summary>
internal static class RunLayout
{
    public const string Config = "config.json", Model = "model.safetensors", Report = "report.html",
        Checkpoint = "checkpoint/state.safetensors";

    /// <summary>The folders of several seeds in a folder, in their order.</summary>
    public static IEnumerable<string> Seeds(string path) => Directory.EnumerateDirectories(path, "seed-*").Order(StringComparer.Ordinal);

    /// <summary>Refuses data that a run could not be resumed, repeated or reported with.</summary>
    /// <exception cref="ArgumentException">They come through a pipe.</exception>
    public static void RequireLasting(string data)
    {
        if (!SeriesFile.CanBeReadAgain(data))
            throw new ArgumentException(
                $"{data} is a pipe or a device, which can be read once: a run needs its data again, save them to a file");
    }

    /// <summary>Refuses a link where a part of a folder is expected: what it leads to is no part of it, and is not to be changed.</summary>
    /// <param name="path">The part.</param>
    /// <param name="remedy">What to do instead.</param>
    /// <returns>The part.</returns>
    /// <exception cref="IOException">It is a link, also one that leads nowhere.</exception>
    public static string RefuseLink(string path, string remedy)
        => new FileInfo(path).LinkTarget is { } target ? throw new IOException($"{path} is a link to {target}: {remedy}") : path;

    /// <summary>Opens and locks the folder of a run; what it holds stays as it is.</summary>
    /// <exception cref="RunExistsException">It holds another run that is not to be replaced.</exception>
    /// <exception cref="IOException">It is in use, or finished where it is to be resumed.</exception>
    public static RunFolder Open(string path, bool resume, bool overwrite)
    {
        RunFolder folder = RunFolder.Open(path);
        try
        {
            if (folder.IsFinished && resume && !overwrite)
                throw new IOException(
                    $"{path} is finished: there is nothing to resume; it learns on where it is given more updates or epochs");
            if (folder.IsFinished && !overwrite)
                throw new RunExistsException(
                    $"{path} holds a finished run: name another folder, or {nameof(overwrite):setting} it");
            if (folder.IsBegun && !resume && !overwrite)
                throw new RunExistsException(SettingSentence.Join(
                    $"{path} holds an unfinished run: attractor train --resume {RunCommands.Quote(path)} goes on with it, ",
                    $"{nameof(overwrite):setting} starts anew"));
            return folder;
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }
}
