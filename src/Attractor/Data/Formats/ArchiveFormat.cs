namespace Attractor.Data;

/// <summary>A format whose files hold arrays by name, each a series or several trials.</summary>
public abstract class ArchiveFormat : SeriesFormat
{
    /// <inheritdoc/>
    public override bool HoldsTrials => true;

    /// <summary>What there is in a file, without reading the values.</summary>
    /// <param name="file">A seekable stream at its start; it stays open.</param>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public abstract IReadOnlyList<ArchiveEntry> Entries(Stream file);

    /// <summary>Reads arrays of a file.</summary>
    /// <param name="file">A seekable stream at its start; it stays open.</param>
    /// <param name="names">Which, each of the <see cref="Entries"/>.</param>
    /// <param name="dt">Time between two rows; null for what the file says, or 1 if it says nothing.</param>
    /// <returns>The series of all of them, which have the same variables.</returns>
    /// <exception cref="InvalidDataException">The file is damaged, or the arrays have different variables.</exception>
    public abstract IReadOnlyList<TimeSeries> Read(Stream file, IReadOnlyList<string> names, double? dt);

    /// <inheritdoc/>
    public override IReadOnlyList<TimeSeries> Read(Stream file, double? dt)
    {
        IReadOnlyList<string> names = ArchiveChoice.Of(Entries(file), null).Names;
        file.Position = 0;
        return Read(file, names, dt);
    }
}
