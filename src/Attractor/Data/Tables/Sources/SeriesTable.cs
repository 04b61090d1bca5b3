namespace Attractor.Data;

/// <summary>The rows of a series as a table.</summary>
internal sealed class SeriesTable(TimeSeries series) : TableReader
{
    public override IReadOnlyList<string> Names => series.Names;

    public override long? Rows => series.Length;

    public override bool IsText(int column) => false;

    public override double Number(int column) => series[(int)Row, column];

    protected override bool Advance() => Row + 1 < series.Length;
}
