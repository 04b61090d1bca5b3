namespace Attractor.Data.Tables;

/// <summary>Profiles of columns from one pass over their rows.</summary>
/// <remarks>Welford's recurrence (Technometrics 4, 1962).</remarks>
internal sealed class ProfileBuilder(int columns)
{
    private readonly Column[] _columns = [.. Enumerable.Range(0, columns).Select(_ => new Column())];

    /// <summary>Adds a whole number of rows.</summary>
    public void Add(ReadOnlySpan<double> rows)
    {
        for (int i = 0; i < rows.Length; i += _columns.Length)
            for (int c = 0; c < _columns.Length; c++)
                _columns[c].Add(rows[i + c]);
    }

    public IReadOnlyList<ColumnProfile> ToProfiles() => [.. _columns.Select(c => c.ToProfile())];

    private sealed class Column
    {
        private long _present, _missing;
        private double _mean, _squares, _minimum = double.PositiveInfinity, _maximum = double.NegativeInfinity;

        public void Add(double value)
        {
            if (double.IsNaN(value))
            {
                _missing++;
                return;
            }
            double off = value - _mean;
            _mean += off / ++_present;
            _squares += off * (value - _mean);
            _minimum = Math.Min(_minimum, value);
            _maximum = Math.Max(_maximum, value);
        }

        public ColumnProfile ToProfile() => _present == 0
            ? new(0, _missing, double.NaN, double.NaN, _minimum, _maximum)
            : new(_present, _missing, _mean, _squares / _present, _minimum, _maximum);
    }
}
