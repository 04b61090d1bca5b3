using Attractor.Data;
using Attractor.Models;

namespace Attractor.Runs;

/// <summary>A trained sequential variational autoencoder, with what its run says of its data.</summary>
internal sealed class SequentialSource
{
    // As many as settle the state that data leave in the encoder.
    private const int RowsForState = 500;

    private SequentialSource(TrainedModel source, SequentialVariationalAutoencoder model, SequentialSettings? settings)
        => (Source, Model, Settings) = (source, model, settings);

    public TrainedModel Source { get; }

    public SequentialVariationalAutoencoder Model { get; }

    /// <summary>The settings of its run; null for a bare file.</summary>
    public SequentialSettings? Settings { get; }

    /// <summary>Time between two rows.</summary>
    public double Dt => Settings?.Dt ?? 1;

    /// <summary>Whether there are dynamics to generate by: a prior that goes from step to step.</summary>
    public bool HasDynamics => Model.Options.Transition != TransitionKind.StandardNormal;

    /// <summary>What its run says of it.</summary>
    public static SequentialSource Of(TrainedModel source)
        => new(source, (SequentialVariationalAutoencoder)source.Model, source.Settings as SequentialSettings);

    /// <summary>
    /// Sequences of the model's variables: from a file (of piano rolls the test part), else what the run has
    /// for a test, or was validated or trained on.
    /// </summary>
    /// <exception cref="ArgumentException">There are none, or they have other variables.</exception>
    public SequenceSet Read(string? file, DataSelection? selection = null)
    {
        SequenceSet set = file is null ? FromRun() : FromFile(file, selection);
        return set.Dimension == Model.Observed
            ? set
            : throw new ArgumentException(
                $"{file ?? "the data of the run"} has {set.Dimension} variables, the model observes {Model.Observed}");
    }

    /// <summary>The state in which a sequence leaves the model: the posterior mean at its last row.</summary>
    public double[] StateAfter(TimeSeries sequence)
    {
        int rows = Math.Min(RowsForState, sequence.Length);
        return Model.Encode(sequence.Slice(sequence.Length - rows, rows)).Means.Row(rows - 1).ToArray();
    }

    private static bool IsMusic(string file) => Path.GetExtension(file).Equals(".json", StringComparison.OrdinalIgnoreCase);

    private SequenceSet FromFile(string file, DataSelection? selection) => IsMusic(file)
        ? PianoRollFile.Read(file).Test
        : SequentialData.Sequences(file, Source.Recordings(file, Named, null, selection));

    // Only names say which columns are meant; their number is checked of all sets.
    private int? Named => Source.Variables(Model.Observed)[0] == "x1" ? null : Model.Observed;

    private SequenceSet FromRun()
    {
        if (Settings is null)
            throw new ArgumentException($"{Source.Path} does not say what it was trained on: name a file of data");
        SequentialData data = SequentialData.Read(Settings);
        return data.Test ?? data.Validation ?? data.Training;
    }
}
