using Attractor.Cli.Settings;
using Attractor.Storage;

namespace Attractor.Cli.Runs;

/// <summary>When a run may begin in a folder.</summary>
internal static class RunFolders
{
    /// <summary>Opens and locks the folder of a run; what it holds stays as it is.</summary>
    /// <exception cref="IOException">It holds another run that is not to be replaced, or is in use.</exception>
    public static RunFolder Open(string path, bool resume, bool overwrite)
    {
        RunFolder folder = RunFolder.Open(path);
        try
        {
            if (folder.IsFinished && !overwrite)
                throw new IOException(resume ? $"{path} is finished: there is nothing to resume" : $"{path} holds a finished run: name another folder, or --overwrite it");
            if (folder.IsBegun && !resume && !overwrite)
                throw new IOException($"{path} holds an unfinished run: attractor train --resume {path} goes on with it, --overwrite starts anew");
            return folder;
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>A run of the kind of model that the settings are for, prepared.</summary>
    public static IModelRun Prepare(string path, RunSettings settings, IReadOnlyList<Data.TimeSeries> trials, bool resume, bool overwrite) => settings switch
    {
        RecurrentSettings recurrent => TrainingRun.Prepare(path, recurrent, trials, resume, overwrite),
        ReservoirSettings reservoir => ReadoutRun.Prepare(path, reservoir, trials, resume, overwrite),
        _ => ReadoutRun.Prepare(path, (VectorAutoregressionSettings)settings, trials, resume, overwrite),
    };
}
