using System.Text;

namespace Attractor.Data;

/// <summary>The cells of a column of text, as dates and as the names of trials.</summary>
internal sealed class TextCells
{
    // More are no trials, but something that differs from row to row.
    private const int MostLevels = 1 << 16, LongestLevel = 256;

    private readonly List<long> _dayFirst = [], _monthFirst = [], _yearFirst = [];
    private readonly List<int> _levels = [];
    private readonly Dictionary<string, int> _indices = [];
    private bool _areDates = true, _isDayFirst = true, _isMonthFirst = true, _isYearFirst = true, _areLevels = true;
    private int _zoned, _dates;
    private readonly double[]? _seconds;

    /// <summary>The cells of a column of text.</summary>
    public TextCells()
    {
    }

    /// <summary>The cells of a column of instants.</summary>
    /// <param name="seconds">Seconds since the first; NaN where they are missing.</param>
    public TextCells(double[] seconds) => (_seconds, _areLevels) = (seconds, false);

    /// <summary>The first cell that holds something; null if there is none.</summary>
    public string? First { get; private set; }

    /// <summary>Whether every cell is a date or a time.</summary>
    public bool AreDates => _seconds is not null || (_areDates && _dates > 0 && (_isDayFirst || _isMonthFirst));

    /// <summary>The level of each row; null if there are too many.</summary>
    public (IReadOnlyList<int> Rows, IReadOnlyList<string> Names)? Levels => _areLevels
        ? (_levels, [.. _indices.OrderBy(entry => entry.Value).Select(entry => entry.Key)])
        : null;

    /// <summary>Takes the cell of the next row.</summary>
    /// <param name="cell">UTF-8.</param>
    public void Add(ReadOnlySpan<byte> cell)
    {
        if (First is null && !cell.IsEmpty)
            First = Encoding.UTF8.GetString(cell[..Math.Min(cell.Length, LongestLevel)]);
        AddDate(cell);
        AddLevel(cell);
    }

    /// <summary>Seconds since the first row.</summary>
    /// <exception cref="InvalidDataException">Day and month cannot be told apart, or some cells have a zone and others none.</exception>
    public double[] Seconds()
    {
        if (_seconds is not null)
            return _seconds;
        if (_zoned > 0 && _zoned < _dates)
            throw new InvalidDataException($"{_zoned} of {_dates} times have a zone and the others none; write all with one, such as Z");
        List<long> ticks = _isDayFirst ? _dayFirst : _monthFirst;
        if (_isDayFirst && _isMonthFirst && !_dayFirst.SequenceEqual(_monthFirst))
        {
            bool day = Rises(_dayFirst), month = Rises(_monthFirst);
            if (day == month)
                throw new InvalidDataException(
                    "dates that may have the day or the month first; write them with the year first, such as 2024-12-31");
            ticks = day ? _dayFirst : _monthFirst;
        }
        // Of years with two digits.
        if (_isYearFirst && _yearFirst.Count > 0 && Rises(_yearFirst) && !HasSameSteps(_yearFirst, ticks))
            throw new InvalidDataException(
                "dates whose year has two digits, first or last; write them with the year first and all its digits, such as 2024-12-31");
        double[] seconds = new double[ticks.Count];
        for (int i = 0; i < seconds.Length; i++)
            seconds[i] = (ticks[i] - ticks[0]) / (double)TimeSpan.TicksPerSecond;
        return seconds;
    }

    private void AddDate(ReadOnlySpan<byte> cell)
    {
        if (!_areDates)
            return;
        if (DateText.Parse(cell) is not { } date)
        {
            _areDates = false;
            _dayFirst.Clear();
            _monthFirst.Clear();
            return;
        }
        _isYearFirst &= date.ShortYearFirst is not null;
        if (_isYearFirst)
            _yearFirst.Add(date.ShortYearFirst!.Value);
        _dates++;
        _zoned += date.HasZone ? 1 : 0;
        _isDayFirst &= date.DayFirst is not null;
        _isMonthFirst &= date.MonthFirst is not null;
        _dayFirst.Add(date.DayFirst ?? 0);
        _monthFirst.Add(date.MonthFirst ?? 0);
    }

    private void AddLevel(ReadOnlySpan<byte> cell)
    {
        if (!_areLevels)
            return;
        string level = Encoding.UTF8.GetString(cell[..Math.Min(cell.Length, LongestLevel)]);
        if (!_indices.TryGetValue(level, out int index))
        {
            if (_indices.Count == MostLevels || cell.Length > LongestLevel)
            {
                _areLevels = false;
                _levels.Clear();
                return;
            }
            _indices.Add(level, index = _indices.Count);
        }
        _levels.Add(index);
    }

    private static bool HasSameSteps(List<long> some, List<long> others)
    {
        for (int i = 1; i < some.Count; i++)
            if (some[i] - some[i - 1] != others[i] - others[i - 1])
                return false;
        return true;
    }

    private static bool Rises(List<long> ticks)
    {
        for (int i = 1; i < ticks.Count; i++)
            if (ticks[i] <= ticks[i - 1])
                return false;
        return true;
    }
}
