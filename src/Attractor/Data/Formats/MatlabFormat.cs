namespace Attractor.Data;

/// <summary>MATLAB's .mat of version 5 to 7: arrays of numbers by name; what else it holds is passed over.</summary>
internal sealed class MatlabFormat : ArchiveFormat
{
    public override string Name => "mat";

    public override IReadOnlyList<string> Extensions { get; } = [".mat"];

    public override bool Recognises(ReadOnlySpan<byte> head) => head.StartsWith("MATLAB 5.0"u8);

    public override IReadOnlyList<ArchiveEntry> Entries(Stream file)
        => [.. new MatlabReader(file).Read([]).Select(array => new ArchiveEntry(array.Name, array.Shape)
        {
            Fault = array.Fault,
            IsOther = array.IsOther,
        })];

    public override IReadOnlyList<TimeSeries> Read(Stream file, IReadOnlyList<string> names, double? dt)
    {
        List<TimeSeries> series = [];
        foreach (MatlabArray array in new MatlabReader(file).Read(names))
        {
            if (array.Values is not { } values)
                continue;
            TimeSeries one = new(values, (int)array.Shape[^1], dt ?? 1);
            if (series.Count > 0 && one.Dimension != series[0].Dimension)
                throw new InvalidDataException(
                    $"array '{array.Name}': {one.Dimension} variables, expected {series[0].Dimension} as in the first array");
            series.Add(one);
        }
        return series.Count > 0 ? series : throw new InvalidDataException("holds no array of numbers");
    }
}
