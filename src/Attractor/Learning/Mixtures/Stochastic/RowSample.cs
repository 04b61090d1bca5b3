using Attractor.Data;

namespace Attractor.Learning;

/// <summary>Some rows of a source, with what is known of the columns from all of them.</summary>
/// <param name="values">The rows.</param>
/// <param name="all">Where they are from.</param>
internal sealed class RowSample(double[] values, IRowSource all) : IRowSource
{
    public long Count => values.Length / Names.Count;

    public IReadOnlyList<string> Names => all.Names;

    public IReadOnlyList<ColumnProfile> Profiles => all.Profiles;

    public void Read(long first, Span<double> rows) => values.AsSpan((int)first * Names.Count, rows.Length).CopyTo(rows);
}
