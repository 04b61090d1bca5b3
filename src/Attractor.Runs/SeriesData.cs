using Attractor.Data;

namespace Attractor.Runs;

/// <summary>One or more recordings of the same variables.</summary>
/// <param name="Trials">The recordings.</param>
public sealed record SeriesData(IReadOnlyList<TimeSeries> Trials) : TrainingData
{
    /// <summary>What a file of data holds.</summary>
    /// <param name="file">Of any <see cref="SeriesFormat"/>.</param>
    /// <param name="dt">Time between two rows.</param>
    public static SeriesData Read(string file, double dt) => new(SeriesFile.ReadTrials(file, dt));
}
