using Attractor.Cli.Autoencoders;
using Attractor.Cli.Mixtures;
using Attractor.Cli.Sequences;
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
    public static IModelRun Prepare(string path, RunSettings settings, TrainingData data, bool resume, bool overwrite) => (settings, data) switch
    {
        (RecurrentSettings recurrent, SeriesData series) => TrainingRun.Prepare(path, recurrent, series.Trials, resume, overwrite),
        (ReservoirSettings reservoir, SeriesData series) => ReadoutRun.Prepare(path, reservoir, series.Trials, resume, overwrite),
        (VectorAutoregressionSettings autoregression, SeriesData series) => ReadoutRun.Prepare(path, autoregression, series.Trials, resume, overwrite),
        (AutoencoderSettings autoencoder, AutoencoderData samples) => AutoencoderRun.Prepare(path, autoencoder, samples, resume, overwrite),
        (SequentialSettings sequential, SequentialData sequences) => SequentialRun.Prepare(path, sequential, sequences, resume, overwrite),
        (MixtureSettings mixture, MixtureData rows) => MixtureRun.Prepare(path, mixture, rows, resume, overwrite),
        _ => throw new InvalidOperationException($"{settings.GetType().Name} are not settings for {data.GetType().Name}."),
    };
}
