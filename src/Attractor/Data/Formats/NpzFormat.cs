namespace Attractor.Data;

/// <summary>NumPy's .npz: each array is a trial.</summary>
internal sealed class NpzFormat : ArchiveFormat
{
    public override string Name => "npz";

    public override IReadOnlyList<string> Extensions { get; } = [".npz"];

    public override bool CanWrite => true;

    public override bool Recognises(ReadOnlySpan<byte> head) => head.StartsWith("PK\u0003\u0004"u8);

    public override IReadOnlyList<ArchiveEntry> Entries(Stream file) => NpzArchive.Entries(file);

    public override IReadOnlyList<TimeSeries> Read(Stream file, IReadOnlyList<string> names, double? dt)
        => [.. NpzArchive.Read(file, names).Select(array => new TimeSeries(array.Values, array.Columns, dt ?? 1))];

    public override IReadOnlyList<TimeSeries> Read(Stream file, double? dt)
        => [.. NpzArchive.Read(file, null).Select(array => new TimeSeries(array.Values, array.Columns, dt ?? 1))];

    public override TableReader OpenTable(Stream file)
        => throw new InvalidDataException("an archive of arrays, expected one table; save the array that is meant with np.save");

    public override void Write(Stream file, IReadOnlyList<TimeSeries> trials, bool float32) => NpzArchive.Write(file, trials, float32);
}
