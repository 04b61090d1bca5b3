using Attractor.Data;

namespace Attractor.Runs;

/// <summary>One or more recordings of the same variables.</summary>
/// <param name="Trials">The recordings.</param>
public sealed record SeriesData(IReadOnlyList<TimeSeries> Trials) : TrainingData
{
    /// <summary>What was understood of the file; null of recordings from elsewhere.</summary>
    public DataReading? Reading { get; init; }

    /// <inheritdoc/>
    public override DataReading? Understood => Reading;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Variables => Trials[0].Names;

    /// <inheritdoc/>
    protected override bool AddTo(ValueHash hash)
    {
        ArgumentNullException.ThrowIfNull(hash);
        foreach (TimeSeries trial in Trials)
        {
            hash.Add(trial);
            if (trial.Inputs is { } inputs)
                hash.Add(inputs);
        }
        return true;
    }

    /// <summary>What a file of data holds.</summary>
    /// <param name="file">Of any <see cref="SeriesFormat"/>.</param>
    /// <param name="dt">Time between two rows.</param>
    public static SeriesData Read(string file, double dt) => new(SeriesFile.ReadTrials(file, dt));

    /// <summary>What the settings take of their file.</summary>
    /// <exception cref="ArgumentException">Rows and columns seem to be taken for each other.</exception>
    internal static SeriesData Read(SeriesSettings settings)
    {
        DataReading reading = RecordingSource.Read(settings.Data, settings.Selection);
        return new(reading.Trials) { Reading = reading };
    }
}
