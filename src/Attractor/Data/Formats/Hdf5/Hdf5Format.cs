namespace Attractor.Data;

/// <summary>HDF5, and MATLAB's .mat of version 7.3, which is HDF5 with arrays transposed: arrays of numbers by their paths.</summary>
internal sealed class Hdf5Format : ArchiveFormat
{
    /// <summary>What the superblock begins with.</summary>
    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'H', (byte)'D', (byte)'F', 13, 10, 26, 10];

    public override string Name => "hdf5";

    public override IReadOnlyList<string> Extensions { get; } = [".h5", ".hdf5"];

    public override bool Recognises(ReadOnlySpan<byte> head)
        => head.StartsWith(Signature) || IsMatlab(head);

    public override IReadOnlyList<ArchiveEntry> Entries(Stream file)
    {
        return Guarded(() =>
        {
            using Hdf5Reader reader = new(file);
            return reader.Entries();
        });
    }

    public override IReadOnlyList<TimeSeries> Read(Stream file, IReadOnlyList<string> names, double? dt)
    {
        List<(double[] Values, int Columns)> trials = Guarded(() =>
        {
            using Hdf5Reader reader = new(file);
            return reader.Read(names);
        });
        return [.. trials.Select(trial => new TimeSeries(trial.Values, trial.Columns, dt ?? 1))];
    }

    /// <summary>Whether a file is one of MATLAB, by its first bytes.</summary>
    internal static bool IsMatlab(ReadOnlySpan<byte> head) => head.StartsWith("MATLAB 7.3"u8);

    private static T Guarded<T>(Func<T> read) => FileLimits.Guarded("the HDF5 file", read);
}
