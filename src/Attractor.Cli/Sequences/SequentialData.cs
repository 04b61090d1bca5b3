using Attractor.Cli.Runs;
using Attractor.Cli.Settings;
using Attractor.Data.Formats;
using Attractor.Data.Sequences;

namespace Attractor.Cli.Sequences;

/// <summary>What a sequential variational autoencoder learns from and is tested on.</summary>
/// <param name="Training">The training sequences.</param>
/// <param name="Validation">Those to evaluate on after every epoch, if there are any.</param>
/// <param name="Test">Those for the end, if the file has any.</param>
internal sealed record SequentialData(SequenceSet Training, SequenceSet? Validation, SequenceSet? Test) : TrainingData
{
    public static SequentialData Read(SequentialSettings settings)
    {
        if (settings.IsMusic)
        {
            if (settings.Validation is not null)
                throw new ArgumentException($"{settings.Data} has a validation part of its own: leave --validation out");
            SequenceSplit split = PianoRollFile.Read(settings.Data);
            return new(split.Train, split.Validation, split.Test);
        }
        SequenceSet? validation = settings.Validation is { } file ? new(SeriesFile.ReadTrials(file, settings.Dt)) : null;
        return new(new(SeriesFile.ReadTrials(settings.Data, settings.Dt)), validation, null);
    }
}
