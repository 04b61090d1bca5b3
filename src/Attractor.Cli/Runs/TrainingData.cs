using Attractor.Cli.Autoencoders;
using Attractor.Cli.Mixtures;
using Attractor.Cli.Sequences;
using Attractor.Cli.Settings;
using Attractor.Data;

namespace Attractor.Cli.Runs;

/// <summary>What a training learns from, of whatever kind.</summary>
internal abstract record TrainingData : IDisposable
{
    /// <summary>What the settings name.</summary>
    /// <param name="settings">The settings of the training.</param>
    /// <param name="quiet">Whether to say nothing of a long reading.</param>
    /// <param name="token">Ends it before its time.</param>
    public static TrainingData Read(RunSettings settings, bool quiet, CancellationToken token) => settings switch
    {
        AutoencoderSettings autoencoder => AutoencoderData.Read(autoencoder),
        SequentialSettings sequential => SequentialData.Read(sequential),
        MixtureSettings mixture => MixtureData.Read(mixture, quiet, token),
        _ => new SeriesData(SeriesFile.ReadTrials(settings.Data, settings.Dt)),
    };

    /// <summary>Lets go of what is kept on disk.</summary>
    public virtual void Dispose()
    {
    }
}
