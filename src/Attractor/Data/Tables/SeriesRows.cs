namespace Attractor.Data;

/// <summary>The rows of a series.</summary>
public sealed class SeriesRows : IRowSource
{
    private readonly TimeSeries _series;
    private readonly Lazy<IReadOnlyList<ColumnProfile>> _profiles;

    /// <summary>The rows of a series, whose times play no part.</summary>
    public SeriesRows(TimeSeries series)
    {
        ArgumentNullException.ThrowIfNull(series);
        _series = series;
        _profiles = new(Profile);
    }

    /// <inheritdoc/>
    public long Count => _series.Length;

    /// <inheritdoc/>
    public IReadOnlyList<string> Names => _series.Names;

    /// <inheritdoc/>
    public IReadOnlyList<ColumnProfile> Profiles => _profiles.Value;

    /// <inheritdoc/>
    public void Read(long first, Span<double> rows) => _series.Values.Slice((int)first * _series.Dimension, rows.Length).CopyTo(rows);

    private IReadOnlyList<ColumnProfile> Profile()
    {
        ColumnSummary summary = new(_series.Dimension);
        summary.Add(_series.Values);
        return summary.ToProfiles();
    }
}
