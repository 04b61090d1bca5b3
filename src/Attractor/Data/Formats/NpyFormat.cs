namespace Attractor.Data;

/// <summary>NumPy's .npy: one array, which holds trials where it has three dimensions.</summary>
internal sealed class NpyFormat : SeriesFormat
{
    public override string Name => "npy";

    public override IReadOnlyList<string> Extensions { get; } = [".npy"];

    public override bool CanWrite => true;

    public override bool Recognises(ReadOnlySpan<byte> head) => head.StartsWith(NpyHeader.Magic);

    public override IReadOnlyList<TimeSeries> Read(Stream file, double? dt)
        => [.. NpyReader.ReadTrials(file, file.Length, memory: FileBudget.Of(file))
            .Select(trial => new TimeSeries(trial.Values, trial.Columns, dt ?? 1))];

    public override TableReader OpenTable(Stream file) => new NpyTable(file);

    public override void Write(Stream file, IReadOnlyList<TimeSeries> trials, bool float32) => NpyWriter.Write(file, trials[0], float32);
}
