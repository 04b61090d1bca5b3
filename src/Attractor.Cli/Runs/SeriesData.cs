namespace Attractor.Cli.Runs;

/// <summary>One or more recordings of the same variables.</summary>
internal sealed record SeriesData(IReadOnlyList<TimeSeries> Trials) : TrainingData;
