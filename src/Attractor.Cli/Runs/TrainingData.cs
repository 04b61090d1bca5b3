using Attractor.Cli.Autoencoders;
using Attractor.Cli.Sequences;
using Attractor.Cli.Settings;
using Attractor.Data.Formats;

namespace Attractor.Cli.Runs;

/// <summary>What a training learns from, of whatever kind.</summary>
internal abstract record TrainingData
{
    /// <summary>What the settings name.</summary>
    public static TrainingData Read(RunSettings settings) => settings switch
    {
        AutoencoderSettings autoencoder => AutoencoderData.Read(autoencoder),
        SequentialSettings sequential => SequentialData.Read(sequential),
        _ => new SeriesData(SeriesFile.ReadTrials(settings.Data, settings.Dt)),
    };
}
