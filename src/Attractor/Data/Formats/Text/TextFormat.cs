namespace Attractor.Data;

/// <summary>Text, a row per line: cells are read with any separator and written with that of the extension.</summary>
internal sealed class TextFormat(string name, char separator, params string[] others) : TableFormat
{
    public override string Name => name;

    public override IReadOnlyList<string> Extensions { get; } = ["." + name, .. others];

    public override bool CanWrite => true;

    public override TableReader OpenTable(Stream file) => new TextTable(file);

    // A series may hold infinities, and rows that are longer than a table's.
    public override IReadOnlyList<TimeSeries> Read(Stream file, double? dt)
    {
        (double[] values, int columns, IReadOnlyList<string>? names) = CsvSeriesReader.Read(file);
        return [new(values, columns, dt ?? 1, names)];
    }

    public override void Write(Stream file, IReadOnlyList<TimeSeries> trials, bool float32)
        => CsvSeriesWriter.Write(file, trials[0], separator, float32);
}
